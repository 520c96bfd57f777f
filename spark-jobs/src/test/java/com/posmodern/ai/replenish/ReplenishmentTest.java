package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ReplenishmentTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  private static Map<String, Row> byProduct(Shops shops) {
    return shops.advice().stream()
        .collect(Collectors.toMap(row -> row.getAs("product_id"), Function.identity()));
  }

  private static double number(Row row, String column) {
    return row.<Number>getAs(column).doubleValue();
  }

  @Test
  void fillsUpToExpectedDemandAndSafetyStockInWholePacks() {
    Shops shops = new Shops(AS_OF);
    Map.of("empty", 0, "low", 20, "nearly", 42, "full", 60, "still", 0)
        .forEach((product, units) -> shops.count("s1", product, AS_OF, units));
    List.of("empty", "low", "nearly", "full", "unknown")
        .forEach(product -> shops.forecast("s1", product, 4, 6));
    shops.forecast("s1", "still", 0, 6);

    Map<String, Row> advice = byProduct(shops);

    Row empty = advice.get("empty");
    // Nine days of 4 units; a normal of Poisson's variance and that of the level, 36 + 36² / 224.
    assertThat(number(empty, "expected_demand")).isCloseTo(36, within(1e-6));
    // Packs of six leave 2.5 units above the level on average.
    assertThat(number(empty, "safety_stock")).isCloseTo(1.645 * 6.46 - 2.5, within(1.3));
    double level = number(empty, "reorder_level");
    assertThat(level).isEqualTo(36 + number(empty, "safety_stock"));
    assertThat(number(empty, "order_quantity")).isEqualTo(48);
    assertThat(number(empty, "order_up_to")).isEqualTo(level + 5);
    assertThat(number(advice.get("low"), "order_quantity")).isEqualTo(30);
    assertThat(number(advice.get("low"), "stock_cover")).isEqualTo(5);
    assertThat(number(advice.get("full"), "order_quantity")).isZero();
    assertThat(empty.<Object>getAs("order_on")).hasToString("2026-07-01");
    assertThat(empty.<Object>getAs("covers_until")).hasToString("2026-07-09");
    assertThat(advice.get("still").<Double>getAs("stock_cover")).isNull();
    assertThat(advice)
        .extractingFromEntries(
            entry -> entry.getKey() + " " + entry.getValue().<String>getAs("reason"))
        .containsExactlyInAnyOrder(
            "empty out_of_stock",
            "low below_expected_demand",
            "nearly below_safety_stock",
            "full enough_stock",
            "unknown stock_unknown",
            "still no_demand");
  }

  @Test
  void aLateStockFileIsNoEmptyShelf() {
    Shops shops =
        new Shops(AS_OF)
            .forecast("s1", "late", 4, null)
            .count("s1", "late", AS_OF.minusDays(3), 50)
            // Sold before the count: it is in the count.
            .sold("s1", "late", AS_OF.minusDays(3), 7)
            .sold("s1", "late", AS_OF.minusDays(2), 11)
            .sold("s1", "late", AS_OF, 4)
            .sold("s1", "late", AS_OF, -1)
            .onOrder("s1", "late", AS_OF.minusDays(3), 30, AS_OF.minusDays(3))
            .onOrder("s1", "late", AS_OF.minusDays(2), 20, AS_OF.minusDays(1))
            .forecast("s1", "old", 4, null)
            .count("s1", "old", AS_OF.minusDays(8), 50);

    Map<String, Row> advice = byProduct(shops);

    assertThat(number(advice.get("late"), "on_hand")).isEqualTo(50 - 11 - 4 + 1 + 20);
    assertThat(advice.get("late").<Object>getAs("counted_on")).hasToString("2026-06-27");
    assertThat(number(advice.get("late"), "order_quantity")).isZero();
    assertThat(advice.get("old").<Double>getAs("on_hand")).isNull();
    assertThat(advice.get("old").<Double>getAs("order_quantity")).isNull();
    assertThat(advice.get("old").<String>getAs("reason")).isEqualTo("stock_unknown");
    assertThat(number(advice.get("old"), "reorder_level")).isGreaterThan(36);
  }

  @Test
  void whatIsOnOrderCountsWhileItMayStillArriveInTime() {
    Shops shops =
        new Shops(AS_OF)
            .count("s1", "p", AS_OF, 10)
            .forecast("s1", "p", 4, null)
            .onOrder("s1", "p", AS_OF.plusDays(2), 12, null)
            // A day late: still to come. Ten days late: nobody waits for it.
            .onOrder("s1", "p", AS_OF.minusDays(1), 9, null)
            .onOrder("s1", "p", AS_OF.minusDays(10), 100, null)
            // Too late for these nine days.
            .onOrder("s1", "p", AS_OF.plusDays(20), 200, null);

    Row advice = shops.adviceFor("p");

    assertThat(number(advice, "on_order")).isEqualTo(21);
    assertThat(number(advice, "order_quantity")).isEqualTo(number(advice, "reorder_level") - 31);
  }

  @Test
  void stockBelowZeroIsZero() {
    Row advice =
        new Shops(AS_OF).forecast("s1", "p", 4, null).count("s1", "p", AS_OF, -3).adviceFor("p");

    assertThat(number(advice, "on_hand")).isZero();
    assertThat(number(advice, "order_quantity")).isEqualTo(number(advice, "reorder_level"));
    assertThat(advice.<String>getAs("reason")).isEqualTo("out_of_stock");
  }

  @Test
  void withoutStockThereIsALevelAndNoQuantity() {
    Row advice = new Shops(AS_OF).forecast("s1", "p", 4, null).adviceFor("p");

    assertThat(advice.<Double>getAs("order_quantity")).isNull();
    assertThat(number(advice, "reorder_level")).isGreaterThan(36);
    assertThat(advice.<String>getAs("reason")).isEqualTo("stock_unknown");
  }

  @Test
  void demandThatVariesMoreNeedsMoreAndRowsOfZerosChangeNothing() {
    Shops shops = new Shops(AS_OF);
    Random random = new Random(5);
    for (String product : List.of("even", "wild", "sparse")) {
      shops.forecast("s1", product, 4, null).count("s1", product, AS_OF, 0);
    }
    for (int back = 90; back >= 0; back--) {
      LocalDate day = AS_OF.minusDays(back);
      double wild = random.nextInt(4) == 0 ? 16 : 0;
      shops.demand("s1", "even", day, 3 + random.nextInt(3), false);
      shops.demand("s1", "wild", day, wild, false);
      if (wild > 0 || back == 90) {
        shops.demand("s1", "sparse", day, wild, false);
      }
    }

    Map<String, Row> advice = byProduct(shops);

    double even = number(advice.get("even"), "safety_stock");
    double wild = number(advice.get("wild"), "safety_stock");
    // Variance ÷ mean of 16 with one quarter is 12.
    assertThat(wild / even).isCloseTo(Math.sqrt(12), within(1.0));
    assertThat(number(advice.get("sparse"), "safety_stock")).isCloseTo(wild, within(1.0));
  }

  @Test
  void daysOnWhichTheStoreWasClosedDoNotMakeItsDemandVary() {
    Shops shops = new Shops(AS_OF).forecast("open", "p", 4, null).forecast("closed", "p", 4, null);
    for (int back = 90; back >= 0; back--) {
      LocalDate day = AS_OF.minusDays(back);
      double units = 3 + back % 3;
      shops.demand("open", "p", day, units, false);
      if (back >= 3 && back < 31) {
        shops.closed("closed", day);
      } else {
        shops.demand("closed", "p", day, units, false);
      }
    }
    Map<String, Double> safety =
        shops.advice().stream()
            .collect(
                Collectors.toMap(row -> row.getAs("store_id"), row -> number(row, "safety_stock")));

    assertThat(safety.get("closed")).isCloseTo(safety.get("open"), within(1.0));
  }

  /** Two hundred products over six nights, more than three years of a series. */
  @Test
  void followedEveryNightTheAdviceNeverLiftsThePositionAboveTheLevel() {
    Random random = new Random(11);
    int series = 200;
    double[] onHand = new double[series];
    double[][] arriving = new double[series][60];
    for (int night = 0; night < 6; night++) {
      LocalDate today = AS_OF.plusDays(night);
      Shops shops = new Shops(today);
      for (int s = 0; s < series; s++) {
        onHand[s] += arriving[s][night];
        onHand[s] -= Math.min(onHand[s], random.nextInt(1 + s / 20));
        shops.forecast("s1", "p" + s, s / 40.0, 1 + s % 4).count("s1", "p" + s, today, onHand[s]);
        for (int day = night + 1; day < 60; day++) {
          if (arriving[s][day] > 0) {
            shops.onOrder("s1", "p" + s, AS_OF.plusDays(day), arriving[s][day], null);
          }
        }
      }
      for (Row row : shops.advice()) {
        int s = Integer.parseInt(row.<String>getAs("product_id").substring(1));
        double position =
            onHand[s] + IntStream.range(night + 1, 60).mapToDouble(day -> arriving[s][day]).sum();
        double quantity = number(row, "order_quantity");
        if (quantity > 0) {
          assertThat(position + quantity).isLessThanOrEqualTo(number(row, "order_up_to"));
          assertThat(position).isLessThan(number(row, "reorder_level"));
          arriving[s][night + 3] += quantity;
        }
      }
    }
  }
}
