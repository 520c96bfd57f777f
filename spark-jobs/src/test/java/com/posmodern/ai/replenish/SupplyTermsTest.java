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

class SupplyTermsTest {
  /** A Tuesday. */
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  private static Map<String, Row> byProduct(Shops shops) {
    return shops.advice().stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs("store_id") + " " + row.getAs("product_id"), Function.identity()));
  }

  private static double number(Row row, String column) {
    return row.<Number>getAs(column).doubleValue();
  }

  @Test
  void eachTermComesFromTheMostSpecificRowThatStatesIt() {
    Shops shops = new Shops(AS_OF);
    for (String product : List.of("own", "everywhere", "supplied", "packed", "unnamed", "moved")) {
      shops.forecast("s1", product, 1, product.equals("packed") ? 24 : null);
    }
    shops
        .forecast("s2", "unnamed", 1, null)
        .terms("own", "s1", "dairy", Map.of("lead_time", 1))
        .terms("own", "ALL", "dairy", Map.of("lead_time", 4, "pack_size", 6))
        // Of two suppliers the one with the shorter lead time delivers.
        .terms("everywhere", "ALL", "slow", Map.of("lead_time", 9))
        .terms("everywhere", "ALL", "dairy", Map.of("lead_time", 3))
        .terms("supplied", "ALL", "dairy", Map.of())
        .terms("packed", "ALL", "dairy", Map.of())
        .terms("moved", "s1", "baker", Map.of())
        .terms("moved", "ALL", "dairy", Map.of("lead_time", 8))
        .terms("ALL", "s1", "dairy", Map.of("minimum_order", 5))
        .terms("ALL", "ALL", "dairy", Map.of("lead_time", 7, "pack_size", 12, "minimum_order", 99))
        .terms("ALL", "s1", "ALL", Map.of("lead_time", 10, "service_class", "C"))
        .terms("ALL", "ALL", "ALL", Map.of("lead_time", 11, "pack_size", 2));

    Map<String, Row> advice = byProduct(shops);

    assertThat(advice)
        .extractingFromEntries(
            entry ->
                List.of(
                    entry.getKey(),
                    String.valueOf(entry.getValue().<String>getAs("supplier_id")),
                    entry.getValue().<String>getAs("terms"),
                    entry.getValue().<Integer>getAs("lead_time"),
                    entry.getValue().<Integer>getAs("pack_size"),
                    entry.getValue().<Double>getAs("minimum_order"),
                    entry.getValue().<Double>getAs("service_level")))
        .containsExactlyInAnyOrder(
            List.of("s1 own", "dairy", "product_and_store", 1, 6, 6.0, 0.9),
            List.of("s1 everywhere", "dairy", "product", 3, 12, 12.0, 0.9),
            List.of("s1 supplied", "dairy", "product", 7, 12, 12.0, 0.9),
            List.of("s1 packed", "dairy", "product", 7, 24, 24.0, 0.9),
            List.of("s1 moved", "baker", "product_and_store", 10, 2, 2.0, 0.9),
            List.of("s1 unnamed", "null", "store", 10, 2, 2.0, 0.9),
            List.of("s2 unnamed", "null", "everything", 11, 2, 2.0, 0.95));
  }

  @Test
  void theOrderIsForTheNextOrderDayAndLastsUntilTheOneAfterItArrives() {
    Shops shops = new Shops(AS_OF);
    shops
        .forecast("s1", "twice", 4, null)
        .forecast("s1", "tomorrow", 4, null)
        .forecast("s1", "far", 4, null)
        .forecast("s1", "fresh", 4, null)
        .terms("twice", "ALL", "x", Map.of("order_days", "MON,THU", "lead_time", 2))
        .terms("tomorrow", "ALL", "x", Map.of("order_days", "WED", "lead_time", 1))
        .terms("far", "ALL", "x", Map.of("order_days", "WED", "lead_time", 40))
        .terms("fresh", "ALL", "x", Map.of("order_days", "WED", "lead_time", 1, "shelf_life", 2));

    Map<String, Row> advice = byProduct(shops);

    assertThat(advice)
        .extractingFromEntries(
            entry ->
                "%s %s %s %s"
                    .formatted(
                        entry.getKey(),
                        entry.getValue().<Object>getAs("order_on"),
                        entry.getValue().<Object>getAs("covers_until"),
                        Math.round(number(entry.getValue(), "expected_demand"))))
        .containsExactlyInAnyOrder(
            // Thursday's order arrives on Saturday, Monday's on Wednesday the 8th.
            "s1 twice 2026-07-02 2026-07-07 28",
            "s1 tomorrow 2026-07-01 2026-07-08 32",
            // Beyond the 28 days that are forecast the last week goes on.
            "s1 far 2026-07-01 2026-08-16 188",
            // What comes on Thursday has spoilt on Saturday.
            "s1 fresh 2026-07-01 2026-07-03 12");
  }

  @Test
  void whatSpoilsIsHeldByWhatALostSaleCostsAgainstWaste() {
    Map<String, Object> spoils = Map.of("order_days", "WED", "shelf_life", 2, "unit_cost", 4.0);
    Shops shops = new Shops(AS_OF);
    shops
        .priced("s1", "salad", 4, 10)
        .priced("s1", "thin margin", 4, 4.04)
        .priced("s1", "with class", 4, 10)
        .priced("s1", "durable", 4, 10)
        .terms("salad", "ALL", "x", spoils)
        .terms("thin margin", "ALL", "x", spoils)
        .terms("with class", "ALL", "x", and(spoils, "service_class", "A"))
        .terms("durable", "ALL", "x", and(spoils, "shelf_life", 30));

    assertThat(byProduct(shops).entrySet())
        .extracting(
            entry -> "%s %.3f".formatted(entry.getKey(), number(entry.getValue(), "service_level")))
        .containsExactlyInAnyOrder(
            // Three margins of 6 against a cost of 4.
            "s1 salad 0.818", "s1 thin margin 0.500", "s1 with class 0.980", "s1 durable 0.950");
  }

  private static Map<String, Object> and(Map<String, Object> terms, String name, Object value) {
    Map<String, Object> more = new java.util.HashMap<>(terms);
    more.put(name, value);
    return more;
  }

  @Test
  void aLeadTimeThatVariesNeedsMoreAndTheShelfHasItsLimits() {
    Shops shops = new Shops(AS_OF);
    for (String product : List.of("plain", "varies", "small", "tiny", "shown", "stuffed")) {
      shops.forecast("s1", product, 4, null).count("s1", product, AS_OF, 0);
    }
    shops
        .count("s1", "stuffed", AS_OF, 19)
        .terms("varies", "ALL", "x", Map.of("lead_time_spread", 3))
        .terms("small", "ALL", "x", Map.of("maximum_stock", 20, "pack_size", 6))
        .terms("tiny", "ALL", "x", Map.of("maximum_stock", 5, "pack_size", 12))
        .terms("shown", "ALL", "x", Map.of("presentation_minimum", 30))
        .terms("stuffed", "ALL", "x", Map.of("maximum_stock", 20, "pack_size", 6));

    Map<String, Row> advice = byProduct(shops);

    // Nine days: variance 36 + 36² / 224, and with a lead time of ± 3 days 12² more.
    double plain = number(advice.get("s1 plain"), "safety_stock");
    double varies = number(advice.get("s1 varies"), "safety_stock");
    assertThat(plain).isCloseTo(1.645 * 6.46, within(1.3));
    assertThat(varies).isCloseTo(1.645 * Math.sqrt(6.46 * 6.46 + 144), within(2.0));
    assertThat(number(advice.get("s1 small"), "order_quantity")).isEqualTo(18);
    assertThat(number(advice.get("s1 small"), "order_up_to")).isEqualTo(20);
    // One pack is always allowed onto an empty shelf.
    assertThat(number(advice.get("s1 tiny"), "order_quantity")).isEqualTo(12);
    assertThat(number(advice.get("s1 shown"), "reorder_level")).isEqualTo(66);
    assertThat(number(advice.get("s1 stuffed"), "order_quantity")).isZero();
    assertThat(advice.get("s1 stuffed").<String>getAs("reason")).isEqualTo("shelf_full");
  }

  @Test
  void theProductsThatRunOutNextFillAnOrderUpToItsSmallestValue() {
    Shops shops = new Shops(AS_OF);
    shops
        .priced("s1", "needed", 4, 2)
        .priced("s1", "soon", 4, 2)
        .priced("s1", "later", 4, 2)
        .priced("s1", "elsewhere", 4, 2)
        .priced("s2", "needed", 4, 2)
        .priced("s3", "needed", 4, 2)
        .terms("needed", "ALL", "x", Map.of())
        .terms("soon", "ALL", "x", Map.of("pack_size", 3))
        .terms("later", "ALL", "x", Map.of())
        .terms("ALL", "s1", "x", Map.of("minimum_order_value", 120))
        .terms("ALL", "s2", "x", Map.of("minimum_order_value", 5_000))
        .terms("ALL", "s3", "x", Map.of("minimum_order_value", 5_000));
    Map<String, Row> before = byProduct(new Shops(AS_OF).priced("s1", "needed", 4, 2));
    double level = number(before.get("s1 needed"), "reorder_level");
    shops
        .count("s1", "needed", AS_OF, level - 10)
        .count("s1", "soon", AS_OF, level + 6)
        .count("s1", "later", AS_OF, level + 40)
        .count("s1", "elsewhere", AS_OF, level + 1)
        .count("s2", "needed", AS_OF, level - 10)
        .count("s3", "needed", AS_OF, level + 1);

    Map<String, Row> advice = byProduct(shops);

    // Ten units of 2 are worth 20; 100 are missing. "needed" stands at its level, "soon" at 6
    // above: 4 units, then in turns 4 and 6 (two packs of 3), until 50 units are there.
    double needed = number(advice.get("s1 needed"), "fill_up");
    double soon = number(advice.get("s1 soon"), "fill_up");
    assertThat(2 * (10 + needed + soon)).isBetween(120.0, 131.0);
    assertThat(level + needed).isCloseTo(level + 6 + soon, within(6.0));
    assertThat(number(advice.get("s1 needed"), "order_quantity")).isEqualTo(10 + needed);
    assertThat(number(advice.get("s1 soon"), "order_quantity")).isEqualTo(soon);
    assertThat(soon % 3).isZero();
    assertThat(number(advice.get("s1 later"), "order_quantity")).isZero();
    assertThat(number(advice.get("s1 elsewhere"), "order_quantity")).isZero();
    assertThat(advice)
        .extractingFromEntries(
            entry -> entry.getKey() + " " + entry.getValue().<String>getAs("reason"))
        .contains(
            "s1 soon fills_up_order",
            // 28 days of demand are worth 224: the order would be of no use.
            "s2 needed below_minimum_value",
            "s3 needed enough_stock");
    assertThat(number(advice.get("s2 needed"), "order_quantity")).isZero();
  }

  @Test
  void anOrderFillsUpToPalletsWithProductsThatHaveAPlaceOnThem() {
    Shops shops = new Shops(AS_OF);
    Map<String, Object> ofHundred = Map.of("units_per_pallet", 100);
    for (String store : List.of("s1", "s2", "s3")) {
      shops.priced(store, "needed", 4, 2).priced(store, "next", 4, 2).priced(store, "loose", 4, 2);
    }
    shops
        .terms("needed", "ALL", "x", ofHundred)
        .terms("next", "ALL", "x", and(ofHundred, "pack_size", 3))
        .terms("loose", "ALL", "x", Map.of())
        .terms("ALL", "s1", "x", Map.of("minimum_order_pallets", 0.6))
        .terms("ALL", "s2", "x", Map.of("minimum_order_pallets", 0.6, "minimum_order_value", 240))
        .terms("ALL", "s3", "x", Map.of("minimum_order_pallets", 3));
    double level =
        number(
            byProduct(new Shops(AS_OF).priced("s1", "needed", 4, 2)).get("s1 needed"),
            "reorder_level");
    for (String store : List.of("s1", "s2", "s3")) {
      shops
          .count(store, "needed", AS_OF, level - 10)
          .count(store, "next", AS_OF, level + 6)
          .count(store, "loose", AS_OF, level + 2);
    }

    Map<String, Row> advice = byProduct(shops);

    // 60 units are 0.6 pallets; "loose" stands on none, though it runs out before "next".
    double pallets = units(advice, "s1 needed") + units(advice, "s1 next");
    assertThat(pallets).isBetween(60.0, 65.0);
    assertThat(units(advice, "s1 next")).isPositive();
    assertThat(units(advice, "s1 loose")).isZero();
    assertThat(number(advice.get("s1 needed"), "minimum_order_pallets")).isEqualTo(0.6);
    // A value of 240 is 120 units, of which "loose" is worth as much as the others.
    assertThat(units(advice, "s2 needed") + units(advice, "s2 next")).isGreaterThanOrEqualTo(60.0);
    assertThat(units(advice, "s2 loose")).isPositive();
    assertThat(units(advice, "s2 needed") + units(advice, "s2 next") + units(advice, "s2 loose"))
        .isBetween(120.0, 125.0);
    assertThat(advice.get("s3 needed").<String>getAs("reason")).isEqualTo("below_minimum_pallets");
    assertThat(units(advice, "s3 needed")).isZero();
  }

  private static double units(Map<String, Row> advice, String series) {
    return number(advice.get(series), "order_quantity");
  }

  /**
   * Nights of many products, each with its own calendar, pack, minimum and shelf: series × nights
   * make years.
   */
  @Test
  void followedOnEveryOrderDayTheAdviceNeverLiftsThePositionAboveTheLevel() {
    Random random = new Random(17);
    int series = 200;
    int nights = 8;
    int days = 60;
    double[] onHand = IntStream.range(0, series).mapToDouble(s -> random.nextInt(30)).toArray();
    double[][] arriving = new double[series][days];
    List<String> calendars = List.of("MON,TUE,WED,THU,FRI,SAT,SUN", "MON,THU", "FRI", "WED,SUN");
    int placed = 0;
    for (int night = 0; night < nights; night++) {
      LocalDate today = AS_OF.plusDays(night);
      Shops shops = new Shops(today);
      for (int s = 0; s < series; s++) {
        onHand[s] += arriving[s][night];
        onHand[s] -= Math.min(onHand[s], random.nextInt(1 + s / 20));
        shops.priced("s1", "p" + s, s / 40.0, 1 + s % 3).count("s1", "p" + s, today, onHand[s]);
        shops.terms(
            "p" + s,
            "ALL",
            "supplier" + s % 6,
            Map.of(
                "order_days",
                calendars.get(s % 4),
                "lead_time",
                1 + s % 5,
                "lead_time_spread",
                s % 2,
                "pack_size",
                1 + s % 7,
                "minimum_order",
                s % 11,
                "maximum_stock",
                s % 3 == 0 ? 10 + s : 1_000));
        for (int day = night + 1; day < days; day++) {
          if (arriving[s][day] > 0) {
            shops.onOrder("s1", "p" + s, AS_OF.plusDays(day), arriving[s][day], null);
          }
        }
      }
      shops.terms("ALL", "ALL", "supplier2", Map.of("minimum_order_value", 150));
      for (Row row : shops.advice()) {
        int s = Integer.parseInt(row.<String>getAs("product_id").substring(1));
        LocalDate orderOn = row.<java.sql.Date>getAs("order_on").toLocalDate();
        assertThat(calendars.get(s % 4)).contains(orderOn.getDayOfWeek().name().substring(0, 3));
        double quantity = number(row, "order_quantity");
        int lead = row.<Integer>getAs("lead_time");
        if (quantity > 0 && orderOn.equals(today.plusDays(1))) {
          int first = night + 1;
          double position =
              onHand[s] + IntStream.range(first, days).mapToDouble(d -> arriving[s][d]).sum();
          double pack = number(row, "pack_size");
          double least = number(row, "minimum_order");
          double level = number(row, "reorder_level");
          // What fills an order up is at most 28 days of demand.
          double most =
              number(row, "fill_up") > 0
                  ? Math.max(level + 28 * s / 40.0, level + Math.max(pack, least))
                  : level + Math.max(pack, least) - 1;
          assertThat(position + quantity)
              .as("p%s on %s", s, today)
              .isLessThanOrEqualTo(number(row, "order_up_to"))
              .isLessThanOrEqualTo(most);
          assertThat(quantity % pack).isZero();
          arriving[s][night + 1 + lead] += quantity;
          placed++;
        }
      }
    }
    assertThat(placed).isGreaterThan(200);
  }
}
