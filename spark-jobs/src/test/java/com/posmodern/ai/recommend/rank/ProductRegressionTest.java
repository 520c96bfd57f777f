package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductRegressionTest {
  private static final int COFFEE = 0;
  private static final int FILTERS = 1;
  private static final int MILK = 2;
  private static final int TEA = 3;

  @Test
  void onePredictorIsTheShareOfItsBuyersShrunk() {
    List<int[]> baskets = new ArrayList<>();
    add(baskets, 60, COFFEE, MILK);
    add(baskets, 40, COFFEE);
    // 60 common buyers of 100, and 100 more for the ridge.
    assertThat(scores(baskets, COFFEE).sum(MILK)).isCloseTo(0.3f, within(1e-6f));
  }

  @Test
  void twoThatSayTheSameShareTheWeight() {
    List<int[]> baskets = new ArrayList<>();
    add(baskets, 60, COFFEE, FILTERS, MILK);
    add(baskets, 40, COFFEE, FILTERS);
    // (200 100; 100 200) w = (60, 60): each 0.2, and together 0.4, not twice 0.3.
    assertThat(scores(baskets, COFFEE).sum(MILK)).isCloseTo(0.2f, within(1e-6f));
    assertThat(scores(baskets, COFFEE, FILTERS).sum(MILK)).isCloseTo(0.4f, within(1e-6f));
  }

  @Test
  void whatSpeaksAgainstAProductLowersItsScore() {
    List<int[]> baskets = new ArrayList<>();
    add(baskets, 200, COFFEE, MILK);
    add(baskets, 200, COFFEE, TEA);
    add(baskets, 2, TEA, MILK);
    // Who buys coffee and tea takes no milk: less than of coffee alone.
    SparseScores alone = scores(baskets, COFFEE);
    float coffee = alone.sum(MILK);
    assertThat(coffee).isPositive();
    assertThat(scores(baskets, COFFEE, TEA).sum(MILK)).isLessThan(coffee);
  }

  @Test
  void aProductThatNobodyBoughtPredictsNothing() {
    List<int[]> baskets = new ArrayList<>();
    add(baskets, 60, COFFEE, MILK);
    assertThat(scores(baskets, TEA).size()).isZero();
  }

  private static void add(List<int[]> baskets, int customers, int... products) {
    for (int customer = 0; customer < customers; customer++) {
      baskets.add(products);
    }
  }

  private static SparseScores scores(List<int[]> baskets, int... bought) {
    int[][] postings = Postings.of(baskets, 4);
    ProductRegression regression =
        ProductRegression.of(postings, baskets.size(), ProductNeighbours.of(baskets, postings));
    SparseScores scores = new SparseScores(4);
    for (int product : bought) {
      regression.addTo(scores, product, 1);
    }
    return scores;
  }
}
