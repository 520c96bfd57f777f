package com.posmodern.ai.replenish;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AdviceRuleTest {
  /** The backtest follows the very rule that the advice follows. */
  @Test
  void theRuleIsThatOfTheAdvice() {
    Random random = new Random(3);
    LocalDate asOf = LocalDate.of(2026, 6, 30);
    Shops shops = new Shops(asOf);
    for (int p = 0; p < 60; p++) {
      shops
          .forecast("s1", "p" + p, random.nextInt(40) / 8.0, null)
          .count("s1", "p" + p, asOf, random.nextInt(60))
          .terms(
              "p" + p,
              "ALL",
              "x",
              Map.of(
                  "pack_size",
                  1 + p % 5,
                  "minimum_order",
                  p % 7,
                  "lead_time",
                  1 + p % 4,
                  "lead_time_spread",
                  p % 3,
                  "presentation_minimum",
                  p % 4 == 0 ? 6 : 0,
                  "maximum_stock",
                  p % 6 == 0 ? 20 : 500));
    }
    List<Row> advice = shops.advice();
    Map<String, Double> places =
        shops
            .input()
            .forecast()
            .select(col("product_id"), ForecastDemand.place())
            .distinct()
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));

    for (Row row : advice) {
      int p = Integer.parseInt(row.<String>getAs("product_id").substring(1));
      OrderRule rule =
          new OrderRule(
              row.<Integer>getAs("pack_size"),
              row.<Double>getAs("minimum_order"),
              0.95,
              row.<Double>getAs("maximum_stock"),
              row.<Double>getAs("presentation_minimum"),
              p % 3,
              1.0,
              LevelError.Known.NOTHING,
              places.get("p" + p));
      int days = 7 + row.<Integer>getAs("lead_time");
      double level = rule.level(row.<Double>getAs("expected_demand"), days);
      assertThat(row.<Double>getAs("reorder_level")).as("p%s", p).isEqualTo(level);
      assertThat(row.<Double>getAs("order_quantity"))
          .as("p%s", p)
          .isEqualTo(rule.quantity(row.<Double>getAs("on_hand"), level));
    }
    assertThat(advice).hasSize(60);
  }
}
