package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 40 launches of a category, all of tea, ten of them red; the red ones sold four times as much. */
class SimilarNamesTest {
  private static final int ORIGIN = SeriesBuilder.FIRST_DAY + 139;
  private static final ProductAttributes RED_TEA = named("Red tea");

  private static ProductAttributes named(String name) {
    return new ProductAttributes("d", "c1", name, 10, 0, Integer.MAX_VALUE, 0);
  }

  private static WeeklyTotals launches(int count, double demand) {
    double[] units = new double[20];
    double[] days = new double[20];
    for (int week = 0; week < 4; week++) {
      days[week] = 7 * count;
      units[week] = demand * days[week];
    }
    return new WeeklyTotals(ORIGIN, units, days);
  }

  private static SimilarNames names() {
    Map<String, WeeklyTotals> words = new HashMap<>();
    words.put(SimilarNames.everyWord(RED_TEA), launches(40, 2));
    words.put(Key.of("c1", "tea"), launches(40, 2));
    words.put(Key.of("c1", "red"), launches(10, 8));
    words.put(Key.of("other", "blue"), launches(10, 80));
    return new SimilarNames(words);
  }

  private static double demand(String name) {
    return names().demand(named(name), 3, ORIGIN - 100, ORIGIN);
  }

  @Test
  void wordsAreOfLettersAndDigitsInLowerCaseAndOnceEach() {
    assertThat(SimilarNames.wordsOf("Café MOÍDO 500g - café, a Forte 3-X"))
        .containsExactly("500g", "café", "forte", "moído");
    assertThat(SimilarNames.wordsOf("")).isEmpty();
  }

  @Test
  void aLaunchIsDrawnTowardsThoseThatShareItsWordsTheRareOnesMost() {
    double tea = Math.log(2) * 40 / 45;
    double red = Math.log(5) * 10 / 15;
    assertThat(demand("Red TEA"))
        .isCloseTo((3 * 3 + tea * 2 + red * 8) / (3 + tea + red), within(1e-9));
    assertThat(demand("tea")).isCloseTo((3 * 3 + tea * 2) / (3 + tea), within(1e-9));
    assertThat(demand("Red")).isGreaterThan(demand("Red tea")).isGreaterThan(demand("Blue"));
  }

  @Test
  void withoutASharedWordOrLaunchTheLevelStands() {
    assertThat(demand("Blue")).as("of another category").isEqualTo(3);
    assertThat(names().demand(RED_TEA, 3, ORIGIN - 100, ORIGIN - 60)).isEqualTo(3);
    assertThat(new SimilarNames(Map.of()).demand(RED_TEA, 3, ORIGIN - 100, ORIGIN)).isEqualTo(3);
    assertThat(names().demand(RED_TEA, Double.NaN, ORIGIN - 100, ORIGIN)).isNaN();
  }
}
