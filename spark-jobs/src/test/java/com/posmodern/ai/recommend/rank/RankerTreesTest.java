package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.RecommendSettings.Ranker;
import java.util.Random;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import org.junit.jupiter.api.Test;

class RankerTreesTest {
  private static final int ROWS = 600;

  @Test
  void scoreLikeXgboostItselfWithUnknownFeaturesAndOnItsThresholds() throws Exception {
    Random random = new Random(3);
    float[] features = new float[ROWS * PairFeature.COUNT];
    float[] labels = new float[ROWS];
    float[] weights = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < PairFeature.COUNT; i++) {
        // Few values, so that some stand on a threshold exactly.
        features[row * PairFeature.COUNT + i] =
            random.nextInt(5) == 0 ? Float.NaN : random.nextInt(6) / 3f;
      }
      labels[row] = features[row * PairFeature.COUNT] > 1 ? 1 : random.nextInt(2);
      weights[row] = 1 + row % 3;
    }
    byte[] model =
        BoostedRanker.train(
            new TrainingRows(features, labels, weights, new int[] {ROWS}),
            new Ranker(1, 1, 1, 1, 1000, 1, "binary:logistic", 15, 4, 0.3, 0.9, 0.9, 1, 32, 1),
            7);
    float[][] expected =
        XGBoost.loadModel(model).predict(new DMatrix(features, ROWS, PairFeature.COUNT, Float.NaN));
    float[] scores =
        RankerTrees.load(model)
            .scores(new Candidates(0, 1, IntStream.range(0, ROWS).toArray(), features));
    for (int row = 0; row < ROWS; row++) {
      assertThat(scores[row]).isCloseTo(expected[row][0], within(1e-6f));
    }
  }
}
