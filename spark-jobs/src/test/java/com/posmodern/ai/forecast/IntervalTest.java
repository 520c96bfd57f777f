package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.DemandClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final ForecastSettings.Conformal SETTINGS =
      new ForecastSettings.Conformal(10_000, 100);

  /** Poisson demand of known mean, by Knuth's method. */
  private static int poisson(double mean, Random random) {
    int count = -1;
    for (double product = 1; product > Math.exp(-mean); count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  private static List<CalibrationRow> rows(int count, double smallest, double largest, long seed) {
    Random random = new Random(seed);
    List<CalibrationRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double mean = smallest + (largest - smallest) * random.nextDouble();
      DemandClass demandClass = mean < 1 ? DemandClass.INTERMITTENT : DemandClass.SMOOTH;
      rows.add(
          new CalibrationRow(
              i % 2, demandClass, 1 + i % 28, poisson(mean, random), mean, 1, Units.WHOLE));
    }
    return rows;
  }

  private static Accuracy accuracy(Intervals intervals, List<CalibrationRow> rows) {
    Accuracy accuracy = new Accuracy();
    rows.forEach(
        row -> {
          Interval interval = intervals.of(row.demandClass(), row.horizon(), row.mean());
          accuracy.addInterval(
              row.actual(), interval.around(row.mean(), row.dispersion(), row.units()), interval);
        });
    return accuracy;
  }

  @Test
  void aTenthLiesOnEitherSideOfDaysItNeverSaw() {
    Calibration calibration = Calibration.of(rows(40_000, 5, 60, 3), 2, 28, SETTINGS);
    Accuracy judged = accuracy(calibration.published(), rows(40_000, 5, 60, 4));

    assertThat(judged.missesBelow()).isCloseTo(0.1, within(0.015));
    assertThat(judged.missesAbove()).isCloseTo(0.1, within(0.015));
  }

  @Test
  void whereMostDaysSellNothingTheLowerEndIsZeroAndATenthLiesAbove() {
    Calibration calibration = Calibration.of(rows(40_000, 0.2, 0.9, 1), 2, 28, SETTINGS);
    List<CalibrationRow> later = rows(40_000, 0.2, 0.9, 2);
    Accuracy judged = accuracy(calibration.published(), later);

    assertThat(judged.missesBelow()).isZero();
    assertThat(judged.missesBelowWherePossible()).isNaN();
    assertThat(judged.missesAbove()).isCloseTo(0.1, within(0.02));
  }

  @Test
  void theMiddleBeatsTheMeanInAbsoluteErrorWhereDemandIsSkewed() {
    Calibration calibration = Calibration.of(rows(40_000, 0.2, 0.9, 1), 2, 28, SETTINGS);
    List<CalibrationRow> later = rows(40_000, 0.2, 0.9, 2);
    Accuracy judged = accuracy(calibration.published(), later);
    later.forEach(row -> judged.add(row.actual(), row.mean()));

    assertThat(judged.medianWape()).isLessThan(0.95 * judged.wape());
  }

  @Test
  void sizesOfForecastsDouble() {
    assertThat(Intervals.meanBucket(0)).isZero();
    assertThat(Intervals.meanBucket(0.05)).isEqualTo(1);
    assertThat(Intervals.meanBucket(0.15)).isEqualTo(2);
    assertThat(Intervals.meanBucket(6.5)).isEqualTo(8);
    assertThat(Intervals.meanBucket(1e6)).isEqualTo(8);
  }

  @Test
  void theReportedCoverageOfAFoldDoesNotUseTheFold() {
    List<CalibrationRow> rows = new ArrayList<>(rows(4_000, 5, 20, 5));
    Intervals honest = Calibration.of(rows, 2, 28, SETTINGS).withoutFold().get(0);
    rows.removeIf(row -> row.fold() == 0);
    List<CalibrationRow> wild = rows(4_000, 5, 20, 5);
    wild.replaceAll(
        row ->
            row.fold() == 0
                ? new CalibrationRow(
                    0, row.demandClass(), row.horizon(), 1000, row.mean(), 1, Units.WHOLE)
                : row);

    assertThat(Calibration.of(wild, 2, 28, SETTINGS).withoutFold().get(0)).isEqualTo(honest);
  }

  @Test
  void endsNeverCrossAndAreNeverNegative() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      double lower = random.nextGaussian() * 3;
      double upper = lower + Math.abs(random.nextGaussian()) * 3;
      Interval interval = new Interval(lower, (lower + upper) / 2, upper, 1);
      Interval.Quantiles ends =
          interval.around(
              random.nextDouble() * 3,
              1 + random.nextDouble(),
              random.nextBoolean() ? Units.WHOLE : Units.FRACTIONS);
      assertThat(ends.p10()).isBetween(0.0, ends.p50());
      assertThat(ends.p50()).isLessThanOrEqualTo(ends.p90());
    }
  }

  @Test
  void wholeUnitsLoseNoValueThatCanOccur() {
    Interval interval = new Interval(-1, 0, 1, 1);
    Interval.Quantiles ends = interval.around(4, 1, Units.WHOLE);

    // 2 to 6; 3.7 ± 1.92 is 1.78 to 5.62, which holds 2 to 5.
    assertThat(ends).isEqualTo(new Interval.Quantiles(2, 4, 6));
    assertThat(interval.around(3.7, 1, Units.WHOLE)).isEqualTo(new Interval.Quantiles(2, 3, 5));
  }

  @Test
  void fewResidualsBorrowFromTheWiderCell() {
    Calibration calibration = Calibration.of(rows(2_000, 5, 20, 6), 2, 28, SETTINGS);

    assertThat(calibration.published().of(DemandClass.LUMPY, 1, 15).rows())
        .isBetween(1_500L, 2_000L);
    assertThat(Calibration.of(List.of(), 2, 28, SETTINGS).published())
        .isEqualTo(Intervals.assumed(28));
  }
}
