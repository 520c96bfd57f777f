package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Simple methods, blends and corrected sums, by hand. */
class CombinationTest {
  private static SeriesOrigin at(Series series, int origin) {
    return new SeriesOrigin(
        new SeriesWindow(series),
        SeriesBuilder.surroundings(series, 7, 0),
        SeriesBuilder.FIRST_DAY + origin,
        7);
  }

  @Test
  void theFirstSaleIsNoDayLikeOthers() {
    // It began with a sale, and sold once more in nine days.
    Series series = SeriesBuilder.of(1, 0, 0, 0, 1, 0, 0, 0, 0, 0).build();

    assertThat(SimpleForecasts.movingAverage(at(series, 9), 1, 28)).containsExactly(1f / 9);
    assertThat(SimpleForecasts.movingAverage(at(series, 0), 1, 28)).containsExactly(1f);
  }

  @Test
  void weekdaysAreAveragedAndSoldOutDaysLeftOut() {
    Series series =
        SeriesBuilder.of(9, 1, 1, 1, 1, 1, 1, 4, 3, 2, 2, 2, 2, 2, 8, 0, 3, 3, 3, 3, 3)
            .soldOut(15)
            .build();
    float[] means = SimpleForecasts.weekdayMean(at(series, 20), 14);

    // Days 7 and 14, without the first sale; days 1 and 8, without the sold-out day 15.
    assertThat(means[0]).isEqualTo(6);
    assertThat(means[1]).isEqualTo(2);
    assertThat(means[7]).isEqualTo(means[0]);
    // The newer week counts 1, the older one 0.9.
    assertThat(SimpleForecasts.seasonalSmoothing(at(series, 20), 1)[0])
        .isEqualTo((float) ((8 + 0.9 * 4) / 1.9));
  }

  @Test
  void theLevelIsTheSeriesOwnAndTheWeekdaysAreTheCategorys() {
    Series category = SeriesBuilder.of(9, 3, 0, 0, 0, 0, 0, 5, 3, 0, 0, 0, 0, 1).build();
    Series series = SeriesBuilder.of(0, 0, 0, 0, 0, 8, 0, 9, 9, 0, 0, 0, 9, 0).soldOut(8).build();
    SeriesOrigin from =
        new SeriesOrigin(
            new SeriesWindow(series),
            SeriesBuilder.surroundings(category, 28, 0),
            SeriesBuilder.FIRST_DAY + 13,
            7);

    float[] forecast = SimpleForecasts.categoryWeekdaysOfAllDays(from, 28);

    // 26 units in the 13 days that were not sold out; the category's weekdays: 7, 3, 0 … and 0.5.
    assertThat(forecast[0]).isCloseTo(2 * 7 * 7 / 10.5f, within(1e-5f));
    assertThat(forecast[1]).isCloseTo(2 * 3 * 7 / 10.5f, within(1e-5f));
    assertThat(forecast[2]).isZero();
    assertThat(forecast[27]).isCloseTo(2 * 0.5f * 7 / 10.5f, within(1e-5f));
  }

  @Test
  void crostonDividesSizeByInterval() {
    Series series = SeriesBuilder.of(2, 0, 0, 2, 0, 0, 2).build();
    // Intervals 1, then 1 + 0.1 × 2, then 1.2 + 0.1 × 1.8; corrected by 1 - 0.1 ÷ 2.
    assertThat(SimpleForecasts.crostonSba(at(series, 6), 1)[0])
        .isEqualTo((float) (0.95 * 2 / 1.38));
  }

  @Test
  void aBlendIsAWeightedSumOfWhatThereIs() {
    Blend blend = new Blend(Map.of(Candidate.SMOOTHING, 0.25, Candidate.WEEKDAY_MEAN, 0.5));
    float[] four = {4};

    assertThat(blend.of(Map.of(Candidate.SMOOTHING, four, Candidate.WEEKDAY_MEAN, new float[] {2})))
        .containsExactly(2f);
    assertThat(blend.of(Map.of(Candidate.SMOOTHING, four))).containsExactly(3f);
    assertThatThrownBy(() -> blend.of(Map.of(Candidate.ZERO, four)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void daysBeforeTheFirstSaleAreDaysWithoutSale() {
    Series series = SeriesBuilder.of(7, 1, 1, 1, 1, 1, 1, 5).build();
    SeriesOrigin from = at(series, 7);
    // No week is known before this one: the lake began with the series.
    assertThat(SimpleForecasts.weekdayMeanOfAllDays(from, 2)).containsExactly(1f, 1f);
    // Day 8 is the weekday of days 1 and 8; the first sale of day 0 counts like any other.
    assertThat(SimpleForecasts.weekdayMeanOfAllDays(at(series, 6), 1)).containsExactly(7f);
    assertThat(SimpleForecasts.weekdayMean(at(series, 6), 1)).containsExactly(1f);
  }

  private static CategorySums.DailySums weeks(double actual, double bottomUp, double topDown) {
    CategorySums.DailySums days = new CategorySums.DailySums(28);
    Arrays.fill(days.actual(), actual);
    Arrays.fill(days.bottomUp(), bottomUp);
    Arrays.fill(days.topDown(), topDown);
    return days;
  }

  @Test
  void sumsStandHalfWayUnlessTheirSeriesWereClearlyBetter() {
    CategorySums sums =
        new CategorySums(
            Map.of(
                "c1", List.of(weeks(20, 10, 20), weeks(10.2, 10, 20)),
                "c2", List.of(weeks(5, 4, 5), weeks(4, 4, 5))));

    assertThat(SumCorrection.bestShare(sums, Set.of(0), 0.02)).isEqualTo(0.5);
    assertThat(SumCorrection.bestShare(sums, Set.of(1), 0.02)).isZero();
  }

  @Test
  void seriesAreScaledTowardsTheForecastOfTheirCategoryAndThenOfAll() {
    CategorySums sums =
        new CategorySums(Map.of("c1", List.of(weeks(0, 10, 14)), "c2", List.of(weeks(0, 8, 8))));
    SumCorrection correction = SumCorrection.of(sums, 0.5);

    // Category: 12 ÷ 10. All: 20 of 22, half way 21.
    assertThat(correction.applied("c1", 0, new float[] {5})[0])
        .isCloseTo(5 * 1.2f * 1.05f, within(1e-3f));
    assertThat(correction.applied("c2", 0, new float[] {5})[0]).isCloseTo(5 * 1.05f, within(1e-3f));
    assertThat(correction.applied("c3", 0, new float[] {5})).containsExactly(5f);
  }

  @Test
  void aHolidayKeepsItsShapeAndNothingMoreThanDoubles() {
    CategorySums.DailySums days = weeks(0, 10, 20);
    days.bottomUp()[8] = 0;
    CategorySums sums = new CategorySums(Map.of("c1", List.of(days)));
    float[] corrected =
        SumCorrection.of(sums, 0.5).applied("c1", 0, new float[] {1, 1, 1, 1, 1, 1, 1, 1, 0, 1});

    assertThat(corrected[8]).isZero();
    assertThat(corrected[9]).isEqualTo(1.5f);
    CategorySums far = new CategorySums(Map.of("c1", List.of(weeks(0, 1, 90))));
    assertThat(SumCorrection.of(far, 0.5).applied("c1", 0, new float[] {5})).containsExactly(10f);
  }

  @Test
  void theForecasterIsNamedByWhatItIsMadeOf() {
    assertThat(Champions.of(Candidate.WEEKDAY_MEAN).name()).isEqualTo("weekday_mean");
    assertThat(Champions.unjudged().name()).isEqualTo("simple_combination");
    assertThat(Champions.unjudged().trained()).isEmpty();
  }
}
