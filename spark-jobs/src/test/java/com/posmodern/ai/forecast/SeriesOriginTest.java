package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.SeriesBuilder.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.DemandClass;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesOriginTest {
  /** Day i sells i + 1 units, but the fourth last day was sold out. */
  private static Series rising(int days) {
    return SeriesBuilder.of(IntStream.rangeClosed(1, days).mapToDouble(i -> i).toArray())
        .soldOut(days - 4)
        .build();
  }

  private static float feature(float[] row, Feature feature) {
    return row[feature.column()];
  }

  @Test
  void windowsHoldTheHandComputedValuesAndSkipSoldOutDays() {
    Series series = rising(28);
    SeriesOrigin origin =
        new SeriesOrigin(
            new SeriesWindow(series),
            SeriesBuilder.surroundings(series, 14, 30),
            FIRST_DAY + 27,
            7);
    // 1 + … + 28 = 406, less the 25 of the sold-out day, over 27 days.
    double level = 381.0 / 27;
    float[] row = new float[Feature.COUNT];
    origin.write(3, row, 0);

    assertThat(origin.level()).isCloseTo(level, within(1e-9));
    assertThat(feature(row, Feature.LAG_1)).isCloseTo((float) (28 / level), within(1e-5f));
    assertThat(feature(row, Feature.LAG_7)).isCloseTo((float) (22 / level), within(1e-5f));
    // 22, 23, 24, 26, 27, 28: the 25 was sold out.
    assertThat(feature(row, Feature.MEAN_7)).isCloseTo((float) (25 / level), within(1e-5f));
    assertThat(feature(row, Feature.MEDIAN_28)).isCloseTo((float) (14 / level), within(1e-5f));
    assertThat(feature(row, Feature.MAXIMUM_28)).isCloseTo((float) (28 / level), within(1e-5f));
    assertThat(feature(row, Feature.STOCK_OUT_SHARE_28)).isCloseTo(1f / 28, within(1e-6f));
    // Day 31 is the target; 24 (index 23) is the last same weekday, then 17 and 10.
    assertThat(feature(row, Feature.SAME_WEEKDAY_1)).isCloseTo((float) (24 / level), within(1e-5f));
    assertThat(feature(row, Feature.SAME_WEEKDAY_3)).isCloseTo((float) (10 / level), within(1e-5f));
    assertThat(feature(row, Feature.SAME_WEEKDAY_MEAN_4))
        .isCloseTo((float) ((24 + 17 + 10 + 3) / 4.0 / level), within(1e-5f));
    assertThat(feature(row, Feature.HORIZON)).isEqualTo(3);
    // Index 30 is the holiday: the target itself.
    assertThat(feature(row, Feature.HOLIDAY)).isEqualTo(1);
    assertThat(feature(row, Feature.DAYS_TO_HOLIDAY)).isZero();
  }

  @Test
  void zerosIntervalsAndRecencyOfAnIntermittentSeries() {
    // Sells 2, 4 and 6 units on three of twelve days, the last one two days ago.
    Series series = SeriesBuilder.of(0, 2, 0, 0, 0, 4, 0, 0, 0, 6, 0, 0).build();
    SeriesWindow window = new SeriesWindow(series);

    assertThat(window.zeroShare(11, 28)).isCloseTo(9.0 / 12, within(1e-9));
    assertThat(window.daysSinceSale(11)).isEqualTo(2);
    assertThat(window.averageInterval(11, 28)).isCloseTo(4, within(1e-9));
    // Mean 4, variance 8/3: CV² = (8/3)/16.
    assertThat(window.squaredVariation(11, 28)).isCloseTo(8.0 / 3 / 16, within(1e-9));
    // Steps after the first sale: 2, 0, 0, 4, 4, 0, 0, 6, 6, 0.
    assertThat(window.naiveError(11)).isCloseTo((4 + 16 + 16 + 36 + 36) / 10.0, within(1e-9));
    assertThat(DemandClass.of(4, 1.0 / 6)).isEqualTo(DemandClass.INTERMITTENT);
    assertThat(DemandClass.of(1.1, 0.6)).isEqualTo(DemandClass.ERRATIC);
    assertThat(DemandClass.of(1.1, 0.1)).isEqualTo(DemandClass.SMOOTH);
    assertThat(DemandClass.of(2, 0.5)).isEqualTo(DemandClass.LUMPY);
  }

  @Test
  void aProductSoldOutForTwoMonthsIsSeenAsItSoldBefore() {
    SeriesBuilder builder =
        SeriesBuilder.of(
            IntStream.range(0, 140).mapToDouble(i -> i < 80 ? 3 + i % 7 : 0).toArray());
    IntStream.range(80, 140).forEach(builder::soldOut);
    Series series = builder.build();
    SeriesWindow window = new SeriesWindow(series);
    SeriesOrigin origin =
        new SeriesOrigin(window, SeriesBuilder.surroundings(series, 14, 30), FIRST_DAY + 139, 7);

    assertThat(origin.soldWithin(56)).isTrue();
    assertThat(origin.level()).isCloseTo(6, within(0.01));
    assertThat(window.mean(139, 28)).isCloseTo(6, within(1e-9));
    assertThat(SimpleForecasts.movingAverage(origin, 7, 28)[0]).isCloseTo(6, within(1e-6f));
    // Day 140 has the weekday of day 77, the last such one observed.
    assertThat(SimpleForecasts.seasonalNaive(origin, 7)[0]).isEqualTo(3 + 77 % 7);
    assertThat(window.weeklyMean(139 - 6, 4)).isCloseTo(3 + 77 % 7, within(1e-9));
  }

  @Test
  void aProductThatNobodyBoughtForTwoMonthsIsNotActive() {
    double[] demand = IntStream.range(0, 140).mapToDouble(i -> i < 80 ? 5 : 0).toArray();
    SeriesWindow window = new SeriesWindow(SeriesBuilder.of(demand).build());

    assertThat(window.soldWithin(139, 56)).isFalse();
    assertThat(window.soldWithin(139, 61)).isTrue();
    assertThat(window.mean(139, 28)).isZero();
  }

  @Test
  void nothingAfterTheOriginChangesAnyFeature() {
    Random random = new Random(7);
    double[] demand = IntStream.range(0, 500).mapToDouble(i -> random.nextInt(5)).toArray();
    int origin = 430;
    double[] shifted = demand.clone();
    for (int i = origin + 1; i < shifted.length; i++) {
      shifted[i] = 100 + random.nextInt(50);
    }
    SeriesBuilder otherFuture = SeriesBuilder.of(shifted);
    for (int i = origin + 1; i < shifted.length; i++) {
      otherFuture.price(i, 3).promoted(i);
      if (i % 3 == 0) {
        otherFuture.soldOut(i);
      }
    }
    Series series = SeriesBuilder.of(demand).build();
    Series other = otherFuture.build();
    Surroundings surroundings = SeriesBuilder.surroundings(series, 28, 450);
    Surroundings otherSurroundings = SeriesBuilder.surroundings(other, 28, 450);
    for (int horizon = 1; horizon <= 28; horizon++) {
      assertThat(SeriesBuilder.features(other, otherSurroundings, origin, horizon))
          .as("horizon %d", horizon)
          .isEqualTo(SeriesBuilder.features(series, surroundings, origin, horizon));
    }
  }

  @Test
  void promotionsAreKnownInAdvance() {
    Series series = SeriesBuilder.of(new double[60]).planned(62, 65, 0.25).build();
    Surroundings surroundings = SeriesBuilder.surroundings(series, 28, 0);

    float[] promoted = SeriesBuilder.features(series, surroundings, 59, 4);
    float[] plain = SeriesBuilder.features(series, surroundings, 59, 7);

    assertThat(feature(promoted, Feature.PROMOTION_DISCOUNT)).isEqualTo(0.25f);
    assertThat(feature(promoted, Feature.DAYS_INTO_PROMOTION)).isEqualTo(1);
    assertThat(feature(plain, Feature.PROMOTION_DISCOUNT)).isZero();
  }

  @Test
  void aPromotionCountsFromTheDayItWasAnnounced() {
    Series series = SeriesBuilder.of(new double[60]).announced(50, 55, 58, 0.25).build();
    Surroundings surroundings = SeriesBuilder.surroundings(series, 28, 0);

    float[] before = SeriesBuilder.features(series, surroundings, 49, 7);
    float[] after = SeriesBuilder.features(series, surroundings, 50, 6);

    assertThat(feature(before, Feature.PROMOTION_DISCOUNT)).isZero();
    assertThat(feature(before, Feature.DAYS_INTO_PROMOTION)).isEqualTo(-1);
    assertThat(feature(after, Feature.PROMOTION_DISCOUNT)).isEqualTo(0.25f);
    assertThat(feature(after, Feature.DAYS_INTO_PROMOTION)).isEqualTo(1);
  }

  @Test
  void daysAfterAnEndAreJudgedWhereItWasNotKnownAtTheOrigin() {
    double[] demand = new double[60];
    Arrays.fill(demand, 0, 56, 2);
    Series series = SeriesBuilder.of(demand).endsOn(55, 53).build();

    assertThat(actual(series, 52)).containsExactly(2, 2, 2, 0, 0);
    assertThat(actual(series, 53)).containsExactly(2, 2, Float.NaN, Float.NaN, Float.NaN);
  }

  private static float[] actual(Series series, int origin) {
    SeriesOrigin from =
        new SeriesOrigin(
            new SeriesWindow(series),
            SeriesBuilder.surroundings(series, 28, 0),
            FIRST_DAY + origin,
            7);
    return SeriesBacktest.of(from, "SP", 0, 5, Map.of()).actual();
  }

  @Test
  void seasonalNaiveRepeatsTheLastWeek() {
    Series series = SeriesBuilder.of(9, 9, 9, 1, 2, 3, 4, 5, 6, 7).build();
    SeriesOrigin origin =
        new SeriesOrigin(
            new SeriesWindow(series), SeriesBuilder.surroundings(series, 9, 0), FIRST_DAY + 9, 7);

    assertThat(SimpleForecasts.seasonalNaive(origin, 9)).containsExactly(1, 2, 3, 4, 5, 6, 7, 1, 2);
    assertThat(SimpleForecasts.movingAverage(origin, 2, 4)).containsExactly(5.5f, 5.5f);
  }
}
