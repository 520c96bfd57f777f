package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class ReplenishmentTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final ForecastSettings.Replenishment SETTINGS =
      new ForecastSettings.Replenishment(7, 2, 0.95, 1);

  /** Ten days of 4 units a day for every product but the last, which sells nothing. */
  private static Dataset<Row> forecast() {
    List<Row> rows = new ArrayList<>();
    for (String product : List.of("empty", "low", "nearly", "full", "unknown", "still")) {
      double mean = product.equals("still") ? 0 : 4;
      for (int day = 1; day <= 10; day++) {
        Date date = Date.valueOf(AS_OF.plusDays(day));
        rows.add(
            RowFactory.create(
                "v1", "s1", product, date, day, mean, mean, mean, mean, "smooth", "x"));
      }
    }
    return SparkTest.session().createDataFrame(rows, ForecastTables.schema(Table.DEMAND_FORECAST));
  }

  private static Dataset<Row> products() {
    List<Row> rows = new ArrayList<>();
    for (String product : List.of("empty", "low", "nearly", "full", "unknown", "still")) {
      rows.add(RowFactory.create(product, product, "c", "d", null, null, 6, null, null));
    }
    return SparkTest.session().createDataFrame(rows, ForecastTables.schema(Table.PRODUCTS));
  }

  private static Dataset<Row> inventory() {
    Map<String, Integer> stock =
        Map.of("empty", 0, "low", 20, "nearly", 40, "full", 60, "still", 0);
    List<Row> rows = new ArrayList<>();
    stock.forEach(
        (product, units) ->
            rows.add(
                RowFactory.create(
                    "s1", product, Date.valueOf(AS_OF), BigDecimal.valueOf(units), false)));
    // Yesterday's stock says nothing.
    rows.add(
        RowFactory.create(
            "s1", "unknown", Date.valueOf(AS_OF.minusDays(1)), BigDecimal.TEN, false));
    SparkSession spark = SparkTest.session();
    return spark.createDataFrame(rows, ForecastTables.schema(Table.INVENTORY_DAILY));
  }

  private static Map<String, Row> advice(Optional<Dataset<Row>> inventory) {
    return Replenishment.advise(forecast(), products(), inventory, AS_OF, SETTINGS)
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getAs("product_id"), Function.identity()));
  }

  @Test
  void fillsUpToExpectedDemandAndSafetyStockInWholePacks() {
    Map<String, Row> advice = advice(Optional.of(inventory()));
    Row empty = advice.get("empty");

    // Nine days of 4 units; Poisson: 1.645 × √36.
    assertThat(empty.<Double>getAs("expected_demand")).isCloseTo(36, within(1e-6));
    assertThat(empty.<Double>getAs("safety_stock")).isCloseTo(1.6449 * 6, within(1e-3));
    assertThat(empty.<Double>getAs("order_up_to")).isEqualTo(46);
    assertThat(empty.<Double>getAs("order_quantity")).isEqualTo(48);
    assertThat(advice.get("low").<Double>getAs("order_quantity")).isEqualTo(30);
    assertThat(advice.get("low").<Double>getAs("stock_cover")).isEqualTo(5);
    assertThat(advice.get("full").<Double>getAs("order_quantity")).isZero();
    assertThat(advice.values().stream().map(row -> row.<String>getAs("reason")))
        .containsExactlyInAnyOrder(
            "out_of_stock",
            "below_expected_demand",
            "below_safety_stock",
            "enough_stock",
            "stock_unknown",
            "no_demand");
    assertThat(advice.get("still").<Double>getAs("stock_cover")).isNull();
  }

  @Test
  void withoutStockTheAdviceIsTheLevel() {
    Row advice = advice(Optional.empty()).get("low");

    assertThat(advice.<Double>getAs("on_hand")).isNull();
    assertThat(advice.<Double>getAs("order_quantity")).isEqualTo(48);
    assertThat(advice.<String>getAs("reason")).isEqualTo("stock_unknown");
  }
}
