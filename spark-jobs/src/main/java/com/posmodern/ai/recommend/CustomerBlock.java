package com.posmodern.ai.recommend;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/** Some customers as a matrix block: factors row after row, and what each of them bought. */
final class CustomerBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  final int[] customers;

  /** Width of a row of {@link #factors}; 0 when nobody in the block has factors. */
  final int rank;

  final float[] factors;
  final int[][] purchased;
  final double[][] purchaseScores;

  /**
   * @param rows index, factors (null: zeros) and purchases (null: none) at positions 0, 1 and 2; a
   *     purchase is a struct of product index and score
   */
  CustomerBlock(List<Row> rows) {
    customers = rows.stream().mapToInt(row -> row.getInt(0)).toArray();
    rank = FactorRows.rank(rows, 1);
    factors = FactorRows.flatten(rows, 1, rank);
    purchased = new int[rows.size()][];
    purchaseScores = new double[rows.size()][];
    for (int i = 0; i < rows.size(); i++) {
      List<Row> purchases = rows.get(i).isNullAt(2) ? List.of() : rows.get(i).getList(2);
      purchased[i] = purchases.stream().mapToInt(purchase -> purchase.getInt(0)).toArray();
      purchaseScores[i] =
          purchases.stream().mapToDouble(purchase -> purchase.getDouble(1)).toArray();
    }
  }

  int size() {
    return customers.length;
  }
}
