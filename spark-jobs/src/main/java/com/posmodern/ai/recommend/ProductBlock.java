package com.posmodern.ai.recommend;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/** Some products as a matrix block, in the order of their index. */
final class ProductBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  final int[] products;

  /** Width of a row of {@link #factors}; 0 when no product of the block has factors. */
  final int rank;

  final float[] factors;
  final long[] categories;
  final double[] popularity;

  /**
   * @param unsorted index, factors (null: zeros), category hash and popularity at positions 0 to 3
   */
  ProductBlock(List<Row> unsorted) {
    List<Row> rows =
        unsorted.stream().sorted(Comparator.comparingInt(row -> row.getInt(0))).toList();
    products = rows.stream().mapToInt(row -> row.getInt(0)).toArray();
    rank = FactorRows.rank(rows, 1);
    factors = FactorRows.flatten(rows, 1, rank);
    categories = rows.stream().mapToLong(row -> row.getLong(2)).toArray();
    popularity = rows.stream().mapToDouble(row -> row.getDouble(3)).toArray();
  }

  int size() {
    return products.length;
  }

  /** Place of a product in the block; negative when it is in another block or not offered. */
  int place(int product) {
    return Arrays.binarySearch(products, product);
  }
}
