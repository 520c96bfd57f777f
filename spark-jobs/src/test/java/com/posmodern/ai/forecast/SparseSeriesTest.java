package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.DailyDemand;
import com.posmodern.ai.testing.SparkTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Series made from days with events are, value by value, those that a table of every day of every
 * life gave: the reference here fills the days one by one.
 */
class SparseSeriesTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final int DAYS = 150;
  private static final int WINDOW = 90;
  private static final int AS_OF_DAY = Math.toIntExact(AS_OF.toEpochDay());
  private static final int WINDOW_START = AS_OF_DAY - WINDOW + 1;
  private static final List<String> STORES = List.of("s0", "s1", "s2");

  private record Line(
      String store, String product, int day, int units, double price, boolean promo) {}

  private record StockOut(String store, String product, int day) {}

  private record Promotion(String product, String store, LocalDate from, LocalDate to) {
    boolean holds(String inStore, int day) {
      return (store == null || store.equals(inStore))
          && from.toEpochDay() <= day
          && day <= to.toEpochDay();
    }
  }

  /** Products by what is special about them, and the last day on sale. */
  private static final Map<String, Optional<LocalDate>> PRODUCTS =
      new TreeMap<>(
          Map.of(
              "daily", Optional.empty(),
              "rare", Optional.empty(),
              "before", Optional.empty(),
              "unsold", Optional.empty(),
              "gone", Optional.of(AS_OF.minusDays(WINDOW + 20)),
              "cleared", Optional.of(AS_OF.minusDays(40)),
              "leaving", Optional.of(AS_OF.plusDays(5))));

  private static final List<Promotion> PROMOTIONS =
      List.of(
          new Promotion("rare", null, LocalDate.of(1900, 1, 1), LocalDate.of(9999, 12, 31)),
          new Promotion("daily", "s1", AS_OF.minusDays(100), AS_OF.minusDays(80)),
          new Promotion("daily", "s1", AS_OF.minusDays(9), AS_OF.plusDays(9)),
          new Promotion("daily", "s9", AS_OF.minusDays(30), AS_OF),
          new Promotion("cleared", null, AS_OF.minusDays(50), AS_OF),
          new Promotion("unsold", null, AS_OF.minusDays(50), AS_OF),
          new Promotion("before", "s0", AS_OF.minusDays(20), AS_OF.minusDays(18)));

  private static final List<Line> LINES = new ArrayList<>();
  private static final Set<StockOut> STOCK_OUTS = new HashSet<>();
  private static Map<String, Series> assembled;
  private static ForecastInput input;

  @BeforeAll
  static void assemble() {
    Random random = new Random(7);
    for (String store : STORES) {
      for (String product : PRODUCTS.keySet()) {
        for (int day = AS_OF_DAY - DAYS + 1; day <= AS_OF_DAY + 3; day++) {
          book(store, product, day, random);
        }
      }
    }
    input = input();
    assembled =
        SeriesAssembler.assemble(input, StoreDays.ALL_OPEN, WINDOW, 28).collect().stream()
            .collect(Collectors.toMap(Series::key, Function.identity()));
  }

  private static void book(String store, String product, int day, Random random) {
    double share =
        switch (product) {
          case "daily", "leaving" -> 0.6;
          case "before" -> day < WINDOW_START - 10 ? 0.2 : 0;
          case "unsold" -> 0;
          case "gone" -> day <= AS_OF_DAY - WINDOW - 20 ? 0.3 : 0;
          case "cleared" -> day <= AS_OF_DAY - 35 ? 0.3 : 0;
          default -> 0.03;
        };
    for (int line = 0; line < 2 && random.nextDouble() < share; line++) {
      double price = 1 + random.nextInt(900) / 100.0;
      boolean promo = random.nextInt(10) == 0;
      LINES.add(new Line(store, product, day, 1 + random.nextInt(3), price, promo));
    }
    boolean ended = product.equals("gone") || product.equals("cleared");
    if (random.nextInt(20) == 0 && !(ended && share == 0)) {
      LINES.add(new Line(store, product, day, -1, 5, true));
    }
    if (random.nextInt(15) == 0) {
      STOCK_OUTS.add(new StockOut(store, product, day));
    }
  }

  private static ForecastInput input() {
    List<Row> accepted = new ArrayList<>();
    for (Line line : LINES) {
      Date date = Date.valueOf(LocalDate.ofEpochDay(line.day));
      accepted.add(
          RowFactory.create(
              "R" + accepted.size(),
              1,
              line.store,
              line.product,
              null,
              Timestamp.valueOf(date + " 10:00:00"),
              date,
              10,
              (double) line.units,
              line.price,
              0.0,
              line.units * line.price,
              line.promo ? "P" : null,
              "store"));
    }
    List<Row> stock = new ArrayList<>();
    for (StockOut out : STOCK_OUTS) {
      Date date = Date.valueOf(LocalDate.ofEpochDay(out.day));
      stock.add(RowFactory.create(out.store, out.product, date, BigDecimal.ZERO.setScale(3), true));
    }
    List<Row> products = new ArrayList<>();
    PRODUCTS.forEach(
        (id, end) ->
            products.add(
                RowFactory.create(
                    id,
                    id,
                    "c",
                    "d",
                    null,
                    null,
                    null,
                    null,
                    end.map(Date::valueOf).orElse(null),
                    null)));
    List<Row> promotions = new ArrayList<>();
    for (Promotion one : PROMOTIONS) {
      promotions.add(
          RowFactory.create(
              "P" + promotions.size(),
              one.product,
              one.store,
              Date.valueOf(one.from),
              Date.valueOf(one.to),
              10.0,
              "price_cut",
              null));
    }
    Dataset<Row> inventory = frame(stock, Table.INVENTORY_DAILY);
    return new ForecastInput(
        AS_OF,
        DailyDemand.of(frame(accepted, Table.ACCEPTED_SALES), Optional.of(inventory))
            .where(col(BUSINESS_DATE).leq(lit(AS_OF))),
        frame(products, Table.PRODUCTS),
        frame(List.of(), Table.STORES),
        Optional.empty(),
        Optional.of(frame(promotions, Table.PROMOTIONS)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Dataset<Row> frame(List<Row> rows, Table table) {
    return SparkTest.session().createDataFrame(rows, ForecastTables.schema(table));
  }

  /** Every day of one life, from the first sale on; empty when it ends before the window. */
  private static Optional<Series> dense(String store, String product) {
    List<Line> lines =
        LINES.stream()
            .filter(l -> l.store.equals(store) && l.product.equals(product) && l.day <= AS_OF_DAY)
            .toList();
    int began =
        lines.stream().filter(l -> l.units > 0).mapToInt(Line::day).min().orElse(Integer.MAX_VALUE);
    int lastLine = lines.stream().mapToInt(Line::day).max().orElse(Integer.MIN_VALUE);
    int discontinued =
        PRODUCTS.get(product).map(d -> (int) d.toEpochDay()).orElse(Integer.MAX_VALUE);
    int end = Math.min(AS_OF_DAY, Math.max(discontinued, lastLine));
    if (began > AS_OF_DAY || end < WINDOW_START) {
      return Optional.empty();
    }
    int first = Math.max(began, WINDOW_START);
    int days = AS_OF_DAY - first + 1;
    Series series =
        new Series(
            store,
            product,
            new ProductAttributes(
                "d", "c", "", Float.NaN, Integer.MIN_VALUE, discontinued, Integer.MIN_VALUE),
            first,
            new float[days],
            new float[days],
            new float[days],
            new boolean[days],
            new boolean[days],
            PromotionPlan.NONE,
            null,
            null);
    double price = Double.NaN;
    for (int day = began; day <= AS_OF_DAY; day++) {
      int date = day;
      List<Line> ofDay = lines.stream().filter(l -> l.day == date).toList();
      double sold = ofDay.stream().filter(l -> l.units > 0).mapToDouble(Line::units).sum();
      double back = -ofDay.stream().filter(l -> l.units < 0).mapToDouble(Line::units).sum();
      double value =
          ofDay.stream().filter(l -> l.units > 0).mapToDouble(l -> l.units * l.price).sum();
      price = sold > 0 ? Math.round(value / sold * 1e4) / 1e4 : price;
      int i = day - first;
      if (i >= 0) {
        series.demand()[i] = (float) Math.max(sold - back, 0);
        series.price()[i] = (float) price;
        series.revenue()[i] =
            (float)
                (Math.round(ofDay.stream().mapToDouble(l -> l.units * l.price).sum() * 100)
                    / 100.0);
        series.stockOut()[i] = day <= end && STOCK_OUTS.contains(new StockOut(store, product, day));
        series.onPromotion()[i] =
            day <= end
                && (ofDay.stream().anyMatch(l -> l.units > 0 && l.promo)
                    || PROMOTIONS.stream()
                        .anyMatch(p -> p.product.equals(product) && p.holds(store, date)));
      }
    }
    return Optional.of(series);
  }

  @Test
  void everyValueIsThatOfTheDenseSeries() {
    Map<String, Series> expected = new TreeMap<>();
    for (String store : STORES) {
      for (String product : PRODUCTS.keySet()) {
        dense(store, product).ifPresent(series -> expected.put(series.key(), series));
      }
    }
    assertThat(expected).hasSize(STORES.size() * 5);
    assertThat(assembled).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (key, series) -> {
          Series found = assembled.get(key);
          assertThat(found.firstDay()).as(key).isEqualTo(series.firstDay());
          assertThat(found.demand()).as(key).isEqualTo(series.demand());
          assertThat(found.price()).as(key).isEqualTo(series.price());
          assertThat(found.revenue()).as(key).isEqualTo(series.revenue());
          assertThat(found.stockOut()).as(key).isEqualTo(series.stockOut());
          assertThat(found.onPromotion()).as(key).isEqualTo(series.onPromotion());
        });
  }

  @Test
  void theProductsTotalsCountTheDaysWithoutARow() {
    for (Series series : assembled.values()) {
      List<Series> stores =
          assembled.values().stream()
              .filter(other -> other.productId().equals(series.productId()))
              .toList();
      int first = stores.stream().mapToInt(Series::firstDay).min().orElseThrow();
      DailyTotals.Builder sums = new DailyTotals.Builder(first, AS_OF_DAY - first + 1);
      stores.forEach(one -> sums.add(one.firstDay(), one.demand(), one.stockOut()));
      DailyTotals expected = sums.build();
      assertThat(series.product().firstDay()).isEqualTo(first);
      assertThat(series.product().seriesDays()).isEqualTo(expected.seriesDays());
      assertThat(series.product().demand()).isEqualTo(expected.demand());
    }
  }

  @Test
  void aPromotionForEverIsNoRow() {
    List<Row> rows = input.dailyDemand().collectAsList();
    long happened =
        Stream.concat(
                LINES.stream()
                    .filter(l -> l.day <= AS_OF_DAY)
                    .map(l -> new StockOut(l.store, l.product, l.day)),
                STOCK_OUTS.stream().filter(out -> out.day <= AS_OF_DAY))
            .distinct()
            .count();
    assertThat(rows).hasSize(Math.toIntExact(happened));
    Series rare = assembled.get("s0\u0001rare");
    assertThat(rare.onPromotion()).isEqualTo(all(rare.days()));
  }

  private static boolean[] all(int days) {
    boolean[] all = new boolean[days];
    Arrays.fill(all, true);
    return all;
  }

  @Test
  void aStockOutAloneIsNoFirstSale() {
    assertThat(input.dailyDemand().select(STORE_ID, PRODUCT_ID).collectAsList())
        .anyMatch(row -> row.getString(1).equals("unsold"));
    assertThat(assembled.values()).noneMatch(series -> series.productId().equals("unsold"));
  }
}
