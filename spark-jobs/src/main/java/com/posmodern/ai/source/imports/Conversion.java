package com.posmodern.ai.source.imports;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The converted rows of all inputs, counted and ready to be written. They are kept in memory and on
 * local disk until it is closed, so that no file is read twice.
 */
public final class Conversion implements AutoCloseable {
  private final List<ConvertedTable> tables = new ArrayList<>();
  private final List<Dataset<Row>> held = new ArrayList<>();

  Conversion() {}

  /** In the order of the mapping. */
  public List<ConvertedTable> tables() {
    return List.copyOf(tables);
  }

  Dataset<Row> hold(Dataset<Row> rows) {
    Dataset<Row> persisted = rows.persist();
    held.add(persisted);
    return persisted;
  }

  void add(ConvertedTable table) {
    tables.add(table);
  }

  @Override
  public void close() {
    // At once: a removal still under way when the session ends prints a stack trace.
    held.forEach(rows -> rows.unpersist(true));
  }
}
