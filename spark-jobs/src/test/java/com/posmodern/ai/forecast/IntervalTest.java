package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.ForecastSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final ForecastSettings.Conformal SETTINGS =
      new ForecastSettings.Conformal(0.8, 10_000, 100);

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
          new CalibrationRow(i % 2, demandClass, 1 + i % 28, poisson(mean, random), mean, 1, true));
    }
    return rows;
  }

  private static double coverage(Intervals intervals, List<CalibrationRow> rows) {
    return rows.stream()
        .mapToInt(
            row ->
                intervals
                        .of(row.demandClass(), row.horizon())
                        .around(row.mean(), row.dispersion(), row.wholeUnits())
                        .holds(row.actual())
                    ? 1
                    : 0)
        .average()
        .orElseThrow();
  }

  @Test
  void holdsFourFifthsOfDaysItNeverSawEvenWhenMostSellNothing() {
    Calibration calibration = Calibration.of(rows(20_000, 0.05, 0.9, 1), 2, 28, SETTINGS);

    assertThat(coverage(calibration.published(), rows(20_000, 0.05, 0.9, 2)))
        .isCloseTo(0.8, within(0.03));
  }

  @Test
  void holdsFourFifthsOfDaysOfLargeSeries() {
    Calibration calibration = Calibration.of(rows(20_000, 5, 60, 3), 2, 28, SETTINGS);

    assertThat(coverage(calibration.published(), rows(20_000, 5, 60, 4)))
        .isCloseTo(0.8, within(0.03));
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
                ? new CalibrationRow(0, row.demandClass(), row.horizon(), 1000, row.mean(), 1, true)
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
          interval.around(random.nextDouble() * 3, 1 + random.nextDouble(), random.nextBoolean());
      assertThat(ends.p10()).isBetween(0.0, ends.p50());
      assertThat(ends.p50()).isLessThanOrEqualTo(ends.p90());
    }
  }

  @Test
  void wholeUnitsLoseNoValueThatCanOccur() {
    Interval interval = new Interval(-1, 0, 1, 1);
    Interval.Quantiles ends = interval.around(4, 1, true);

    // 2 to 6; 3.7 ± 1.92 is 1.78 to 5.62, which holds 2 to 5.
    assertThat(ends).isEqualTo(new Interval.Quantiles(2, 4, 6));
    assertThat(interval.around(3.7, 1, true)).isEqualTo(new Interval.Quantiles(2, 3, 5));
  }

  @Test
  void fewResidualsBorrowFromTheWiderCell() {
    Calibration calibration = Calibration.of(rows(2_000, 5, 20, 6), 2, 28, SETTINGS);

    assertThat(calibration.published().of(DemandClass.LUMPY, 1).rows()).isEqualTo(2_000);
    assertThat(Calibration.of(List.of(), 2, 28, SETTINGS).published())
        .isEqualTo(Intervals.assumed(28));
  }
}
