package com.posmodern.ai.replenish;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What was forecast and wanted on the days after an origin, the first day first; zero on days that
 * are not judged.
 */
@SuppressWarnings("ArrayRecordComponent") // Read day by day in simulations.
record ShelfPath(double[] means, double[] demand) {

  /** Reads a row of {@link OrderBacktest#shelves}. */
  static ShelfPath of(Row shelf) {
    List<Row> judged = shelf.getList(shelf.fieldIndex(OrderBacktest.DAYS));
    int days = judged.stream().mapToInt(day -> day.getInt(0)).max().orElse(0);
    ShelfPath path = new ShelfPath(new double[days], new double[days]);
    for (Row day : judged) {
      int index = day.getInt(0) - 1;
      path.means[index] = day.getDouble(1);
      path.demand[index] = day.getDouble(2);
    }
    return path;
  }

  int days() {
    return means.length;
  }

  static double sum(double[] values, int from, int days) {
    double sum = 0;
    for (int day = from; day < from + days; day++) {
      sum += values[day];
    }
    return sum;
  }
}
