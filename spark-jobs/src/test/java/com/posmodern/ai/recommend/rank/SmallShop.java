package com.posmodern.ai.recommend.rank;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Three customers of a pool buy products 0 and 1 and each something of its own; the customer to
 * serve bought 0 twice, and 4. Products 0 to 4 are of one category, 5 to 9 of another; 3 is not
 * offered, and 9 was launched five days ago.
 */
final class SmallShop {
  static final int DAY = 1_000;
  static final int PRODUCTS = 10;

  private SmallShop() {}

  static Products products() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < PRODUCTS; i++) {
      Date launched = i == 9 ? Date.valueOf(LocalDate.ofEpochDay(DAY - 5)) : null;
      rows.add(
          RowFactory.create("p" + i, i < 5 ? "a" : "b", launched, i != 3, true, "Product " + i));
    }
    return new Products(rows, List.of("s"));
  }

  static List<PurchaseHistory> pool() {
    return List.of(
        history("a", new int[][] {{980, 0}, {980, 1}, {990, 0}, {990, 1}, {999, 2}}),
        history("b", new int[][] {{970, 0}, {970, 1}, {970, 3}, {998, 5}}),
        history("c", new int[][] {{950, 6}, {960, 0}, {960, 1}}));
  }

  static PurchaseHistory customer() {
    return history("d", new int[][] {{992, 0}, {996, 0}, {996, 4}});
  }

  static Knowledge knowledge() {
    Products products = products();
    return Knowledge.of(pool(), DAY, products, products.offered(), 28);
  }

  /** Purchases of day and product, all in the only store. */
  static PurchaseHistory history(String customer, int[][] purchases) {
    return new PurchaseHistory(
        customer,
        Arrays.stream(purchases).mapToInt(one -> one[0]).toArray(),
        Arrays.stream(purchases).mapToInt(one -> one[1]).toArray(),
        new int[purchases.length]);
  }
}
