package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.SeriesBuilder.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SimpleForecastsTest {
  private static final Offset<Float> CLOSE = within(1e-5f);

  private static SeriesOrigin last(Series series) {
    return new SeriesOrigin(
        new SeriesWindow(series), SeriesBuilder.surroundings(series, 14, 0), series.lastDay(), 7);
  }

  private static SeriesOrigin of(double... demand) {
    return last(SeriesBuilder.of(demand).build());
  }

  @Test
  void aWeekdayMeanIsOfTheSameWeekdays() {
    float[] forecast = SimpleForecasts.weekdayMean(of(0, 1, 1, 1, 1, 1, 1, 4, 3, 2, 1, 1, 1, 1), 9);
    assertThat(forecast[0]).isEqualTo(2);
    assertThat(forecast[1]).isEqualTo(2);
    assertThat(forecast[2]).isEqualTo(1.5f);
    assertThat(forecast[6]).isEqualTo(1);
    assertThat(forecast[7]).as("the second week repeats the first").isEqualTo(2);
  }

  @Test
  void onlyEightWeeksCount() {
    double[] demand = new double[63];
    demand[0] = 99;
    demand[7] = 16;
    assertThat(SimpleForecasts.weekdayMean(of(demand), 1)[0]).isEqualTo(2);
  }

  /** A series begins with a sale, which is no sign of how much it sells. */
  @Test
  void theFirstSaleDoesNotCount() {
    SeriesOrigin origin = of(8, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0);
    assertThat(SimpleForecasts.weekdayMean(origin, 1)[0]).isEqualTo(2);
    assertThat(SimpleForecasts.movingAverage(origin, 1, 28)[0]).isCloseTo(2 / 13f, CLOSE);
    assertThat(SimpleForecasts.movingAverage(of(8), 1, 28)[0]).as("its only day").isEqualTo(8);
    assertThat(SimpleForecasts.movingAverage(of(6, 2, 4), 1, 2)[0]).isEqualTo(3);
  }

  @Test
  void daysBeforeTheFirstSaleCountAsZerosWhereOtherSeriesAreKnown() {
    Series series = SeriesBuilder.of(6, 0, 0, 0, 0, 0, 0).build();
    Surroundings alone = SeriesBuilder.surroundings(series, 14, 0);
    DailyTotals.Builder longer = new DailyTotals.Builder(FIRST_DAY - 14, 21);
    longer.add(FIRST_DAY - 14, new float[21], new boolean[21]);
    Surroundings surroundings =
        new Surroundings(
            alone.asOfDay(),
            true,
            alone.regionOfStore(),
            alone.holidays(),
            alone.commercialEvents(),
            alone.weather(),
            alone.events(),
            KnownTrends.NONE,
            alone.categories(),
            alone.priceBands(),
            alone.launches(),
            alone.storeTotals(),
            longer.build(),
            Similar.NOTHING);
    SeriesOrigin origin =
        new SeriesOrigin(new SeriesWindow(series), surroundings, series.lastDay(), 7);
    assertThat(origin.firstKnownDay()).isEqualTo(-14);
    assertThat(SimpleForecasts.weekdayMeanOfAllDays(origin, 1)[0]).isEqualTo(2);
    assertThat(SimpleForecasts.seasonalSmoothingOfAllDays(origin, 1)[0])
        .isCloseTo(6 / (1 + 0.9f + 0.81f), CLOSE);
  }

  @Test
  void seasonalSmoothingWeighsEachWeekNineTenthsOfTheNext() {
    double[] demand = new double[21];
    demand[1] = 1;
    demand[8] = 2;
    demand[15] = 4;
    assertThat(SimpleForecasts.seasonalSmoothing(of(demand), 9)[1])
        .isCloseTo((4 + 0.9f * 2 + 0.81f) / 2.71f, CLOSE);
  }

  @Test
  void smoothingWeighsEachDayNineteenTwentiethsOfTheNext() {
    assertThat(SimpleForecasts.smoothing(of(0, 4, 2), 2))
        .containsExactly(new float[] {5.8f / 2.8525f, 5.8f / 2.8525f}, CLOSE);
    SeriesOrigin soldOut = last(SeriesBuilder.of(0, 4, 9, 2).soldOut(2).build());
    float expected = (2 + 0.95f * 0.95f * 4) / (1 + 0.9025f + 0.857375f);
    assertThat(SimpleForecasts.smoothing(soldOut, 1)[0]).isCloseTo(expected, CLOSE);
  }

  @Test
  void crostonDividesTheSmoothedDemandByTheSmoothedInterval() {
    // Intervals 2, 2, 3; sizes 4, 4, 6: interval 2.1, size 4.2.
    SeriesOrigin origin = of(0, 4, 0, 4, 0, 0, 6);
    assertThat(SimpleForecasts.crostonSba(origin, 2)[1]).isCloseTo(0.95f * 4.2f / 2.1f, CLOSE);
    SeriesOrigin silent = of(0, 4, 0, 4, 0, 0, 6, 0, 0, 0, 0);
    assertThat(SimpleForecasts.crostonSba(silent, 1)[0])
        .as("four days without")
        .isCloseTo(0.95f * 4.2f / 4, CLOSE);
    assertThat(SimpleForecasts.crostonSba(of(0, 0), 1)[0]).isZero();
    SeriesOrigin soldOut = last(SeriesBuilder.of(4, 0, 0, 4).soldOut(1).soldOut(2).build());
    assertThat(SimpleForecasts.crostonSba(soldOut, 1)[0]).isCloseTo(0.95f * 4, CLOSE);
  }

  /** The category sells 2 a day, and 9 on the weekday of the first day to come. */
  private static Surroundings category(double bandMean, int bandSeries, double storeMean) {
    int days = 56;
    int first = FIRST_DAY - days + 1;
    DailyTotals.Builder category = new DailyTotals.Builder(first, days);
    float[] weekly = new float[days];
    for (int i = 0; i < days; i++) {
      weekly[i] = i % 7 == 0 ? 9 : 2;
    }
    category.add(first, weekly, new boolean[days]);
    ProductAttributes product = SeriesBuilder.of(1).build().attributes();
    Surroundings empty = SeriesBuilder.surroundings(SeriesBuilder.of(1).build(), 14, 0);
    return new Surroundings(
        FIRST_DAY,
        true,
        Map.of(),
        empty.holidays(),
        empty.commercialEvents(),
        Map.of(),
        Map.of(),
        KnownTrends.NONE,
        Map.of("c1", category.build()),
        Map.of(Surroundings.priceBand(product), flat(first, days, bandMean, bandSeries)),
        Map.of(),
        Map.of("s1", flat(first, days, storeMean, 1)),
        flat(first, days, 4, 1),
        Similar.NOTHING);
  }

  private static DailyTotals flat(int first, int days, double mean, int series) {
    DailyTotals.Builder totals = new DailyTotals.Builder(first, days);
    float[] demand = new float[days];
    java.util.Arrays.fill(demand, (float) mean);
    for (int i = 0; i < series; i++) {
      totals.add(first, demand, new boolean[days]);
    }
    return totals.build();
  }

  @Test
  void aNewProductSellsWhatItsPriceBandSellsTimesTheStoreAndTheWeekday() {
    ProductAttributes product = SeriesBuilder.of(1).build().attributes();
    float[] forecast = SimpleForecasts.categoryMean(product, "s1", category(5, 3, 8), FIRST_DAY, 2);
    // The store sells twice the mean of all; the category 9 of 3 on the first day, 2 on the second.
    assertThat(forecast[0]).isCloseTo(5 * 2 * 3f, CLOSE);
    assertThat(forecast[1]).isCloseTo(5 * 2 * 2 / 3f, CLOSE);
    assertThat(SimpleForecasts.categoryMean(product, "s1", category(5, 2, 8), FIRST_DAY, 1)[0])
        .as("too few in the band: the whole category's 3")
        .isCloseTo(3 * 2 * 3f, CLOSE);
    assertThat(SimpleForecasts.categoryMean(product, "s9", category(5, 3, 8), FIRST_DAY, 1)[0])
        .as("an unknown store is as all are")
        .isCloseTo(5 * 3f, CLOSE);
    ProductAttributes unknown = new ProductAttributes("d", "c9", "", Float.NaN, 0, 0, 0);
    assertThat(SimpleForecasts.categoryMean(unknown, "s9", category(5, 3, 8), FIRST_DAY, 1)[0])
        .as("an unknown category is as everything")
        .isCloseTo(4, CLOSE);
  }

  @Test
  void ownDaysOutweighTheCategoryMoreAndMore() {
    Series young = SeriesBuilder.of(1).build();
    Surroundings surroundings = category(5, 3, 4);
    SeriesOrigin origin = new SeriesOrigin(new SeriesWindow(young), surroundings, FIRST_DAY, 7);
    assertThat(SimpleForecasts.categoryMean(origin, surroundings, 1)[0])
        .isCloseTo((1 + 14 * 15) / 15f, CLOSE);
  }
}
