package com.posmodern.ai.recommend;

import com.posmodern.ai.error.PosException;
import java.util.List;
import org.apache.spark.sql.Row;

/** Factor vectors of rows as one flat matrix. */
final class FactorRows {
  private FactorRows() {}

  /** Length of the first vector that is there, else 0. */
  static int rank(List<Row> rows, int column) {
    return rows.stream()
        .filter(row -> !row.isNullAt(column))
        .mapToInt(row -> row.getList(column).size())
        .findFirst()
        .orElse(0);
  }

  static float[] flatten(List<Row> rows, int column, int rank) {
    float[] flat = new float[Math.multiplyExact(rows.size(), rank)];
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isNullAt(column)) {
        continue;
      }
      List<Float> vector = rows.get(i).getList(column);
      if (vector.size() != rank) {
        throw PosException.badData(
            "vectors of %d and of %d factors".formatted(rank, vector.size()),
            "recommend",
            "Train again: the factor tables are of different models");
      }
      for (int k = 0; k < rank; k++) {
        flat[i * rank + k] = vector.get(k);
      }
    }
    return flat;
  }
}
