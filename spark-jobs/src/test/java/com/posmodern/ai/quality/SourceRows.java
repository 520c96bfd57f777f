package com.posmodern.ai.quality;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Small source tables for tests: two stores in two zones, two products. */
public final class SourceRows {
  /** Lets every share of bad rows pass, so that a test sees what becomes of them. */
  public static final QualitySettings LENIENT = settings(1.0);

  /** Two rows of a hundred may be bad. */
  static final QualitySettings STRICT = settings(0.02);

  /** The share of bad rows that passes; everything else as configured. */
  public static QualitySettings settings(double tolerance) {
    return new QualitySettings(
        tolerance,
        7,
        0.5,
        0.15,
        tolerance,
        0.25,
        QualitySettings.LateStorePolicy.WARN,
        0.1,
        Map.of());
  }

  private SourceRows() {}

  public static Dataset<Row> of(Table table, List<Row> rows) {
    StructType schema = Contracts.of(table).schema().asNullable();
    return SparkTest.session().createDataFrame(rows, schema);
  }

  public static Row store(String id, String zone) {
    return RowFactory.create(id, "Store " + id, "Town", "SP", zone, -23.5, -46.6, null);
  }

  public static Dataset<Row> stores() {
    return of(
        Table.STORES, List.of(store("S1", "America/Sao_Paulo"), store("S2", "Europe/Lisbon")));
  }

  public static Row product(String id, String discontinuedOn) {
    return RowFactory.create(
        id,
        "Product " + id,
        "Category " + id,
        "Department",
        null,
        new BigDecimal("10.00"),
        1,
        null,
        discontinuedOn == null ? null : Date.valueOf(discontinuedOn),
        null);
  }

  public static Dataset<Row> products() {
    return of(Table.PRODUCTS, List.of(product("P1", null), product("P2", null)));
  }

  public static Dataset<Row> sales(List<Line> lines) {
    return of(Table.SALES_LINES, new ArrayList<>(lines.stream().map(Line::toRow).toList()));
  }

  /** A right line, to be made wrong one column at a time. */
  public record Line(
      String saleId,
      Integer lineNo,
      String storeId,
      String productId,
      String customerId,
      String soldAt,
      String quantity,
      String unitPrice,
      String discount,
      String channel) {

    public static Line at(String saleId, String soldAt) {
      return new Line(saleId, 1, "S1", "P1", "C1", soldAt, "2", "5.00", "0.50", "store");
    }

    public Line lineNo(Integer value) {
      return new Line(
          saleId,
          value,
          storeId,
          productId,
          customerId,
          soldAt,
          quantity,
          unitPrice,
          discount,
          channel);
    }

    public Line store(String value) {
      return new Line(
          saleId,
          lineNo,
          value,
          productId,
          customerId,
          soldAt,
          quantity,
          unitPrice,
          discount,
          channel);
    }

    public Line product(String value) {
      return new Line(
          saleId,
          lineNo,
          storeId,
          value,
          customerId,
          soldAt,
          quantity,
          unitPrice,
          discount,
          channel);
    }

    public Line customer(String value) {
      return new Line(
          saleId, lineNo, storeId, productId, value, soldAt, quantity, unitPrice, discount,
          channel);
    }

    public Line quantity(String value) {
      return new Line(
          saleId,
          lineNo,
          storeId,
          productId,
          customerId,
          soldAt,
          value,
          unitPrice,
          discount,
          channel);
    }

    public Line unitPrice(String value) {
      return new Line(
          saleId,
          lineNo,
          storeId,
          productId,
          customerId,
          soldAt,
          quantity,
          value,
          discount,
          channel);
    }

    public Line discount(String value) {
      return new Line(
          saleId,
          lineNo,
          storeId,
          productId,
          customerId,
          soldAt,
          quantity,
          unitPrice,
          value,
          channel);
    }

    public Line channel(String value) {
      return new Line(
          saleId,
          lineNo,
          storeId,
          productId,
          customerId,
          soldAt,
          quantity,
          unitPrice,
          discount,
          value);
    }

    Row toRow() {
      return RowFactory.create(
          saleId,
          lineNo,
          storeId,
          productId,
          customerId,
          soldAt == null ? null : Timestamp.from(Instant.parse(soldAt)),
          decimal(quantity),
          decimal(unitPrice),
          decimal(discount),
          null,
          channel,
          null);
    }

    private static BigDecimal decimal(String text) {
      return text == null ? null : new BigDecimal(text);
    }
  }
}
