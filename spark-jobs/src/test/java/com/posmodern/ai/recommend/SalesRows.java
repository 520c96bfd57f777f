package com.posmodern.ai.recommend;

import com.posmodern.ai.testing.SparkTest;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Sales written out by hand, basket by basket. */
final class SalesRows {
  private final List<Row> rows = new ArrayList<>();
  private int sales;

  /** One unit of each product on one receipt. */
  SalesRows basket(String store, String customer, LocalDate day, String... products) {
    sales++;
    for (String product : products) {
      rows.add(
          RowFactory.create("sale" + sales, store, product, customer, Date.valueOf(day), 1.0, 5.0));
    }
    return this;
  }

  SalesRows returned(String store, String customer, LocalDate day, String product) {
    sales++;
    rows.add(
        RowFactory.create("sale" + sales, store, product, customer, Date.valueOf(day), -1.0, 5.0));
    return this;
  }

  Dataset<Row> dataset() {
    return SparkTest.session().createDataFrame(rows, TasteWorld.salesSchema());
  }
}
