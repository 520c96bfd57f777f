package com.posmodern.ai.report;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Reads cells of a row by column name. */
final class Cells {
  private Cells() {}

  static String text(Row row, String column) {
    int i = row.fieldIndex(column);
    return row.isNullAt(i) ? "" : row.get(i).toString();
  }

  static long whole(Row row, String column) {
    return row.<Number>getAs(column).longValue();
  }

  static double number(Row row, String column) {
    return row.<Number>getAs(column).doubleValue();
  }

  static Optional<Double> perhaps(Row row, String column) {
    return Optional.ofNullable(row.<Number>getAs(column)).map(Number::doubleValue);
  }

  static Instant moment(Row row, String column) {
    return row.<Timestamp>getAs(column).toInstant();
  }

  static boolean flag(Row row, String column) {
    return row.<Boolean>getAs(column);
  }
}
