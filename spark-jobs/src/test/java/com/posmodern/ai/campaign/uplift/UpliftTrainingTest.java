package com.posmodern.ai.campaign.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.UpliftFigures;
import com.posmodern.ai.testing.TestSettings;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Customers of whom it is known who spends more because of a message, and who spends less. */
class UpliftTrainingTest {
  private static final int WIDTH = 6;
  private static final int ROWS = 8000;

  /** A tenth gets no message, as in a campaign. */
  private static final double SHARE = 0.9;

  @Test
  void whoGainsComesFirstWhereAMessageHelpsSomeAndPutsOffOthers() {
    UpliftRows rows = planted(1, 12, -8, 1);
    UpliftTraining.Trained trained = training().train(rows);
    Evaluation evaluation = trained.evaluation();
    assertThat(evaluation.standIn()).isEmpty();
    assertThat(evaluation.parameters()).containsEntry("published", "uplift");
    assertThat(evaluation.skill()).isGreaterThan(2 * evaluation.skillError());
    double uplift = metric(evaluation, UpliftFigures.UPLIFT, UpliftFigures.TOP);
    double propensity = metric(evaluation, UpliftFigures.PROPENSITY, UpliftFigures.TOP);
    // Of the first 30 % all should gain 12; a random third of them gains 12 and loses 8 in turn.
    assertThat(uplift).isGreaterThan(7).isGreaterThan(propensity + 4);
    assertThat(metric(evaluation, UpliftFigures.UPLIFT, UpliftFigures.QINI))
        .isGreaterThan(metric(evaluation, UpliftFigures.PROPENSITY, UpliftFigures.QINI));
    // New customers, of whom no arm is known: what is learnt tells the two kinds apart.
    UpliftRows later = planted(2, 12, -8, 1);
    double[] effects = UpliftModel.ofBytes(trained.model()).effects(later);
    double gaining = 0;
    double losing = 0;
    for (int row = 0; row < later.size(); row++) {
      if (gains(later, row)) {
        gaining += effects[row] / later.size() * 2;
      } else {
        losing += effects[row] / later.size() * 2;
      }
    }
    assertThat(gaining).isCloseTo(12, within(4.0));
    assertThat(losing).isCloseTo(-8, within(4.0));
  }

  @Test
  void withoutUpliftTheOrderByPropensityStays() {
    int used = 0;
    for (int seed = 10; seed < 20; seed++) {
      Evaluation evaluation = training().train(planted(seed, 0, 0, 1)).evaluation();
      used += evaluation.standIn().isEmpty() ? 1 : 0;
    }
    // One in forty by chance.
    assertThat(used).isLessThanOrEqualTo(1);
  }

  @Test
  void whereAllGainAlikeTheOrderByPropensityStays() {
    UpliftTraining.Trained trained = training().train(planted(31, 10, 10, 1));
    assertThat(trained.evaluation().standIn()).startsWith("the order by propensity stays");
    assertThat(trained.evaluation().skill()).isZero();
    assertThat(UpliftModel.ofBytes(trained.model()).isUsed()).isFalse();
  }

  @Test
  void theSameRowsGiveTheSameBytes() {
    UpliftRows rows = planted(5, 12, -8, 1);
    assertThat(training().train(rows).model()).isEqualTo(training().train(rows).model());
  }

  @Test
  void tooFewCustomersWithoutAMessageAreNamed() {
    UpliftTraining training = new UpliftTraining(TestSettings.read().propensity(), 1000);
    assertThat(training.obstacle(planted(1, 12, -8, 1)))
        .contains("ordered by propensity", "without one", "1,000 of each");
    assertThat(training().obstacle(planted(1, 12, -8, 1))).isEmpty();
  }

  @Test
  void anOrderIsWorthWhatItsFirstCustomersBring() {
    // Two customers with a message and two without, half each: 4 and 0 spent with one, 1 and 1
    // without. Estimates are 8, 0, −2, −2.
    UpliftRows rows =
        new UpliftRows(
            1,
            new float[4],
            new float[] {4, 0, 1, 1},
            new boolean[] {true, true, false, false},
            new double[] {0.5, 0.5, 0.5, 0.5},
            new double[] {1, 2, 3, 4},
            new long[] {1, 2, 3, 4});
    UpliftJudge judge = new UpliftJudge(rows, new double[4]);
    // Depths of the order 1, 2, 3, 4 are 1, ¾, ½, ¼, and the other way round in that of usual.
    double area = (8 * 1 + 0 - 2 * 0.5 - 2 * 0.25) / 4;
    double other = (8 * 0.25 + 0 - 2 * 0.75 - 2 * 1) / 4;
    assertThat(judge.difference(new double[] {4, 3, 2, 1}, rows.usual()).value())
        .isEqualTo(area - other, within(1e-12));
    assertThat(judge.difference(rows.usual(), rows.usual()).error()).isZero();
    assertThat(judge.depths(new double[] {4, 3, 2, 1})).containsExactly(1, 0.75, 0.5, 0.25);
  }

  @Test
  void equalScoresAreNotInTheOrderOfTheRows() {
    UpliftRows rows = planted(3, 12, -8, 1);
    double[] depths = new UpliftJudge(rows, new double[ROWS]).depths(new double[ROWS]);
    double first = Arrays.stream(depths, 0, ROWS / 2).average().orElseThrow();
    assertThat(first).isCloseTo(0.5, within(0.02));
  }

  @Test
  void aCustomerOfManyCampaignsCountsOnce() {
    UpliftRows rows = planted(1, 12, -8, 1);
    Arrays.setAll(rows.customers(), row -> row % 100);
    assertThat(rows.treatedRows()).isGreaterThan(500);
    assertThat(training().obstacle(rows)).contains("100 measured customers with a message");
  }

  private static UpliftTraining training() {
    return new UpliftTraining(TestSettings.read().propensity(), 500);
  }

  private static double metric(Evaluation evaluation, String candidate, String name) {
    return evaluation.metrics().stream()
        .filter(one -> one.candidate().equals(candidate) && one.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static boolean gains(UpliftRows rows, int row) {
    return rows.features()[row * WIDTH + 1] > 50;
  }

  /**
   * The first feature says how much is spent anyway, which propensity orders by; the second one who
   * gains and who loses; the others say nothing.
   */
  private static UpliftRows planted(long seed, double gain, double loss, double noise) {
    SplittableRandom random = new SplittableRandom(seed);
    UpliftRows rows = UpliftRows.empty(WIDTH, ROWS);
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < WIDTH; i++) {
        rows.features()[row * WIDTH + i] = (float) (100 * random.nextDouble());
      }
      double usual = rows.features()[row * WIDTH];
      rows.treated()[row] = random.nextDouble() < SHARE;
      double effect = rows.treated()[row] ? gains(rows, row) ? gain : loss : 0;
      rows.outcomes()[row] =
          (float) (usual + 20 + effect + noise * 40 * (random.nextDouble() - 0.5));
      rows.shares()[row] = SHARE;
      rows.usual()[row] = usual;
      rows.customers()[row] = random.nextLong();
    }
    return rows;
  }
}
