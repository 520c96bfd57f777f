package com.posmodern.ai.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopScoresTest {
  @Test
  void theBestAreWhatSortingGivesAndOfEqualOnesTheLowerNumberIsFirst() {
    Random random = new Random(3);
    for (int most : new int[] {0, 1, 2, 7, 40, 500}) {
      TopScores top = new TopScores(most);
      float[] scores = new float[200];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(30) / 7f;
        top.offer(i, scores[i]);
      }
      int[] sorted =
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -scores[i]))
              .limit(most)
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(top.numbers()).as("the best %d", most).isEqualTo(sorted);
    }
  }

  @Test
  void itIsEmptyAfterItWasReadOrCleared() {
    TopScores top = new TopScores(3);
    top.offer(5, 1);
    assertThat(top.numbers()).containsExactly(5);
    assertThat(top.numbers()).isEmpty();
    top.offer(6, 1);
    top.clear();
    assertThat(top.numbers()).isEmpty();
  }
}
