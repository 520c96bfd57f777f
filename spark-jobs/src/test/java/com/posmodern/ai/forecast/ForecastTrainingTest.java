package com.posmodern.ai.forecast;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Training, backtest and scoring of a small lake with known means. */
class ForecastTrainingTest {
  static final ForecastSettings SETTINGS = small(TestSettings.read().forecast(), false);

  private static ForecastInput input;
  private static ForecastTrainingResult result;
  private static List<Row> forecast;

  /** The shipped settings with fewer rows and trees. */
  private static ForecastSettings small(ForecastSettings shipped, boolean treesOfSpark) {
    ForecastSettings.Xgboost xgboost = shipped.xgboost();
    return new ForecastSettings(
        shipped.horizonDays(),
        shipped.activeDays(),
        shipped.newSeriesDays(),
        shipped.historyDays(),
        shipped.backtestOrigins(),
        shipped.originStepDays(),
        shipped.minTrainingDays(),
        shipped.trainingDays(),
        8_000,
        shipped.movingAverageDays(),
        shipped.championMetric(),
        shipped.tieTolerance(),
        6,
        60,
        shipped.seed(),
        new ForecastSettings.Xgboost(
            true,
            60,
            4,
            0.1,
            xgboost.subsample(),
            xgboost.columnSample(),
            5,
            xgboost.tweedieVariancePower(),
            xgboost.volumeWeight(),
            64,
            2),
        new ForecastSettings.MllibGbt(treesOfSpark, 8, 4, 0.3, 4_000),
        new ForecastSettings.Conformal(20_000, 200),
        shipped.replenishment());
  }

  @BeforeAll
  static void trainAndScore() {
    input = new PlantedDemand(240, 10).input();
    result = new ForecastTraining(SETTINGS, step -> {}).run(input);
    forecast = score(input, result);
  }

  private static List<Row> score(ForecastInput from, ForecastTrainingResult trained) {
    SparkSession spark = SparkTest.session();
    ForecastScoring.StoredChampion champion =
        new ForecastScoring.StoredChampion(
            "v1",
            ForecastTables.models(spark, trained, "v1"),
            ForecastTables.champions(spark, trained, "v1"),
            ForecastTables.intervals(spark, trained, "v1"));
    return new ForecastScoring(SETTINGS, step -> {})
        .score(
            from,
            champion,
            rows -> rows.orderBy("store_id", "product_id", "target_date").collectAsList());
  }

  private static Dataset<Row> frame() {
    return SparkTest.session().createDataFrame(forecast, forecast.get(0).schema());
  }

  private static double metric(String candidate, String name) {
    return result.evaluation().metrics().stream()
        .filter(m -> m.candidate().equals(candidate) && m.name().equals(name))
        .filter(m -> m.scope().equals(Metric.ALL))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsPublishedBeatsEverySimpleMethod() {
    double naive = metric("seasonal_naive", "wrmsse");
    double best =
        result.evaluation().metrics().stream()
            .filter(m -> m.baseline() && m.name().equals("wrmsse"))
            .mapToDouble(Metric::value)
            .min()
            .orElseThrow();

    assertThat(metric("xgboost_tweedie", "wrmsse")).isLessThan(0.85 * naive);
    assertThat(metric("published", "wrmsse")).isLessThan(best);
    assertThat(result.evaluation().skill())
        .isCloseTo(1 - metric("published", "wrmsse") / best, within(1e-9));
  }

  @Test
  void aTenthOfTheBacktestLiesOnEitherSide() {
    assertThat(metric("published", "misses_above")).isCloseTo(0.1, within(0.03));
    assertThat(metric("published", "misses_below_where_possible")).isCloseTo(0.1, within(0.03));
    assertThat(metric("published", "wql")).isLessThan(metric("seasonal_naive", "wql"));
  }

  @Test
  void everySeriesOnSaleIsForecastAndNoOther() {
    Map<String, Long> rows =
        forecast.stream()
            .collect(Collectors.groupingBy(r -> r.getAs("product_id"), Collectors.counting()));

    assertThat(rows.keySet()).contains("p00", "q09", "r05", "x").doesNotContain("y", "z");
    assertThat(rows.values()).containsOnly(2L * 28);
    assertThat(forecast).allMatch(row -> row.<Double>getAs("p10") >= 0);
    assertThat(forecast)
        .allMatch(row -> row.<Double>getAs("p10") <= row.<Double>getAs("p50"))
        .allMatch(row -> row.<Double>getAs("p50") <= row.<Double>getAs("p90"));
  }

  @Test
  void forecastsComeCloseToThePlantedMeans() {
    double weekend = PlantedDemand.WEEKEND;
    Row smooth = frame().where(col("product_id").startsWith("p")).agg(avg(col("mean"))).first();
    // Levels 0.5, 1 and 1.5 in turn, ten products.
    double level = PlantedDemand.SMOOTH_MEAN * (4 * 0.5 + 3 * 1 + 3 * 1.5) / 10;

    assertThat(smooth.getDouble(0)).isCloseTo(level * (5 + 2 * weekend) / 7, within(0.8));
  }

  @Test
  void promotionsToComeLiftTheForecast() {
    // The plan goes on after the as-of date: day 252 of 240 starts the next one.
    Dataset<Row> promoted = frame().where(col("product_id").startsWith("r"));
    double within =
        promoted.where(col("horizon_days").between(13, 19)).agg(avg("mean")).first().getDouble(0);
    double before =
        promoted.where(col("horizon_days").between(6, 12)).agg(avg("mean")).first().getDouble(0);

    assertThat(within / before).isBetween(2.0, 4.0);
  }

  @Test
  void whatAForecastIsMadeOfAddsUpToIt() {
    Dataset<Row> explained = frame().where(col("part_level").isNotNull());

    assertThat(explained.select("store_id", "product_id").distinct().count())
        .isEqualTo(SETTINGS.explainedSeries());
    assertThat(explained.collectAsList())
        .allSatisfy(
            row -> {
              double sum = 0;
              for (String part :
                  List.of(
                      "level",
                      "trend",
                      "weekday",
                      "season",
                      "holiday",
                      "promotion",
                      "price",
                      "weather",
                      "simple",
                      "correction")) {
                sum += row.<Double>getAs("part_" + part);
              }
              assertThat(sum).isCloseTo(row.<Double>getAs("mean"), within(1e-6));
              assertThat(row.<String>getAs("reason_en")).startsWith("Expected ");
              assertThat(row.<String>getAs("reason_pt_br")).startsWith("Previsão de ");
            });
    // Weekends sell two and a half times as much, promotions three times.
    Dataset<Row> weekends =
        explained.where("part_weekday > 0 AND dayofweek(target_date) IN (1, 7)");
    assertThat(weekends.count())
        .isGreaterThan(explained.where("dayofweek(target_date) IN (1, 7)").count() * 9 / 10);
    Dataset<Row> promoted =
        explained.where("product_id LIKE 'r%' AND horizon_days BETWEEN 13 AND 19");
    Row mean = promoted.agg(avg("part_promotion"), avg("mean")).first();
    assertThat(mean.getDouble(0)).isGreaterThan(0.2 * mean.getDouble(1));
  }

  @Test
  void aNewProductSellsLikeItsCategoryFromItsLaunchOn() {
    List<Row> launched =
        forecast.stream().filter(row -> row.getAs("product_id").equals("x")).toList();

    assertThat(launched)
        .allMatch(row -> row.getAs("candidate").equals("similar_products"))
        .allMatch(row -> row.getAs("demand_class").equals("new"))
        .allMatch(
            row ->
                row.<Integer>getAs("horizon_days") < 3
                    ? row.<Double>getAs("mean") == 0
                    : row.<Double>getAs("mean") > 2);
  }

  @Test
  void theSameSeedGivesTheSameForecastBesideAFormerVersion() {
    SparkSession spark = SparkTest.session();
    Dataset<Row> champions = ForecastTables.champions(spark, result, "v0");
    Optional<FormerForecaster> former =
        FormerForecaster.of("v0", ForecastTables.models(spark, result, "v0"), champions);
    ForecastTrainingResult again = new ForecastTraining(SETTINGS, step -> {}).run(input, former);

    assertThat(again.evaluation().skill()).isEqualTo(result.evaluation().skill());
    assertThat(again.evaluation().metrics()).containsAll(result.evaluation().metrics());
    assertThat(score(input, again)).isEqualTo(forecast);

    Evaluation.Paired paired = again.evaluation().former().orElseThrow();
    double kept =
        again.evaluation().metrics().stream()
            .filter(m -> m.candidate().equals("former_version") && m.name().equals("wrmsse"))
            .mapToDouble(Metric::value)
            .findFirst()
            .orElseThrow();
    assertThat(paired.version()).isEqualTo("v0");
    assertThat(paired.gain()).isCloseTo(1 - metric("published", "wrmsse") / kept, within(1e-9));
    assertThat(paired.error()).isPositive();
    // It was trained on the days it is judged on, which no night's former version is.
    assertThat(paired.gain()).isNegative();
  }

  @Test
  void aFormerVersionWithoutItsRowsOrFeaturesIsComparedWithNobody() {
    SparkSession spark = SparkTest.session();
    Dataset<Row> models = ForecastTables.models(spark, result, "v0");
    Dataset<Row> champions = ForecastTables.champions(spark, result, "v0");

    assertThat(FormerForecaster.of("v0", models, champions.limit(0))).isEmpty();
    assertThat(FormerForecaster.of("v0", models.limit(0), champions)).isEmpty();
    Dataset<Row> others = models.withColumn("feature_names", array(lit("level")));
    assertThat(FormerForecaster.of("v0", others, champions)).isEmpty();
  }

  @Test
  void threeMonthsAreJudgedFromFewerOrigins() {
    BacktestPlan plan = BacktestPlan.of(0, 89, SETTINGS);

    assertThat(plan.origins()).containsExactly(61);
    assertThat(plan.trained()).isTrue();
    assertThat(BacktestPlan.of(0, 729, SETTINGS).origins()).containsExactly(645, 673, 701);
    assertThat(BacktestPlan.of(0, 49, SETTINGS).trained()).isFalse();
    assertThat(BacktestPlan.of(0, 9, SETTINGS).origins()).isEmpty();
  }

  @Test
  void threeMonthsOfTheRequiredTablesAreEnough() {
    ForecastInput all = new PlantedDemand(90, 4).input();
    ForecastInput required =
        new ForecastInput(
            all.asOf(),
            all.dailyDemand(),
            all.products(),
            all.stores(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ForecastSettings withTreesOfSpark = small(TestSettings.read().forecast(), true);
    ForecastTrainingResult trained =
        new ForecastTraining(withTreesOfSpark, step -> {}).run(required);

    assertThat(trained.evaluation().metrics())
        .anyMatch(metric -> metric.candidate().equals("mllib_gbt") && metric.value() > 0);
    assertThat(trained.message()).isEqualTo("90 days of history allow 1 of 3 backtest origins");
    assertThat(trained.evaluation().skill()).isPositive();
    assertThat(trained.models()).isNotEmpty();
    assertThat(score(required, trained)).hasSize((3 * 4 + 1) * 2 * 28);
  }

  @Test
  void fewWeeksAreForecastByWhatNeedsNoTraining() {
    ForecastInput brief = new PlantedDemand(40, 3).input();
    ForecastTrainingResult trained = new ForecastTraining(SETTINGS, step -> {}).run(brief);

    assertThat(trained.models()).isEmpty();
    assertThat(trained.message()).contains("40 days of history are too few to train on");
    assertThat(score(brief, trained))
        .isNotEmpty()
        .noneMatch(row -> row.<String>getAs("candidate").startsWith("xgboost"));
  }

  @Test
  void tablesHaveTheirContractsColumnsAndBoundedExamples() {
    SparkSession spark = SparkTest.session();
    Dataset<Row> backtest = ForecastTables.backtest(spark, result, "v1");

    assertThat(backtest.select("store_id", "product_id").distinct().count()).isBetween(3L, 9L);
    assertThat(backtest.select("origin").distinct().count()).isEqualTo(3);
    assertThat(ForecastTables.champions(spark, result, "v1").select("demand_class").distinct())
        .satisfies(scopes -> assertThat(scopes.count()).isEqualTo(5 + 2));
    assertThat(ForecastTables.intervals(spark, result, "v1").count()).isEqualTo(5 * 4 * 9);
  }
}
