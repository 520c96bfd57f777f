package com.posmodern.ai.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistinctionTest {
  private static final Habits ALL = habits(4.0, 100.0, 0.10, 0.30, 0.20, 12.0);

  private static Habits habits(
      Double baskets, Double value, Double discount, Double weekend, Double online, Double hour) {
    return new Habits(9, 900, 5.0, baskets, 400.0, value, discount, weekend, online, hour);
  }

  private static String sentence(Habits own, String... departments) {
    return Distinction.sentence(own, ALL, List.of(departments));
  }

  @Test
  void whoIsLikeAllOthersIsNotDistinct() {
    assertThat(sentence(ALL)).isEqualTo("Close to the median customer in everything.");
    assertThat(sentence(habits(4.9, 81.0, 0.17, 0.37, 0.13, 12.9)))
        .isEqualTo("Close to the median customer in everything.");
    assertThat(sentence(Habits.NONE)).isEqualTo("No customer at present.");
  }

  @Test
  void eachDifferenceInItsOwnWords() {
    assertThat(sentence(habits(5.0, 100.0, 0.1, 0.3, 0.2, 12.0)))
        .isEqualTo("1.3 times the usual number of baskets.");
    assertThat(sentence(habits(4.0, 50.0, 0.1, 0.3, 0.2, 12.0)))
        .isEqualTo("Baskets worth 0.5 times the usual.");
    assertThat(sentence(habits(4.0, 100.0, 0.25, 0.3, 0.2, 12.0)))
        .isEqualTo("Discounts of 25 % (10 %).");
    assertThat(sentence(habits(4.0, 100.0, 0.1, 0.1, 0.2, 12.0)))
        .isEqualTo("10 % at weekends (30 %).");
    assertThat(sentence(habits(4.0, 100.0, 0.1, 0.3, 0.9, 12.0)))
        .isEqualTo("90 % of baskets online (20 %).");
    assertThat(sentence(habits(4.0, 100.0, 0.1, 0.3, 0.2, 8.5)))
        .isEqualTo("Shops around 8:30 (12:00).");
  }

  /** In units of what is worth a mention: hours 6.5, weekends 5, baskets 3.1, discounts 1.9. */
  @Test
  void strongestThreeAndAtMostTwoDepartments() {
    assertThat(sentence(habits(8.0, 100.0, 0.25, 0.7, 0.2, 18.5), "Bakery", "Dairy", "Toys"))
        .isEqualTo(
            "Shops around 18:30 (12:00); 70 % at weekends (30 %);"
                + " 2.0 times the usual number of baskets; more Bakery and Dairy.");
  }

  @Test
  void whatIsNotKnownIsNotSaid() {
    assertThat(sentence(habits(null, 0.0, null, null, null, null)))
        .isEqualTo("Close to the median customer in everything.");
    assertThat(sentence(habits(null, null, null, null, null, null), "Bakery"))
        .isEqualTo("More Bakery.");
  }
}
