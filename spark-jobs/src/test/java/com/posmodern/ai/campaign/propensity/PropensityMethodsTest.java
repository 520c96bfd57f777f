package com.posmodern.ai.campaign.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.testing.TestSettings;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The parts of a propensity model, on rows with a planted answer or worked by hand. */
class PropensityMethodsTest {
  private static final int ROWS = 4000;

  @Test
  void aucCountsThePairsInOrderAndTiesHalf() {
    // Pairs of an event and none: (0.9, 0.1) and (0.9, 0.5) right, (0.5, 0.1) right, (0.5, 0.5) a
    // tie.
    assertThat(Losses.auc(new double[] {0.9, 0.5, 0.5, 0.1}, new float[] {1, 1, 0, 0}))
        .isEqualTo(3.5 / 4);
    assertThat(Losses.auc(new double[] {0.2, 0.3}, new float[] {1, 1})).isNaN();
  }

  @Test
  void aucOfManyTiesIsAHalf() {
    int rows = 300_000;
    float[] labels = new float[rows];
    Arrays.fill(labels, 0, rows / 3, 1);
    assertThat(Losses.auc(new double[rows], labels)).isEqualTo(0.5);
  }

  @Test
  void theDevianceIsNothingWhereThePredictionIsRight() {
    assertThat(Losses.tweedie(40, 40)).isCloseTo(0, within(1e-9));
    assertThat(Losses.tweedie(40, 0)).isPositive().isLessThan(Losses.tweedie(80, 0));
  }

  @Test
  void calibrationRisesAndSaysWhatHappened() {
    SplittableRandom random = new SplittableRandom(1);
    double[] scores = new double[20_000];
    float[] labels = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextDouble();
      // Scores say too much: of those that say 0.6, 0.36 happen.
      labels[i] = random.nextDouble() < scores[i] * scores[i] ? 1 : 0;
    }
    IsotonicCalibration calibration = IsotonicCalibration.fit(scores, labels, 1);
    for (double score : new double[] {0.1, 0.3, 0.6, 0.9}) {
      assertThat(calibration.apply(score)).isCloseTo(score * score, within(0.05));
    }
    double former = -1;
    for (int i = 0; i <= 100; i++) {
      double value = calibration.apply(i / 100.0);
      assertThat(value).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(former);
      former = value;
    }
  }

  @Test
  void logisticRegressionFindsThePlantedWeight() {
    Examples rows = planted(7, false);
    LogisticRegression model = LogisticRegression.fit(rows);
    double[] scores = model.scores(rows.features(), rows.size());
    assertThat(Losses.auc(scores, rows.labels())).isGreaterThan(0.75);
    assertThat(Arrays.stream(scores).average().orElseThrow())
        .isCloseTo(rows.meanLabel(), within(0.002));
    // The second column says nothing.
    assertThat(Math.abs(model.weights()[1])).isLessThan(Math.abs(model.weights()[0]) / 5);
  }

  @Test
  void cellsExpectTheMeanOfTheirQuintile() {
    Examples rows = planted(3, false);
    RfmCells cells = RfmCells.fit(rows, new int[] {0});
    double[] scores = cells.scores(rows.features(), rows.size());
    double happened = 0;
    double said = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.feature(row, 0) > 80) {
        happened += rows.labels()[row];
        said += scores[row];
      }
    }
    assertThat(said).isCloseTo(happened, within(happened * 0.05));
    assertThat(cells.scores(unknown(rows.width()), 1)[0]).isCloseTo(rows.meanLabel(), within(0.05));
  }

  @Test
  void treesBeatTheSimpleMethodsWhereTheAnswerIsNotSimpleAndSurviveBeingStored() {
    Examples past = planted(11, true);
    Examples later = planted(12, true);
    PropensityTraining.Trained trained =
        new PropensityTraining(PropensityKind.LAPSE, TestSettings.read().propensity())
            .train(past, later);
    assertThat(trained.evaluation().skill()).isGreaterThan(2 * trained.evaluation().skillError());
    assertThat(trained.evaluation().standIn()).isEmpty();
    PropensityModel stored = PropensityModel.ofBytes(trained.model());
    double[] scores = stored.scores(later);
    assertThat(Losses.auc(scores, later.labels())).isGreaterThan(0.7);
    assertThat(Arrays.stream(scores).average().orElseThrow())
        .isCloseTo(later.meanLabel(), within(0.03));
  }

  @Test
  void aSimpleMethodStandsInWhereTreesKnowNoBetter() {
    Examples past = planted(21, false);
    Examples later = planted(22, false);
    PropensityTraining.Trained trained =
        new PropensityTraining(PropensityKind.LAPSE, TestSettings.read().propensity())
            .train(past, later);
    assertThat(trained.evaluation().standIn()).contains("logistic_regression stands in");
    assertThat(PropensityModel.ofBytes(trained.model()).logistic()).isNotNull();
  }

  private static float[] unknown(int width) {
    float[] row = new float[width];
    Arrays.fill(row, Float.NaN);
    return row;
  }

  /**
   * Rows as of one day: the first column decides by a logistic curve, or, where crossed, whether it
   * and the second are on the same side.
   */
  private static Examples planted(long seed, boolean crossed) {
    SplittableRandom random = new SplittableRandom(seed);
    // The places of recency, frequency and value are those of the kind.
    int used = PropensityKind.LAPSE.features().size();
    float[] features = new float[ROWS * used];
    float[] labels = new float[ROWS];
    long[] customers = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < used; i++) {
        features[row * used + i] = (float) (100 * random.nextDouble());
      }
      double first = features[row * used];
      double second = features[row * used + 1];
      double logarithm = Math.log1p(first) - Math.log1p(50);
      double probability =
          crossed ? (first > 50) == (second > 50) ? 0.8 : 0.2 : 1 / (1 + Math.exp(-2 * logarithm));
      labels[row] = random.nextDouble() < probability ? 1 : 0;
      customers[row] = random.nextLong();
    }
    return new Examples(used, features, labels, customers, new int[ROWS]);
  }
}
