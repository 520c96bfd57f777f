package com.posmodern.ai.job.care;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.Removal;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.hadoop.fs.FSError;

/**
 * The three steps of an erasure in every table that may name a customer: delete the rows, add a
 * version without them, and remove all versions before it.
 */
final class TableErasure {
  private final Removal removal;
  private final ErasedRows rows;
  private final List<Table> tables;

  TableErasure(Lake lake, ErasedCustomers customers) {
    this.removal = new Removal(lake);
    this.rows = new ErasedRows(lake, removal, customers);
    this.tables = rows.tables();
  }

  /** Deletes the customers' rows, or removes the key from them: their number by table. */
  Map<Table, Long> deleteRows() {
    return inEach(rows::remove);
  }

  /** The version by table from which each can be read alone. */
  Map<Table, Long> seal(Instant now) {
    return inEach(table -> removal.seal(table, now));
  }

  void forgetBefore(Map<Table, Long> sealed) {
    inEach(
        table -> {
          removal.forgetBefore(table, sealed.get(table));
          return 0;
        });
  }

  private Map<Table, Long> inEach(ToLongFunction<Table> step) {
    Map<Table, Long> results = new EnumMap<>(Table.class);
    for (Table table : tables) {
      try {
        results.put(table, step.applyAsLong(table));
      } catch (Exception | FSError e) {
        throw StorageErrors.explain(e, "erasing from " + table);
      }
    }
    return results;
  }
}
