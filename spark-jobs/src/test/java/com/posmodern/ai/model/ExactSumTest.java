package com.posmodern.ai.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private static double sum(double... addends) {
    ExactSum sum = new ExactSum();
    for (double addend : addends) {
      sum.add(addend);
    }
    return sum.value();
  }

  @Test
  void smallNumbersOutlastLargeOnes() {
    assertThat(sum()).isZero();
    assertThat(sum(1e100, 1, -1e100)).isEqualTo(1);
    assertThat(sum(1, 1e-30, -1)).isEqualTo(1e-30);
    double[] tenths = new double[10];
    java.util.Arrays.fill(tenths, 0.1);
    assertThat(sum(tenths)).isEqualTo(1);
  }

  /** 2^53 + 1 lies halfway between two doubles; plain rounding takes the even one, 2^53. */
  @Test
  void halfwayTheSmallestPartsDecide() {
    double large = 0x1p53;
    assertThat(sum(large, 1)).isEqualTo(large);
    assertThat(sum(large, 1, 1e-20)).isEqualTo(large + 2);
    assertThat(sum(large, 1, -1e-20)).isEqualTo(large);
    assertThat(sum(-large, -1, -1e-20)).isEqualTo(-large - 2);
    assertThat(sum(-large, -1, 1e-20)).isEqualTo(-large);
  }

  @Test
  void neitherOrderNorPartsShowInTheSumAndItIsTheNearestDouble() {
    Random random = new Random(18);
    for (int round = 0; round < 200; round++) {
      List<Double> addends = new ArrayList<>();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < 50; i++) {
        double addend = random.nextGaussian() * Math.pow(2, random.nextInt(120) - 60);
        addends.add(addend);
        exact = exact.add(new BigDecimal(addend));
      }
      ExactSum left = new ExactSum();
      ExactSum right = new ExactSum();
      Collections.shuffle(addends, random);
      addends.forEach(addend -> (random.nextBoolean() ? left : right).add(addend));
      left.add(right);
      assertThat(left.value()).isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void whatIsNotFiniteAddsUpAsItDoesElsewhere() {
    assertThat(sum(1, Double.POSITIVE_INFINITY, 2)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)).isNaN();
    assertThat(sum(Double.NaN, 1)).isNaN();
    ExactSum sum = new ExactSum();
    sum.add(1);
    ExactSum other = new ExactSum();
    other.add(Double.NaN);
    sum.add(other);
    assertThat(sum.value()).isNaN();
  }

  @Test
  void quantitiesAreRoundedToUnitsWhosePlainSumsAreExact() {
    assertThat(ExactSum.units(3)).isEqualTo(3);
    double tenth = ExactSum.units(0.1);
    assertThat(tenth * 0x1p26).isEqualTo(6_710_886);
    assertThat(tenth + 0.5 - 0.5).isEqualTo(tenth);
  }
}
