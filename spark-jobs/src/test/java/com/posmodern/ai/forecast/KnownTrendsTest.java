package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KnownTrendsTest {
  private static final int LAST = 200;
  private static final int PUBLISHED_AFTER = 2;

  /** Asked for 10 times a day, from day 150 on 30 times; each day published two days later. */
  private static KnownTrends.Builder rising() {
    KnownTrends.Builder trends = new KnownTrends.Builder();
    for (int day = 1; day <= LAST; day++) {
      trends.ofProduct("web", "tea", "P1", day, day + PUBLISHED_AFTER, day < 150 ? 10 : 30);
    }
    return trends;
  }

  @Test
  void aDayCountsFromTheDayOfItsPublication() {
    KnownTrends trends = rising().build();

    assertThat(trends.ofProduct("P1", 7, 28, 151)).as("nothing is out yet").isEqualTo(1);
    // Known up to day 152, the third one of 30.
    assertThat(trends.ofProduct("P1", 7, 28, 154))
        .isCloseTo((4 * 10 + 3 * 30) / 7.0 / ((25 * 10 + 3 * 30) / 28.0), within(1e-12));
  }

  @Test
  void aCorrectionCountsFromItsOwnDay() {
    KnownTrends trends = rising().ofProduct("web", "tea", "P1", 100, 110, 80).build();

    assertThat(trends.ofProduct("P1", 7, 28, 105)).isEqualTo(1);
    assertThat(trends.ofProduct("P1", 7, 28, 110))
        .isCloseTo(10 / ((27 * 10 + 80) / 28.0), within(1e-12));
  }

  @Test
  void aSourceThatFallsSilentIsForgotten() {
    KnownTrends trends = rising().build();

    assertThat(trends.ofProduct("P1", 7, 28, LAST + TermValues.LONGEST_SILENCE)).isEqualTo(1);
    assertThat(trends.ofProduct("P1", 7, 28, LAST + TermValues.LONGEST_SILENCE + 1)).isNaN();
  }

  @Test
  void nothingIsKnownBeforeEnoughWasTold() {
    KnownTrends trends = rising().build();

    assertThat(trends.ofProduct("P1", 7, 28, 2)).as("before the first").isNaN();
    assertThat(trends.ofProduct("P1", 7, 28, 29)).as("27 days").isNaN();
    assertThat(trends.ofProduct("P1", 7, 28, 30)).isEqualTo(1);
    assertThat(trends.ofProduct("P2", 7, 28, 100)).as("no term").isNaN();
    assertThat(trends.ofCategory("P1", 7, 28, 100)).as("a product is no category").isNaN();
    assertThat(KnownTrends.NONE.about("P1", "C1")).isFalse();
  }

  @Test
  void daysThatAFeedLeavesOutAreZeros() {
    KnownTrends.Builder told = rising();
    told.ofCategory("web", "coffee", "C1", 99, 99, 4).ofCategory("web", "coffee", "C1", 80, 80, 4);
    KnownTrends trends = told.build();

    // The source has told of days up to 100, so that the last week holds one of the two entries.
    assertThat(trends.ofCategory("C1", 7, 28, 102)).isCloseTo(2, within(1e-12));
    assertThat(trends.about("P9", "C1")).isTrue();
    assertThat(trends.ofCategory("C1", 7, 28, 180)).as("nobody talks of it").isNaN();
  }

  @Test
  void severalTermsOfAProductCountAlike() {
    KnownTrends trends = rising().ofProduct("press", "mate", "P1", 1, 1, 0).build();

    assertThat(trends.ofProduct("P1", 7, 28, 100)).as("the other one is silent").isEqualTo(1);

    KnownTrends.Builder both = rising();
    for (int day = 1; day <= 100; day++) {
      both.ofProduct("press", "mate", "P1", day, day, day <= 93 ? 0 : 5);
    }
    assertThat(both.build().ofProduct("P1", 7, 28, 100)).isCloseTo((1 + 4) / 2.0, within(1e-12));
  }
}
