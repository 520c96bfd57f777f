package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.SeriesBuilder.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.DemandClass;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccuracyTest {
  @Test
  void metricsAreTheHandComputedOnes() {
    Accuracy accuracy = new Accuracy();
    accuracy.add(4, 5);
    accuracy.add(0, 2);
    accuracy.add(6, 3);

    assertThat(accuracy.rmse()).isCloseTo(Math.sqrt(14.0 / 3), within(1e-12));
    assertThat(accuracy.mae()).isEqualTo(2);
    assertThat(accuracy.wape()).isCloseTo(0.6, within(1e-12));
    assertThat(accuracy.bias()).isEqualTo(0);
    // The day without demand has no percentage error.
    assertThat(accuracy.mape()).isCloseTo((0.25 + 0.5) / 2, within(1e-12));
    assertThat(new Accuracy().wape()).isNaN();
  }

  @Test
  void intervalsAreScoredAsWinklerDid() {
    Accuracy accuracy = new Accuracy();
    accuracy.addInterval(5, new Interval.Quantiles(2, 4, 6), Interval.ASSUMED);
    accuracy.addInterval(8, new Interval.Quantiles(2, 4, 6), Interval.ASSUMED);
    accuracy.addInterval(1, new Interval.Quantiles(2, 4, 6), Interval.ASSUMED);

    assertThat(accuracy.coverage()).isCloseTo(1.0 / 3, within(1e-12));
    // Width 4 each; 2 units above and 1 below, at 2 / 0.2 = 10 each.
    assertThat(accuracy.winkler()).isCloseTo((4 + 24 + 14) / 3.0, within(1e-12));
    assertThat(accuracy.missesBelow()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(accuracy.missesAbove()).isCloseTo(1.0 / 3, within(1e-12));
    // p10: 0.3, 0.6, 0.9; p50: 0.5, 2, 1.5; p90: 0.1, 1.8, 0.5; demand 14.
    assertThat(accuracy.weightedQuantileLoss()).isCloseTo(2 * 8.2 / 3 / 14, within(1e-12));
    assertThat(accuracy.medianWape()).isCloseTo((1 + 4 + 3) / 14.0, within(1e-12));
  }

  @Test
  void wrmsseWeighsTheRmsseByRevenue() {
    Accuracy accuracy = new Accuracy();
    accuracy.addSeries(4, 1, 30); // RMSSE 2
    accuracy.addSeries(9, 36, 10); // RMSSE 0.5
    accuracy.addSeries(9, 0, 1000); // No scale: not counted.

    assertThat(accuracy.wrmsse()).isCloseTo((30 * 2 + 10 * 0.5) / 40, within(1e-12));
  }

  /** Nine days: a week of squared errors of 4, then two days of 1 and 9, one of them unknown. */
  @Test
  void everyWeekOfTheHorizonIsJudgedAlone() {
    WeeklyAccuracy accuracy = new WeeklyAccuracy();
    accuracy.addSeries(new double[] {4, 4, 4, 4, 4, 4, 4, Double.NaN, 9}, 1, 10);
    assertThat(accuracy.wrmsse()).isCloseTo(Math.sqrt(37 / 8.0), within(1e-12));
    assertThat(accuracy.wrmsseByWeek()).containsExactly(2.0, 3.0);
  }

  @Test
  void aGroupIsJudgedByTheSumsOfItsSeries() {
    // Two series of four days and two judged ones; errors that cancel in the sum.
    Series one = SeriesBuilder.of(1, 2, 1, 2).build();
    Series two = SeriesBuilder.of(0, 3, 1, 1).build();
    GroupDemand group = GroupDemand.empty(FIRST_DAY, 4, 1);
    group.add(one);
    add(group, new float[] {2, 4}, new float[] {3, 4}, 10);
    GroupDemand elsewhere = GroupDemand.empty(FIRST_DAY, 4, 1);
    elsewhere.add(two);
    add(elsewhere, new float[] {2, Float.NaN}, new float[] {1, 9}, 20);
    group.merge(elsewhere);
    WeeklyAccuracy accuracy = new WeeklyAccuracy();
    group.addTo(new WeeklyAccuracy[] {accuracy}, List.of(FIRST_DAY + 3));

    // Demand 4, 4 against 4, 4: the unknown day of the second series is out on both sides.
    assertThat(accuracy.wrmsse()).isZero();
  }

  @Test
  void aGroupIsScaledByItsNaiveError() {
    GroupDemand group = GroupDemand.empty(FIRST_DAY, 4, 1);
    group.add(SeriesBuilder.of(0, 1, 5, 2).build());
    add(group, new float[] {2, 4}, new float[] {5, 8}, 10);
    WeeklyAccuracy accuracy = new WeeklyAccuracy();
    group.addTo(new WeeklyAccuracy[] {accuracy}, List.of(FIRST_DAY + 3));

    // Squared errors 9 and 16; steps since the first sale 4 and -3.
    assertThat(accuracy.wrmsse()).isCloseTo(Math.sqrt(12.5 / 12.5), within(1e-12));
  }

  /** Plain sums of these differ in the last bits with the order. */
  @Test
  void neitherOrderNorPartsShowInTheFigures() {
    List<Integer> series = IntStream.range(0, 60).boxed().collect(Collectors.toList());
    List<Double> expected = figures(series, 0);
    assertThat(expected).allSatisfy(figure -> assertThat(figure).isFinite().isNotZero());
    for (int parts : List.of(1, 2, 7, 60)) {
      Collections.shuffle(series, new Random(parts));
      assertThat(figures(series, parts)).as("%d parts", parts).isEqualTo(expected);
    }
  }

  /**
   * @param parts 0: nothing is merged
   */
  private static List<Double> figures(List<Integer> series, int parts) {
    Accuracy all = new Accuracy();
    GroupDemand group = GroupDemand.empty(FIRST_DAY, 4, 1);
    SkillBootstrap bootstrap = new SkillBootstrap();
    WeeklyAccuracy weekly = new WeeklyAccuracy();
    for (int part = 0; part < Math.max(1, parts); part++) {
      Accuracy accuracy = parts == 0 ? all : new Accuracy();
      GroupDemand some = parts == 0 ? group : GroupDemand.empty(FIRST_DAY, 4, 1);
      SkillBootstrap errors = parts == 0 ? bootstrap : new SkillBootstrap();
      WeeklyAccuracy weeks = parts == 0 ? weekly : new WeeklyAccuracy();
      for (int i = part; i < series.size(); i += Math.max(1, parts)) {
        double one = 0.1 * series.get(i) + 0.7;
        float third = (float) (one / 3);
        accuracy.add(one, one * one / 7);
        double shift = series.get(i) % 5 == 0 ? 2 : series.get(i) % 7 == 0 ? 0.3 : 1;
        accuracy.addInterval(
            one,
            new Interval.Quantiles(shift * one / 1.7, shift * one / 1.1, shift * 1.1 * one),
            Interval.ASSUMED);
        double[] squares = new double[10];
        Arrays.fill(squares, 0, 7, one / 3);
        Arrays.fill(squares, 7, 10, one / 7);
        weeks.addSeries(squares, one, one * 9.9);
        accuracy.addSeries(one / 3, one, one * 9.9);
        some.add(SeriesBuilder.of(one, one / 3, one / 7, one / 9).build());
        add(some, new float[] {third, third}, new float[] {third * third, third / 7}, one * 9.9);
        errors.add("published", Draws.mix(series.get(i)), one / 3);
        errors.add("naive", Draws.mix(series.get(i)), one / 2.9 + third);
      }
      if (parts > 0) {
        assertThat(all.merge(accuracy)).isSameAs(all);
        assertThat(group.merge(some)).isSameAs(group);
        bootstrap.merge(errors);
        assertThat(weekly.merge(weeks)).isSameAs(weekly);
      }
    }
    WeeklyAccuracy ofGroup = new WeeklyAccuracy();
    group.addTo(new WeeklyAccuracy[] {ofGroup}, List.of(FIRST_DAY + 3));
    return List.of(
        all.days(),
        all.coverage(),
        all.missesBelow(),
        all.missesAbove(),
        all.missesBelowWherePossible(),
        all.rmse(),
        all.mae(),
        all.mape(),
        all.wape(),
        all.bias(),
        all.wrmsse(),
        all.winkler(),
        all.weightedQuantileLoss(),
        all.medianWape(),
        ofGroup.wrmsse(),
        weekly.wrmsse(),
        weekly.wrmsseByWeek().get(0),
        weekly.wrmsseByWeek().get(1),
        bootstrap.standardError("published", "naive"));
  }

  private static void add(GroupDemand group, float[] actual, float[] forecast, double revenue) {
    group.add(judged(actual, forecast, revenue), List.of(forecast));
  }

  private static SeriesBacktest judged(float[] actual, float[] forecast, double revenue) {
    Map<Candidate, float[]> forecasts = new EnumMap<>(Candidate.class);
    forecasts.put(Candidate.MOVING_AVERAGE, forecast);
    forecasts.put(Candidate.SMOOTHING, forecast);
    return new SeriesBacktest(
        "s1",
        "p1",
        "SP",
        "d1",
        "c1",
        0,
        FIRST_DAY + 3,
        DemandClass.SMOOTH,
        Units.WHOLE,
        1,
        1,
        revenue,
        actual,
        forecasts,
        null);
  }
}
