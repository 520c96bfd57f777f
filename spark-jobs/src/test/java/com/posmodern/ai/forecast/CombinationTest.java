package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    assertThat(blend.id()).isEqualTo("combination");
    assertThatThrownBy(() -> blend.of(Map.of(Candidate.ZERO, four)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CategorySums.Days days(double actual, double bottomUp, double topDown) {
    return new CategorySums.Days(
        new double[] {actual}, new double[] {bottomUp}, new double[] {topDown});
  }

  @Test
  void theShareThatMakesSumsRightIsChosenOnGivenOrigins() {
    CategorySums sums =
        new CategorySums(
            Map.of(
                "c1", List.of(days(20, 10, 20), days(9, 10, 20)),
                "c2", List.of(days(5, 4, 5), days(4, 4, 5))));

    assertThat(CategoryCorrection.bestShare(sums, Set.of(0), 0.01)).isEqualTo(1);
    assertThat(CategoryCorrection.bestShare(sums, Set.of(1), 0.01)).isZero();
  }

  @Test
  void seriesAreScaledSoThatTheirSumMeetsTheForecastOfTheSum() {
    CategorySums sums =
        new CategorySums(Map.of("c1", List.of(days(0, 10, 14)), "c2", List.of(days(0, 1, 90))));
    CategoryCorrection correction = CategoryCorrection.of(sums, 0.5);

    assertThat(correction.applied("c1", 0, new float[] {5})).containsExactly(6f);
    // At most twice, and nothing where the category is unknown.
    assertThat(correction.applied("c2", 0, new float[] {5})).containsExactly(10f);
    assertThat(correction.applied("c3", 0, new float[] {5})).containsExactly(5f);
  }
}
