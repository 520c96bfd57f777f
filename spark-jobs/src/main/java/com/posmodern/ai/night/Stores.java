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
 * A run for some stores, as when one's sales came late: of result tables by store it replaces the
 * rows of these stores and leaves the others' alone. Everything else, features, models and what
 * customers get, is about the whole retailer and is made whole.
 */
public final class Stores {
  private Stores() {}

  /**
   * The stores that were asked for.
   *
   * @throws PosException usage when the source table does not have one of them
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
          "--stores names %s, not in %s".formatted(String.join(", ", unknown), Table.STORES),
          lake.location(Table.STORES),
          "Give store ids as the table has them, with commas between.");
    }
    return asked;
  }

  /** Whether a table's rows can be replaced store by store. */
  static boolean has(Table table) {
    return table.layer() == Layer.RESULTS && Contracts.of(table).columnNames().contains(STORE_ID);
  }
}
