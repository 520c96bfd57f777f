package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.GateSettings;
import com.posmodern.ai.model.Gate;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * A whole training in which trees lose: promotions that tripled demand for months do nothing in the
 * last four weeks, so that what the trees have learnt is wrong. A simple method stands in, and is
 * what is published.
 */
class LosingTreesTest {
  @Test
  void aSimpleMethodStandsInAndIsPublished() {
    ForecastInput input = PlantedDemand.whosePromotionsStopWorking(240, 12).input();
    ForecastTrainingResult result =
        new ForecastTraining(ForecastTrainingTest.SETTINGS, step -> {}).run(input);

    assertThat(result.evaluation().standIn())
        .matches(".* stands in, as combination was [0-9.]+ % worse than .*")
        .doesNotContain("\n");
    assertThat(result.models()).as("nothing trained is kept").isEmpty();
    GateSettings gate = TestSettings.read().gate();
    assertThat(Gate.judge(result.evaluation(), Optional.empty(), gate))
        .satisfies(verdict -> assertThat(verdict.accepted()).isTrue())
        .satisfies(verdict -> assertThat(verdict.reason()).startsWith("accepted: "));
    List<Row> published = published(input, result);
    assertThat(published)
        .isNotEmpty()
        .noneMatch(row -> List.of("combination", "xgboost_tweedie").contains(row.getString(0)))
        .anyMatch(row -> row.getDouble(1) > 0);
  }

  private static List<Row> published(ForecastInput input, ForecastTrainingResult result) {
    SparkSession spark = SparkTest.session();
    return new ForecastScoring(ForecastTrainingTest.SETTINGS, step -> {})
        .score(
            input,
            new ForecastScoring.StoredChampion(
                "v1",
                ForecastTables.models(spark, result, "v1"),
                ForecastTables.champions(spark, result, "v1"),
                ForecastTables.intervals(spark, result, "v1")),
            rows -> rows.select("candidate", "mean").collectAsList());
  }
}
