package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Encoders;

/**
 * A run for some stores, for example after late sales of one store: in result tables by store it
 * replaces only the rows of these stores. Everything else (features, models and results by
 * customer) concerns the whole retailer and is recomputed completely.
 */
public final class Stores {
  private Stores() {}

  /**
   * The selected stores.
   *
   * @throws PosException usage when one of them is not in the source table
   */
  public static List<String> known(Lake lake, List<String> asked) {
    if (asked.isEmpty()) {
      return asked;
    }
    TreeSet<String> unknown = new TreeSet<>(asked);
    unknown.removeAll(
        lake.read(Table.STORES)
            .where(col(STORE_ID).isin(asked.toArray()))
            .select(STORE_ID)
            .as(Encoders.STRING())
            .collectAsList());
    if (!unknown.isEmpty()) {
      throw PosException.usage(
          "--stores has %s, which is not in %s".formatted(String.join(", ", unknown), Table.STORES),
          lake.location(Table.STORES),
          "Give store ids as in the table, separated by commas.");
    }
    return asked;
  }

  /** Whether a table's rows can be replaced store by store. */
  static boolean has(Table table) {
    return table.layer() == Layer.RESULTS && Contracts.of(table).columnNames().contains(STORE_ID);
  }
}
