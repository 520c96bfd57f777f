package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.DemandClass;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import com.posmodern.ai.testing.TestSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Figures of a backtest by hand. One series sells ten units a day for two weeks; the published
 * forecast is 1 too high in the first week and 2 in the second, smoothing 2 too low in both, zero
 * says nothing at all. Naive error and revenue are 1 and 10.
 */
class BacktestFiguresTest {
  private static final int DAYS = 14;
  private static final float[] DEMAND = constant(10, 10);
  private static final float[] PUBLISHED = constant(11, 12);

  private static float[] constant(double firstWeek, double secondWeek) {
    float[] days = new float[DAYS];
    for (int i = 0; i < DAYS; i++) {
      days[i] = (float) (i < 7 ? firstWeek : secondWeek);
    }
    return days;
  }

  private static SeriesBacktest series(DemandClass demandClass, FormerForecaster.Kept kept) {
    Map<Candidate, float[]> forecasts = new EnumMap<>(Candidate.class);
    forecasts.put(Candidate.SMOOTHING, constant(8, 8));
    forecasts.put(Candidate.WEEKDAY_MEAN, PUBLISHED);
    forecasts.put(Candidate.ZERO, constant(0, 0));
    return new SeriesBacktest(
        "s1",
        "p1",
        "SP",
        "d1",
        "c1",
        0,
        100,
        demandClass,
        Units.WHOLE,
        1,
        1,
        10,
        DEMAND,
        forecasts,
        kept);
  }

  private static PublishedForecast publication() {
    return new PublishedForecast(
        Champions.of(Candidate.WEEKDAY_MEAN),
        SumCorrection.NONE,
        new SumCorrection(Map.of("c1", new double[][] {{2, 2, 2, 2, 2, 2, 2}})));
  }

  private static BacktestReport report(Map<String, Map<Level, WeeklyAccuracy>> levels) {
    Scoreboard scoreboard = new Scoreboard();
    SeriesBacktest series = series(DemandClass.SMOOTH, null);
    Map.of("published", PUBLISHED, "smoothing", constant(8, 8), "zero", constant(0, 0))
        .forEach(
            (name, forecast) ->
                scoreboard.add(
                    series,
                    name,
                    forecast,
                    name.equals("published") ? Intervals.assumed(DAYS) : null));
    scoreboard.addUpClasses();
    return new BacktestReport(
        publication(),
        Champions.of(Candidate.WEEKDAY_MEAN),
        "",
        scoreboard,
        levels,
        new Calibration(Intervals.assumed(DAYS), List.of()),
        List.of(),
        1);
  }

  @Test
  void skillIsOverTheBestSimpleMethodWithTheSpreadOfTheWeeks() {
    ForecastSkill skill = ForecastSkill.of(report(Map.of()));
    assertThat(skill.baseline()).isEqualTo("smoothing");
    // Mean squared errors 2.5 and 4.
    assertThat(skill.skill()).isCloseTo(1 - Math.sqrt(2.5) / 2, within(1e-12));
    // Skills of the weeks 0.5 and 0: a standard error of 0.25; one series has no spread.
    assertThat(skill.standardError()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void theLevelsCountEquallyWithTheLowest() {
    Map<String, Map<Level, WeeklyAccuracy>> levels =
        Map.of(
            "published", Map.of(Level.TOTAL, squared(9)),
            "smoothing", Map.of(Level.TOTAL, squared(16)),
            "zero", Map.of(Level.TOTAL, squared(100)));
    BacktestReport report = report(levels);
    assertThat(ForecastSkill.wrmsse(report, "published"))
        .isCloseTo((Math.sqrt(2.5) + 3) / 2, within(1e-12));
    assertThat(ForecastSkill.wrmsse(report, "smoothing")).isEqualTo((2 + 4) / 2.0);
    assertThat(ForecastSkill.bestSimple(report)).contains(Candidate.SMOOTHING);
  }

  private static WeeklyAccuracy squared(double error) {
    WeeklyAccuracy accuracy = new WeeklyAccuracy();
    accuracy.addSeries(IntStream.range(0, DAYS).mapToDouble(day -> error).toArray(), 1, 5);
    return accuracy;
  }

  @Test
  void whatWasNotJudgedHasNoSkillAndIsForecastBySmoothing() {
    BacktestReport none = BacktestReport.unjudged(DAYS);
    assertThat(ForecastSkill.of(none)).isEqualTo(new ForecastSkill("", 0, 0));
    assertThat(none.champions().name()).isEqualTo("simple_combination");
    assertThat(none.standIn()).isEmpty();
    assertThat(none.standingIn("why").standIn()).isEqualTo("why");
    assertThat(none.withExamples(List.of(series(DemandClass.SMOOTH, null))).examples()).hasSize(1);
  }

  @Test
  void everyFigureIsKeptPerForecasterClassAndWeek() {
    Evaluation evaluation =
        ForecastMetrics.evaluation(
            report(Map.of()),
            LaunchBacktest.empty(),
            Optional.empty(),
            TestSettings.read().forecast());
    assertThat(evaluation.model()).isEqualTo("forecast");
    assertThat(evaluation.skill()).isCloseTo(1 - Math.sqrt(2.5) / 2, within(1e-12));
    assertThat(evaluation.former()).isEmpty();
    Map<String, Double> published =
        Map.of(
            "wrmsse", Math.sqrt(2.5),
            "wrmsse_store_product", Math.sqrt(2.5),
            "rmse", Math.sqrt(2.5),
            "mae", 1.5,
            "mape", 0.15,
            "wape", 0.15,
            "bias", 0.15,
            "coverage", 1.0,
            "misses_below", 0.0,
            "days", 14.0);
    published.forEach(
        (name, value) ->
            assertThat(metric(evaluation, "published", "all", name).value())
                .as(name)
                .isCloseTo(value, within(1e-12)));
    assertThat(metric(evaluation, "published", "smooth", "mae").value()).isEqualTo(1.5);
    assertThat(metric(evaluation, "published", "week_1", "mae").value()).isEqualTo(1);
    assertThat(metric(evaluation, "published", "week_2", "mae").value()).isEqualTo(2);
    assertThat(metric(evaluation, "smoothing", "all", "bias").value())
        .isCloseTo(-0.2, within(1e-12));
    assertThat(metric(evaluation, "smoothing", "all", "mae").baseline()).isTrue();
    assertThat(metric(evaluation, "published", "all", "mae").baseline()).isFalse();
    assertThat(metric(evaluation, "published", "all", "coverage").higherIsBetter()).isTrue();
    assertThat(metric(evaluation, "published", "all", "mae").higherIsBetter()).isFalse();
    // Smoothing has no interval.
    assertThat(metric(evaluation, "smoothing", "all", "coverage").value()).isNaN();
  }

  private static Metric metric(Evaluation of, String forecaster, String scope, String name) {
    return of.metrics().stream()
        .filter(one -> one.candidate().equals(forecaster) && one.scope().equals(scope))
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsPublishedAndWhatAFormerVersionForecastsStandBesideTheCandidates() {
    FormerForecaster.Kept kept = new FormerForecaster.Kept(constant(3, 4), constant(0, 0));
    Map<String, float[]> named = publication().forecasters(series(DemandClass.SMOOTH, kept));
    assertThat(named.keySet())
        .containsExactlyInAnyOrder(
            "smoothing", "weekday_mean", "zero", "published", "former_version");
    assertThat(named.get("published")).isEqualTo(PUBLISHED);
    assertThat(named.get("former_version")).as("doubled").isEqualTo(constant(6, 8));
    assertThat(publication().forecasters(series(DemandClass.SMOOTH, null)))
        .doesNotContainKey("former_version");
  }

  @Test
  void eachClassIsForecastByItsOwnBlend() {
    Blend trees = new Blend(Map.of(Candidate.XGBOOST_TWEEDIE, 0.5, Candidate.SMOOTHING, 0.5));
    Map<DemandClass, Blend> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      byClass.put(demandClass, trees);
    }
    byClass.put(DemandClass.NEW, Blend.of(Candidate.CATEGORY_MEAN));
    Champions champions = new Champions(trees, byClass, trees, 0);
    assertThat(champions.name()).isEqualTo("combination");
    assertThat(champions.nameOf(DemandClass.SMOOTH)).isEqualTo("combination");
    assertThat(champions.nameOf(DemandClass.NEW)).isEqualTo("category_mean");
    assertThat(champions.trained()).containsExactly(Candidate.XGBOOST_TWEEDIE);
    assertThat(champions.withSumShare(0.5).sumShare()).isEqualTo(0.5);
    Map<Candidate, float[]> forecasts = new EnumMap<>(Candidate.class);
    forecasts.put(Candidate.XGBOOST_TWEEDIE, new float[] {4});
    forecasts.put(Candidate.SMOOTHING, new float[] {2});
    forecasts.put(Candidate.CATEGORY_MEAN, new float[] {7});
    assertThat(champions.blended(DemandClass.LUMPY, forecasts)).containsExactly(3f);
    assertThat(champions.blended(DemandClass.NEW, forecasts)).containsExactly(7f);
    assertThat(champions.factorOfTrees(DemandClass.LUMPY, forecasts)).isEqualTo(0.5);
    assertThat(Champions.unjudged().nameOf(DemandClass.NEW)).isEqualTo("category_mean");
  }

  /** Demand is 10. */
  private static ForecastMoments moments(Map<Candidate, Double> forecasts) {
    ForecastMoments moments = new ForecastMoments();
    Map<Candidate, float[]> daily = new EnumMap<>(Candidate.class);
    forecasts.forEach((candidate, forecast) -> daily.put(candidate, constant(forecast, forecast)));
    moments.add(
        new SeriesBacktest(
            "s1",
            "p1",
            "SP",
            "d1",
            "c1",
            0,
            100,
            DemandClass.SMOOTH,
            Units.WHOLE,
            1,
            1,
            10,
            DEMAND,
            daily,
            null),
        ForecastMoments.Weights.EQUAL);
    return moments;
  }

  @Test
  void momentsHoldTheErrorOfEveryBlend() {
    ForecastMoments moments =
        moments(Map.of(Candidate.XGBOOST_TWEEDIE, 12.0, Candidate.SEASONAL_SMOOTHING, 4.0));
    // Half 12 and half 4 is 8: an error of 2 on each of 14 days.
    Blend half =
        new Blend(Map.of(Candidate.XGBOOST_TWEEDIE, 0.5, Candidate.SEASONAL_SMOOTHING, 0.5));
    assertThat(moments.error(half)).isCloseTo(Math.sqrt(14 * 4), within(1e-9));
    assertThat(moments.ratio(Candidate.SEASONAL_SMOOTHING)).isEqualTo(2.5);
    assertThat(moments.ratio(Candidate.ZERO)).isEqualTo(1);
    assertThat(moments.complete(Candidate.XGBOOST_TWEEDIE)).isTrue();
    assertThat(moments.complete(Candidate.ZERO)).isFalse();
    assertThat(moments.rows()).isEqualTo(1);
  }

  @Test
  void threeQuartersAreTreesUnlessAnotherShareWasClearlyBetter() {
    Map<Candidate, Double> bothRight =
        Map.of(Candidate.XGBOOST_TWEEDIE, 10.0, Candidate.SEASONAL_SMOOTHING, 10.0);
    assertThat(new BlendChoice(moments(bothRight), 0.1).best().weights())
        .containsOnly(
            Map.entry(Candidate.XGBOOST_TWEEDIE, 0.75),
            Map.entry(Candidate.SEASONAL_SMOOTHING, 0.25));
    Map<Candidate, Double> treesRight =
        Map.of(Candidate.XGBOOST_TWEEDIE, 10.0, Candidate.SEASONAL_SMOOTHING, 2.0);
    // Smoothing is far too low and is not scaled up: it takes no part.
    assertThat(new BlendChoice(moments(treesRight), 0.1).best().weights())
        .containsOnly(Map.entry(Candidate.XGBOOST_TWEEDIE, 1.0));
    // A quarter of 4 and three of 12 make 10; demand was 2.5 times the smoothing, which is taken as
    // 1.
    Map<Candidate, Double> aroundIt =
        Map.of(Candidate.XGBOOST_TWEEDIE, 12.0, Candidate.SEASONAL_SMOOTHING, 4.0);
    assertThat(new BlendChoice(moments(aroundIt), 0.1).best().weights())
        .containsEntry(Candidate.XGBOOST_TWEEDIE, 0.75);
  }

  private static Map<Candidate, Double> weightsOfSums(double ofWeekdays, double ofSmoothing) {
    ForecastMoments moments =
        moments(
            Map.of(
                Candidate.CATEGORY_WEEKDAYS_ALL_DAYS,
                ofWeekdays,
                Candidate.SEASONAL_SMOOTHING_ALL_DAYS,
                ofSmoothing));
    return Champions.simple(Map.of(DemandClass.SMOOTH, moments), TestSettings.read().forecast())
        .sums()
        .weights();
  }

  @Test
  void sumsAreForecastByRecentWeeksUnlessTheseSawWhatWasSelected() {
    // Demand is 10: 12.5 was a quarter too high, and 40 four times too high.
    assertThat(weightsOfSums(12.5, 20))
        .containsOnly(
            Map.entry(Candidate.CATEGORY_WEEKDAYS_ALL_DAYS, 0.4),
            Map.entry(Candidate.SEASONAL_SMOOTHING_ALL_DAYS, 0.25));
    assertThat(weightsOfSums(40, 20))
        .containsOnly(Map.entry(Candidate.SEASONAL_SMOOTHING_ALL_DAYS, 0.5));
  }

  @Test
  void withoutTreesTwoKindsOfSmoothingShareAndAreScaledDown() {
    Map<Candidate, Double> tooHigh =
        Map.of(Candidate.SEASONAL_SMOOTHING, 20.0, Candidate.SMOOTHING, 20.0);
    // Demand was half of both: three quarters and a quarter, each halved.
    Blend simple = new BlendChoice(moments(tooHigh), 0.1).best();
    assertThat(simple.weights())
        .containsOnly(
            Map.entry(Candidate.SEASONAL_SMOOTHING, 0.375), Map.entry(Candidate.SMOOTHING, 0.125));
    Map<Candidate, Double> spark =
        Map.of(Candidate.MLLIB_GBT, 10.0, Candidate.SEASONAL_SMOOTHING, 10.0);
    assertThat(new BlendChoice(moments(spark), 0.1).best().weights())
        .containsEntry(Candidate.MLLIB_GBT, 0.75);
  }
}
