package com.posmodern.ai.features;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Small tables for the features' tests, in the shape in which the jobs hand them over. */
final class AcceptedRows {
  private AcceptedRows() {}

  /** Rows in a contract's shape; a derived table's without its as-of date. */
  static Dataset<Row> of(Table table, List<Row> rows) {
    return ContractRows.of(table, rows);
  }

  static Dataset<Row> accepted(List<Sale> sales) {
    return of(Table.ACCEPTED_SALES, sales.stream().map(Sale::toRow).toList());
  }

  static Row product(String id, String category, String department, String discontinuedOn) {
    return RowFactory.create(
        id,
        "Product " + id,
        category,
        department,
        null,
        new BigDecimal("10.00"),
        1,
        null,
        date(discontinuedOn));
  }

  static Row customer(String id, Boolean profilingConsent) {
    return RowFactory.create(id, null, null, null, null, null, null, false, profilingConsent);
  }

  static Row stock(String store, String product, String date, boolean out) {
    return RowFactory.create(store, product, date(date), new BigDecimal("3.000"), out);
  }

  private static Date date(String text) {
    return text == null ? null : Date.valueOf(text);
  }

  /** One line: a unit of P1 at 10.00 in S1 at ten o'clock, until told otherwise. */
  record Sale(
      String saleId,
      String store,
      String product,
      String customer,
      LocalDate date,
      int hour,
      double quantity,
      double price,
      double discount,
      String promotion,
      String channel) {

    static Sale of(String saleId, String product, String date, double quantity) {
      return new Sale(
          saleId,
          "S1",
          product,
          null,
          LocalDate.parse(date),
          10,
          quantity,
          10.0,
          0.0,
          null,
          "store");
    }

    Sale by(String value) {
      return new Sale(
          saleId, store, product, value, date, hour, quantity, price, discount, promotion, channel);
    }

    Sale in(String value) {
      return new Sale(
          saleId, value, product, customer, date, hour, quantity, price, discount, promotion,
          channel);
    }

    Sale at(int value) {
      return new Sale(
          saleId, store, product, customer, date, value, quantity, price, discount, promotion,
          channel);
    }

    Sale through(String value) {
      return new Sale(
          saleId, store, product, customer, date, hour, quantity, price, discount, promotion,
          value);
    }

    Sale priced(double unitPrice, double lineDiscount, String promotionId) {
      return new Sale(
          saleId,
          store,
          product,
          customer,
          date,
          hour,
          quantity,
          unitPrice,
          lineDiscount,
          promotionId,
          channel);
    }

    Sale later(int days) {
      return new Sale(
          saleId,
          store,
          product,
          customer,
          date.plusDays(days),
          hour,
          quantity,
          price,
          discount,
          promotion,
          channel);
    }

    private Row toRow() {
      return RowFactory.create(
          saleId,
          1,
          store,
          product,
          customer,
          Timestamp.valueOf(date.atTime(hour, 0)),
          Date.valueOf(date),
          hour,
          quantity,
          price,
          discount,
          quantity * price - Math.signum(quantity) * discount,
          promotion,
          channel);
    }
  }
}
