package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.SeriesBuilder.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.testing.TestSettings;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BacktestPlanTest {
  private static final ForecastSettings SETTINGS = TestSettings.read().forecast();
  private static final int AS_OF = 2_000;
  private static final int HORIZON = SETTINGS.horizonDays();
  private static final int STEP = SETTINGS.originStepDays();

  private static BacktestPlan plan(int historyDays) {
    return BacktestPlan.of(AS_OF - historyDays + 1, AS_OF, SETTINGS);
  }

  /** Days of history that are just enough for so many origins. */
  private static int enoughFor(int origins) {
    return SETTINGS.minTrainingDays() + HORIZON + (origins - 1) * STEP;
  }

  @Test
  void thereAreAsManyOriginsAsTheHistoryAllows() {
    int most = SETTINGS.backtestOrigins();
    assertThat(plan(1_500).origins()).hasSize(most);
    assertThat(plan(enoughFor(most)).origins()).hasSize(most);
    assertThat(plan(enoughFor(1)).origins()).containsExactly(AS_OF - HORIZON);
    assertThat(plan(enoughFor(1)).trained()).isTrue();
    BacktestPlan two = plan(enoughFor(2));
    assertThat(two.origins()).containsExactly(AS_OF - HORIZON - STEP, AS_OF - HORIZON);
    assertThat(two.newest()).isEqualTo(AS_OF - HORIZON);
    assertThat(two.older()).containsExactly(AS_OF - HORIZON - STEP);
    assertThat(two.horizonDays()).isEqualTo(HORIZON);
  }

  @Test
  void withoutRoomToTrainTheLastDaysAreJudged() {
    BacktestPlan plan = plan(enoughFor(1) - 1);
    assertThat(plan.trained()).isFalse();
    assertThat(plan.origins()).hasSize(1);
    assertThat(plan(14).origins()).containsExactly(AS_OF - 7);
    assertThat(plan(14).horizonDays()).isEqualTo(7);
    assertThat(plan(13).origins()).isEmpty();
    assertThat(plan(13).trained()).isFalse();
  }

  @Test
  void championsAreChosenOnAllOriginsButTheNewest() {
    BacktestPlan three = new BacktestPlan(List.of(1, 2, 3), 7, true);
    assertThat(three.choosing()).containsExactlyInAnyOrder(0, 1);
    assertThat(three.latest()).containsExactlyInAnyOrder(1, 2);
    BacktestPlan one = new BacktestPlan(List.of(1), 7, true);
    assertThat(one.choosing()).containsExactly(0);
    assertThat(one.latest()).containsExactly(0);
    assertThat(one.older()).isEmpty();
  }

  @Test
  void aSeriesIsForecastFromTheOriginsAtWhichItIsSold() {
    Series series = SeriesBuilder.of(new double[100]).build();
    series.demand()[10] = 1;
    Surroundings surroundings = SeriesBuilder.surroundings(series, 7, 0);
    int active = SETTINGS.activeDays();
    OriginIterator origins =
        new OriginIterator(
            List.of(series).iterator(),
            List.of(
                FIRST_DAY - 1,
                FIRST_DAY,
                FIRST_DAY + 10,
                FIRST_DAY + 9 + active,
                FIRST_DAY + 10 + active),
            surroundings,
            SETTINGS);
    assertThat(origins.next().origin()).isEqualTo(FIRST_DAY + 10);
    assertThat(origins.next().origin()).isEqualTo(FIRST_DAY + 9 + active);
    assertThat(origins.hasNext()).isFalse();
    assertThatThrownBy(origins::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aDiscontinuedProductIsForecastUntilTheDayBeforeItsEnd() {
    Series ending = SeriesBuilder.of(1, 1, 1, 1).endsOn(3, -9).build();
    SeriesWindow window = new SeriesWindow(ending);
    assertThat(OriginIterator.isForecast(window, FIRST_DAY + 2, 7)).isTrue();
    assertThat(OriginIterator.isForecast(window, FIRST_DAY + 3, 7)).isFalse();
    SeriesOrigin origin =
        new SeriesOrigin(window, SeriesBuilder.surroundings(ending, 7, 0), FIRST_DAY + 1, 7);
    assertThat(SeriesBacktest.of(origin, "SP", 0, 4, java.util.Map.of()).actual())
        .as("days after the end or the history are not judged")
        .containsExactly(1, 1, Float.NaN, Float.NaN);
  }

  @Test
  void trainingRowsAreThinnedEvenly() {
    int rows = 10;
    float[] features = new float[rows * Feature.COUNT];
    float[] targets = new float[rows];
    float[] levels = new float[rows];
    for (int i = 0; i < rows; i++) {
      features[i * Feature.COUNT] = i;
      targets[i] = 10 * i;
      levels[i] = 100 * i;
    }
    TrainingSet set = new TrainingSet(features, targets, levels);
    assertThat(set.thinned(10)).isSameAs(set);
    TrainingSet thin = set.thinned(4);
    assertThat(thin.rows()).isEqualTo(4);
    assertThat(thin.targets()).containsExactly(0, 20, 50, 70);
    assertThat(thin.levels()).containsExactly(0, 200, 500, 700);
    assertThat(thin.features()[2 * Feature.COUNT]).isEqualTo(5);
  }

  /** Errors that differ only by chance: the bootstrap's spread is that of the mean's ratio. */
  @Test
  void theBootstrapKnowsHowFarChanceGoes() {
    SkillBootstrap whole = new SkillBootstrap();
    SkillBootstrap first = new SkillBootstrap();
    SkillBootstrap second = new SkillBootstrap();
    Random random = new Random(5);
    int series = 400;
    for (int i = 0; i < series; i++) {
      long hash = Draws.mix(i);
      double error = 1 + random.nextGaussian() * 0.2;
      for (SkillBootstrap one : List.of(whole, i % 2 == 0 ? first : second)) {
        one.add("published", hash, error);
        one.add("baseline", hash, 1);
      }
    }
    double standardError = whole.standardError("published", "baseline");
    assertThat(standardError).isCloseTo(0.2 / Math.sqrt(series), within(0.003));
    first.merge(second);
    assertThat(first.standardError("published", "baseline")).isCloseTo(standardError, within(1e-9));
    assertThat(whole.standardError("published", "published")).isZero();
    assertThat(whole.standardError("published", "unknown")).isZero();
    assertThat(whole.standardError("unknown", "baseline")).isZero();
  }

  /** Demand is ten times as high where the first feature is 1. */
  @Test
  void xgboostLearnsPredictsAndExplains() {
    int rows = 400;
    float[] features = new float[rows * Feature.COUNT];
    float[] targets = new float[rows];
    float[] levels = new float[rows];
    for (int i = 0; i < rows; i++) {
      features[i * Feature.COUNT] = i % 2;
      targets[i] = i % 2 == 0 ? 0.2f : 2;
      levels[i] = 1;
    }
    TrainedModel model =
        XgboostForecaster.train(new TrainingSet(features, targets, levels), SETTINGS.xgboost(), 7);
    assertThat(model.candidate()).isEqualTo(Candidate.XGBOOST_TWEEDIE);
    float[] two = new float[2 * Feature.COUNT];
    two[Feature.COUNT] = 1;
    try (XgboostForecaster forecaster = XgboostForecaster.load(model.payload(), model.columns())) {
      float[] predicted = forecaster.predict(two, 2);
      assertThat(predicted[1]).isGreaterThan(3 * predicted[0]);
      float[][] contributions = forecaster.contributions(two, 2).orElseThrow();
      assertThat(contributions[1][0]).isGreaterThan(contributions[0][0]);
      assertThat(contributions[1]).hasSize(Feature.COUNT + 1);
    }
    assertThatThrownBy(() -> XgboostForecaster.load(new byte[] {1, 2, 3}, Feature.COUNT))
        .hasMessageContaining("the kept model cannot be loaded");
  }
}
