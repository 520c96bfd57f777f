package com.posmodern.ai.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On shoppers of whom some come, who spend unevenly, and whose earlier spend explains the later
 * one.
 */
class EffectTest {
  private static final int SEEDS = 200;
  private static final int CONTROLS = 2000;
  private static final int TREATED = 4000;

  /** Mean spend: exp(½ · 0.8²) of the lognormal habit, times the chance to come. */
  private static final double MEAN = Math.exp(0.32) * 20 * 0.6;

  @Test
  void byHand() {
    // Spend before 0, 2, 4 in both arms; after is 1 + before among controls and 3 + before else.
    ArmSums control = new ArmSums(3, 9, 6, 1 + 9 + 25, 20, 6 + 20);
    ArmSums treated = new ArmSums(3, 15, 6, 9 + 25 + 49, 20, 10 + 28);
    Effect effect = Effect.of(treated, control);
    assertThat(effect.estimate()).isEqualTo(2, within(1e-12));
    assertThat(effect.standardError()).isEqualTo(0, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.20})
  void theIntervalHoldsThePlantedUplift95TimesOf100(double uplift) {
    int held = 0;
    double narrower = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Sums control = new Sums();
      Sums treated = new Sums();
      for (int i = 0; i < CONTROLS; i++) {
        shop(random, 0, control);
      }
      for (int i = 0; i < TREATED; i++) {
        shop(random, uplift, treated);
      }
      Effect effect = Effect.of(treated.sums(), control.sums());
      held += Math.abs(effect.estimate() - uplift * MEAN) <= effect.margin(0.95) ? 1 : 0;
      narrower +=
          effect.standardError()
              / Effect.of(treated.withoutBefore(), control.withoutBefore()).standardError();
    }
    assertThat((double) held / SEEDS).isCloseTo(0.95, within(0.02));
    assertThat(narrower / SEEDS).as("width beside that without spend before").isLessThan(0.85);
  }

  /** Looked at every night for 28 nights; the interval for one look would stop some 30 %. */
  @Test
  void aHarmlessArmIsHardlyEverStoppedAndAHarmfulOneIs() {
    assertThat(stopped(0, true)).isLessThanOrEqualTo(0.05);
    assertThat(stopped(0, false)).as("with the interval for one look").isGreaterThan(0.05);
    assertThat(stopped(-0.3, true)).isGreaterThan(0.9);
  }

  private static double stopped(double uplift, boolean sequential) {
    int stopped = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(1000 + seed);
      Sums control = new Sums();
      Sums treated = new Sums();
      boolean harm = false;
      for (int night = 0; night < 28 && !harm; night++) {
        for (int i = 0; i < 70; i++) {
          shop(random, 0, control);
          shop(random, uplift, treated);
          shop(random, uplift, treated);
        }
        Effect effect = Effect.of(treated.sums(), control.sums());
        double margin = sequential ? effect.sequentialMargin(0.95, 1000) : effect.margin(0.95);
        harm = effect.estimate() + margin < 0;
      }
      stopped += harm ? 1 : 0;
    }
    return (double) stopped / SEEDS;
  }

  private static void shop(Random random, double uplift, Sums into) {
    double habit = Math.exp(0.8 * random.nextGaussian()) * 20;
    double before = habit * (0.5 + random.nextDouble());
    double after =
        random.nextDouble() < 0.6 ? habit * (0.5 + random.nextDouble()) * (1 + uplift) : 0;
    into.add(before, after);
  }

  private static final class Sums {
    private long customers;
    private double after;
    private double before;
    private double afterSquared;
    private double beforeSquared;
    private double product;

    void add(double x, double y) {
      customers++;
      before += x;
      after += y;
      beforeSquared += x * x;
      afterSquared += y * y;
      product += x * y;
    }

    ArmSums sums() {
      return new ArmSums(customers, after, before, afterSquared, beforeSquared, product);
    }

    ArmSums withoutBefore() {
      return new ArmSums(customers, after, 0, afterSquared, 0, 0);
    }
  }
}
