package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.model.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Two years of a category of which store s1 sells half as much again as others. */
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
    return new Surroundings(
        ORIGIN + HISTORY,
        true,
        Map.of(),
        empty.holidays(),
        empty.commercialEvents(),
        Map.of(),
        Map.of(),
        Map.of("c1", flat(first, 4, 5)),
        Map.of(Surroundings.priceBand(PRODUCT), flat(first, 4, 5)),
        launches,
        Map.of("s1", flat(first, 6, 5), "s2", flat(ORIGIN + 1, 6, 5)),
        flat(first, 4, 20));
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

  private static double similar(String store, double elsewhere, Surroundings surroundings) {
    return LaunchForecasts.similar(PRODUCT, store, elsewhere, surroundings, ORIGIN, HORIZON)[5];
  }

  @Test
  void aLaunchSellsAsLaunchesOfItsPriceOrAsTheProductDoesElsewhereTimesTheStore() {
    assertThat(similar("s1", Double.NaN, known())).isCloseTo(2 * 1.5, within(1e-5));
    assertThat(similar("s1", 5, known())).isCloseTo(5 * 1.5, within(1e-5));
    assertThat(similar("new", 5, known())).isCloseTo(5, within(1e-5));
    assertThat(LaunchForecasts.categoryLaunches(PRODUCT, known(), ORIGIN, HORIZON))
        .hasSize(HORIZON)
        .containsOnly(1.5f);
  }

  @Test
  void whereFewOfThePriceWereLaunchedTheCategoryStandsInThenAllThenTheCategorysUsualProducts() {
    int first = ORIGIN - HISTORY + 1;
    Map<String, DailyTotals> few =
        Map.of("c1", flat(first, 1.5, 9), Surroundings.priceBand(PRODUCT), flat(first, 2, 2));
    assertThat(similar("s1", Double.NaN, surroundings(few))).isCloseTo(1.5 * 1.5, within(1e-5));
    Map<String, DailyTotals> others = Map.of(Surroundings.EVERYTHING, flat(first, 1, 30));
    assertThat(similar("s1", Double.NaN, surroundings(others))).isCloseTo(1.5, within(1e-5));
    assertThat(similar("s1", Double.NaN, surroundings(Map.of()))).isCloseTo(6, within(1e-5));
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
}
