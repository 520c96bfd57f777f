package com.posmodern.ai.behaviour.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

class CountTailTest {
  @Test
  void daysThatHardlyDifferGivePoisson() {
    CountTail tail = CountTail.of(1e-7);
    PoissonDistribution poisson = new PoissonDistribution(12);
    assertThat(tail.none(12)).isCloseTo(poisson.probability(0), within(1e-9));
    assertThat(tail.atLeast(20, 12)).isCloseTo(1 - poisson.cumulativeProbability(19), within(1e-6));
    assertThat(tail.atMost(5, 12)).isCloseTo(poisson.cumulativeProbability(5), within(1e-6));
  }

  @Test
  void tailsOfADayThatDiffersAddUpToOne() {
    CountTail tail = CountTail.of(0.2).after(30, 20);
    assertThat(tail.atLeast(8, 10) + tail.atMost(7, 10)).isCloseTo(1, within(1e-12));
    assertThat(tail.none(10)).isCloseTo(tail.atMost(0, 10), within(1e-12));
    assertThat(tail.level()).isGreaterThan(1).isLessThan(1.5);
  }

  @Test
  void whatIsCountedNarrowsTheLevel() {
    CountTail before = CountTail.of(0.5);
    CountTail quietDay = before.after(20, 40);
    assertThat(quietDay.none(10)).isLessThan(before.none(10)).isGreaterThan(Math.exp(-10));
    assertThat(quietDay.atLeast(30, 10)).isLessThan(before.atLeast(30, 10));
  }
}
