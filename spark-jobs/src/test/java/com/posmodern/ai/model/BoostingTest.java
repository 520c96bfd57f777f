package com.posmodern.ai.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.ForecastSettings.Xgboost;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;

/** Labels of 10 where the feature is 1, and of 2 where it is 0 or missing. */
class BoostingTest {
  private static final int ROWS = 200;
  private static final float[] FEATURES = new float[ROWS];
  private static final float[] LABELS = new float[ROWS];

  static {
    for (int i = 0; i < ROWS; i++) {
      FEATURES[i] = i % 4 == 0 ? Float.NaN : i % 2;
      LABELS[i] = i % 2 == 1 ? 10 : 2;
    }
  }

  private static Xgboost settings(int rounds, double subsample, int threads) {
    return new Xgboost(true, rounds, 2, 0.5, subsample, 1, 1, 1.2, 0, 16, threads);
  }

  private static byte[] train(Xgboost settings, long seed, String format) throws Exception {
    return new Boosting("reg:squarederror", settings, seed)
        .train(FEATURES, ROWS, 1, matrix -> matrix.setLabel(LABELS), format);
  }

  private static float[] predicted(byte[] trees) throws Exception {
    float[][] rows =
        XGBoost.loadModel(new ByteArrayInputStream(trees))
            .predict(new DMatrix(new float[] {0, 1, Float.NaN}, 3, 1, Float.NaN));
    return new float[] {rows[0][0], rows[1][0], rows[2][0]};
  }

  @Test
  void theTreesLearnWhatTheRowsSay() throws Exception {
    float[] predicted = predicted(train(settings(20, 1, 1), 7, "ubj"));
    assertThat(predicted[0]).isCloseTo(2, within(0.1f));
    assertThat(predicted[1]).isCloseTo(10, within(0.1f));
    assertThat(predicted[2]).as("missing").isCloseTo(2, within(0.1f));
  }

  @Test
  void oneRoundLearnsLess() throws Exception {
    assertThat(predicted(train(settings(1, 1, 1), 7, "ubj"))[1]).isBetween(6.1f, 9.5f);
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherOneOtherTrees() throws Exception {
    byte[] first = train(settings(5, 0.5, 1), 7, "ubj");
    assertThat(train(settings(5, 0.5, 1), 7, "ubj")).isEqualTo(first);
    assertThat(train(settings(5, 0.5, 1), 8, "ubj")).isNotEqualTo(first);
  }

  @Test
  void theObjectiveHasParametersOfItsOwnAndTreesCanBeText() throws Exception {
    byte[] trees =
        new Boosting("reg:quantileerror", settings(3, 1, 1), 7)
            .with("quantile_alpha", 0.25)
            .train(FEATURES, ROWS, 1, matrix -> matrix.setLabel(LABELS), "json");
    assertThat(new String(trees, StandardCharsets.UTF_8))
        .startsWith("{")
        .contains("reg:quantileerror");
  }

  @Test
  void withoutANumberOfThreadsAllProcessorsTrain() throws Exception {
    assertThat(predicted(train(settings(20, 1, 0), 7, "ubj"))[1]).isCloseTo(10, within(0.1f));
  }
}
