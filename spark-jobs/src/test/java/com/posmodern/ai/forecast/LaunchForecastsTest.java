package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.forecast.SoldElsewhere.Sales;
import com.posmodern.ai.model.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two years of a category; store s1 sells half as much again as s3, and s2 is about to open. */
class LaunchForecastsTest {
  private static final int ORIGIN = SeriesBuilder.FIRST_DAY - 1;
  private static final int HISTORY = 400;
  private static final int HORIZON = 28;
  private static final Series LAUNCHED = SeriesBuilder.of(3, 1, 0, 5, 2).build();
  private static final ProductAttributes PRODUCT = LAUNCHED.attributes();

  private static DailyTotals flat(int from, double mean, int series) {
    DailyTotals.Builder totals = new DailyTotals.Builder(ORIGIN - HISTORY + 1, 2 * HISTORY);
    float[] demand = new float[ORIGIN + HISTORY - from + 1];
    Arrays.fill(demand, (float) mean);
    for (int i = 0; i < series; i++) {
      totals.add(from, demand, new boolean[demand.length]);
    }
    return totals.build();
  }

  private static Surroundings surroundings(Map<String, DailyTotals> launches) {
    int first = ORIGIN - HISTORY + 1;
    Surroundings empty = SeriesBuilder.surroundings(LAUNCHED, 14, 0);
    Map<String, DailyTotals> totals =
        Map.of("s1", flat(first, 6, 5), "s2", flat(ORIGIN + 1, 6, 5), "s3", flat(first, 4, 5));
    return new Surroundings(
        ORIGIN + HISTORY,
        true,
        Map.of(),
        empty.holidays(),
        empty.commercialEvents(),
        Map.of(),
        Map.of(),
        KnownTrends.NONE,
        Map.of("c1", flat(first, 4, 5)),
        Map.of(Surroundings.priceBand(PRODUCT), flat(first, 4, 5)),
        launches,
        totals,
        flat(first, 4, 20),
        new Similar(
            new SimilarStores(Map.of("s1", "SP", "s2", "SP", "s3", "SP"), totals, Map.of()),
            new SimilarNames(Map.of()),
            Map.of("s3", flat(first, 1, 9))));
  }

  private static Surroundings known() {
    int first = ORIGIN - HISTORY + 1;
    return surroundings(
        Map.of(
            "c1",
            flat(first, 1.5, 9),
            Surroundings.priceBand(PRODUCT),
            flat(first, 2, 4),
            Surroundings.EVERYTHING,
            flat(first, 1, 30)));
  }

  private static double similar(String store, List<Sales> elsewhere, Surroundings surroundings) {
    return LaunchForecasts.similar(PRODUCT, store, elsewhere, surroundings, ORIGIN, HORIZON)[5];
  }

  private static final List<Sales> NOWHERE = List.of();

  /** 5 a day in s3. */
  private static final List<Sales> IN_S3 = List.of(new Sales("s3", 50, 10));

  @Test
  void aLaunchSellsAsLaunchesOfItsPriceOrAsTheProductDoesElsewhereTimesTheStore() {
    assertThat(similar("s1", NOWHERE, known())).isCloseTo(2 * 1.5, within(1e-5));
    assertThat(similar("s1", IN_S3, known())).isCloseTo(5 * 1.5, within(1e-5));
    assertThat(similar("s2", IN_S3, known()))
        .as("a store that has not opened sells as the one between s1 and s3")
        .isCloseTo(5 * 1.25, within(1e-5));
    assertThat(LaunchForecasts.categoryLaunches(PRODUCT, known(), ORIGIN, HORIZON))
        .hasSize(HORIZON)
        .containsOnly(1.5f);
  }

  @Test
  void whereFewOfThePriceWereLaunchedTheCategoryStandsInThenAllThenTheCategorysUsualProducts() {
    int first = ORIGIN - HISTORY + 1;
    Map<String, DailyTotals> few =
        Map.of("c1", flat(first, 1.5, 9), Surroundings.priceBand(PRODUCT), flat(first, 2, 2));
    assertThat(similar("s1", NOWHERE, surroundings(few))).isCloseTo(1.5 * 1.5, within(1e-5));
    Map<String, DailyTotals> others = Map.of(Surroundings.EVERYTHING, flat(first, 1, 30));
    assertThat(similar("s1", NOWHERE, surroundings(others))).isCloseTo(1.5, within(1e-5));
    assertThat(similar("s1", NOWHERE, surroundings(Map.of()))).isCloseTo(6, within(1e-5));
  }

  @Test
  void aLaunchIsJudgedFromTheDayAfterItsFirstSaleBesideTheMeanOfLaunches() {
    LaunchBacktest judged = new LaunchBacktest();
    judged.add(LAUNCHED, ORIGIN, HORIZON, known());
    judged.add(LAUNCHED, ORIGIN + 1, HORIZON, known());
    judged.add(LAUNCHED, ORIGIN - HORIZON, HORIZON, known());
    judged.add(LAUNCHED, ORIGIN, HORIZON, surroundings(Map.of()));

    List<Metric> metrics = judged.metrics();
    Map<String, Double> figures =
        metrics.stream()
            .collect(
                Collectors.toMap(
                    one -> one.candidate() + " " + one.scope() + " " + one.name(), Metric::value));
    assertThat(figures.get("published new_product days")).isEqualTo(4);
    // 1, 0, 5 and 2 units beside three a day, and beside 1.5.
    assertThat(figures.get("published new_product wape")).isCloseTo(8 / 8.0, within(1e-5));
    assertThat(figures.get("category_launches new_product wape"))
        .isCloseTo((0.5 + 1.5 + 3.5 + 0.5) / 8, within(1e-5));
    assertThat(metrics)
        .allMatch(one -> one.baseline() == one.candidate().equals("category_launches"));
  }

  @Test
  void aStoreIsNewForFourWeeksAndIsJudgedBesideTheMeanOverStores() {
    Series own = inStore("s4", LAUNCHED);
    SoldElsewhere elsewhere =
        SoldElsewhere.of(List.of(inStore("s3", longSold()), own), own.lastDay());
    LaunchBacktest judged = new LaunchBacktest();
    judged.add(own.withProduct(own.product(), elsewhere), ORIGIN, HORIZON, young(10));
    judged.add(own.withProduct(own.product(), elsewhere), ORIGIN, HORIZON, young(29));

    Map<String, Double> days =
        judged.metrics().stream()
            .filter(one -> one.name().equals("days"))
            .collect(Collectors.toMap(one -> one.candidate() + " " + one.scope(), Metric::value));
    assertThat(days)
        .containsEntry("published new_store", 4.0)
        .containsEntry("mean_of_stores new_store", 4.0)
        .containsEntry("category_launches new_store", 4.0)
        .containsEntry("published new_product", 4.0);
    Map<String, Double> bias =
        judged.metrics().stream()
            .filter(one -> one.name().equals("bias") && one.scope().equals("new_store"))
            .collect(Collectors.toMap(Metric::candidate, Metric::value));
    // 8 units were sold; seven a day in s3, of whose sales s4 has a tenth.
    assertThat(bias.get("mean_of_stores")).isCloseTo((28 - 8) / 8.0, within(1e-5));
    assertThat(bias.get("published")).isCloseTo((2.8 - 8) / 8.0, within(1e-5));
    assertThat(judged.metrics().stream().filter(one -> one.candidate().equals("mean_of_stores")))
        .allMatch(Metric::baseline);
  }

  @Test
  void noStoreIsNewWhereAllHistoryIsYoungAndOneWithoutSalesIs() {
    assertThat(LaunchForecasts.isYoung("s1", known(), ORIGIN)).isFalse();
    assertThat(LaunchForecasts.isYoung("s2", known(), ORIGIN)).isTrue();
    assertThat(LaunchForecasts.isYoung("never seen", known(), ORIGIN)).isTrue();
    assertThat(LaunchForecasts.isYoung("s2", known(), ORIGIN - HISTORY + 20)).isFalse();
  }

  private static Series inStore(String store, Series series) {
    return new Series(
        store,
        series.productId(),
        series.attributes(),
        series.firstDay(),
        series.demand(),
        series.price(),
        series.revenue(),
        series.stockOut(),
        series.onPromotion(),
        series.promotions(),
        series.product(),
        series.stores());
  }

  /** Seven units a day up to the day before the launch. */
  private static Series longSold() {
    float[] sevens = new float[100 + LAUNCHED.days()];
    Arrays.fill(sevens, 7);
    return new Series(
        "s3",
        "p1",
        PRODUCT,
        ORIGIN - 99,
        sevens,
        sevens,
        sevens,
        new boolean[sevens.length],
        new boolean[sevens.length],
        PromotionPlan.NONE,
        null,
        SoldElsewhere.NOWHERE);
  }

  /** Store s4, which opened some days before the origin and sells a tenth of s3. */
  private static Surroundings young(int days) {
    Surroundings known = known();
    Map<String, DailyTotals> totals =
        Map.of("s3", flat(ORIGIN - HISTORY + 1, 4, 5), "s4", flat(ORIGIN - days + 1, 0.4, 5));
    return new Surroundings(
        known.asOfDay(),
        true,
        Map.of(),
        known.holidays(),
        known.commercialEvents(),
        Map.of(),
        Map.of(),
        KnownTrends.NONE,
        known.categories(),
        known.priceBands(),
        known.launches(),
        totals,
        known.everything(),
        Similar.of(Map.of(), totals, Map.of()));
  }
}
