package com.posmodern.ai.replenish;

import com.posmodern.ai.config.ReplenishmentSettings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/** Small tables for the order advice, one row after another. */
final class Shops {
  static final ReplenishmentSettings SETTINGS =
      new ReplenishmentSettings(7, 2, 0.95, Map.of("A", 0.98, "C", 0.9), 3, 1, 7, 5, 28, 1.0);

  private final LocalDate asOf;
  private final List<Row> forecast = new ArrayList<>();
  private final List<Row> products = new ArrayList<>();
  private final List<Row> demand = new ArrayList<>();
  private final List<Row> sales = new ArrayList<>();
  private final List<Row> inventory = new ArrayList<>();
  private final List<Row> onOrder = new ArrayList<>();
  private final List<Row> supplyTerms = new ArrayList<>();
  private final List<Row> assortment = new ArrayList<>();
  private final List<Row> backtest = new ArrayList<>();
  private final List<Row> arrivals = new ArrayList<>();

  Shops(LocalDate asOf) {
    this.asOf = asOf;
  }

  /** As {@link #forecast}, with a list price. */
  Shops priced(String store, String product, double daily, double price) {
    products.add(
        RowFactory.create(
            product, product, "c", "d", null, BigDecimal.valueOf(price), null, null, null));
    return forecast(store, product, daily, null);
  }

  /** A product and its forecast of so many units a day for 28 days. */
  Shops forecast(String store, String product, double daily, Integer pack) {
    if (products.stream().noneMatch(row -> row.getString(0).equals(product))) {
      products.add(RowFactory.create(product, product, "c", "d", null, null, pack, null, null));
    }
    for (int day = 1; day <= 28; day++) {
      Date date = Date.valueOf(asOf.plusDays(day));
      forecast.add(
          RowFactory.create(
              "v1", store, product, date, day, daily, daily, daily, daily, "smooth", "x"));
    }
    return this;
  }

  Shops count(String store, String product, LocalDate day, double units) {
    inventory.add(
        RowFactory.create(
            store, product, Date.valueOf(day), BigDecimal.valueOf(units), units <= 0));
    return this;
  }

  /** A sales line; returns are negative. */
  Shops sold(String store, String product, LocalDate day, double units) {
    sales.add(
        RowFactory.create(
            "r" + sales.size(),
            1,
            store,
            product,
            null,
            Timestamp.valueOf(day.atTime(12, 0)),
            Date.valueOf(day),
            12,
            units,
            1.0,
            0.0,
            units,
            null,
            "store"));
    return this;
  }

  Shops onOrder(
      String store, String product, LocalDate expected, double units, LocalDate received) {
    onOrder.add(
        RowFactory.create(
            store,
            product,
            Date.valueOf(expected),
            BigDecimal.valueOf(units),
            null,
            received == null ? null : Date.valueOf(received)));
    return this;
  }

  /** A day of demand without promotion. */
  Shops demand(String store, String product, LocalDate day, double units, boolean stockOut) {
    demand.add(
        RowFactory.create(
            store, product, Date.valueOf(day), units, 0.0, units, 1.0, 0.0, false, stockOut));
    return this;
  }

  /**
   * Terms of supply.
   *
   * @param terms by column; what is absent is not stated
   */
  Shops terms(String product, String store, String supplier, Map<String, Object> terms) {
    Map<String, Object> row = new HashMap<>(terms);
    row.putAll(Map.of("product_id", product, "store_id", store, "supplier_id", supplier));
    supplyTerms.add(
        RowFactory.create(
            Contracts.of(Table.SUPPLY_TERMS).columns().stream()
                .map(column -> value(column.type(), row.get(column.name())))
                .toArray()));
    return this;
  }

  private static Object value(DataType type, Object value) {
    return type instanceof DecimalType && value instanceof Number number
        ? BigDecimal.valueOf(number.doubleValue())
        : value;
  }

  /** The store keeps the product. */
  Shops listed(String store, String product, LocalDate from, LocalDate until) {
    assortment.add(
        RowFactory.create(
            store, product, Date.valueOf(from), until == null ? null : Date.valueOf(until), null));
    return this;
  }

  /** A product that ends everywhere. */
  Shops discontinued(String product, LocalDate last) {
    products.add(
        RowFactory.create(product, product, "c", "d", null, null, null, null, Date.valueOf(last)));
    return this;
  }

  /** A day of the forecast's backtest. */
  Shops backtest(
      String store, String product, LocalDate origin, int ahead, double mean, double actual) {
    backtest.add(
        RowFactory.create(
            "v1",
            store,
            product,
            Date.valueOf(origin),
            Date.valueOf(origin.plusDays(ahead)),
            ahead,
            "smooth",
            actual,
            mean,
            mean,
            mean,
            mean,
            mean));
    return this;
  }

  Shops closed(String store, LocalDate day) {
    arrivals.add(
        RowFactory.create(
            store, Date.valueOf(day), 0L, 0L, 0.0, null, 20.0, 19.0, "closed", "no_lines"));
    return this;
  }

  ReplenishmentInput input() {
    return new ReplenishmentInput(
        asOf,
        rows(Table.DEMAND_FORECAST, forecast),
        rows(Table.PRODUCTS, products),
        rows(Table.DAILY_DEMAND, demand),
        rows(Table.ACCEPTED_SALES, sales),
        inventory.isEmpty()
            ? Optional.empty()
            : Optional.of(rows(Table.INVENTORY_DAILY, inventory)),
        onOrder.isEmpty() ? Optional.empty() : Optional.of(rows(Table.STOCK_ON_ORDER, onOrder)),
        supplyTerms.isEmpty()
            ? Optional.empty()
            : Optional.of(rows(Table.SUPPLY_TERMS, supplyTerms)),
        assortment.isEmpty() ? Optional.empty() : Optional.of(rows(Table.ASSORTMENT, assortment)),
        backtest.isEmpty()
            ? Optional.empty()
            : Optional.of(rows(Table.FORECAST_BACKTEST, backtest)),
        arrivals.isEmpty() ? Optional.empty() : Optional.of(rows(Table.ARRIVALS, arrivals)));
  }

  List<Row> advice() {
    return Replenishment.advise(input(), SETTINGS).collectAsList();
  }

  Row adviceFor(String product) {
    return advice().stream()
        .filter(row -> row.getAs("product_id").equals(product))
        .findFirst()
        .orElseThrow();
  }

  private static Dataset<Row> rows(Table table, List<Row> rows) {
    return ContractRows.of(table, rows);
  }
}
