package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One customer's purchases, and what a pool of customers says about the products. */
class PurchaseHistoryTest {
  private static final int DAY = 1_000;

  /** Purchases of day, product and store. */
  private static PurchaseHistory history(int[]... purchases) {
    return history(100, purchases);
  }

  private static PurchaseHistory history(int most, int[]... purchases) {
    long[] packed =
        LongStream.range(0, purchases.length)
            .map(
                i -> {
                  int[] one = purchases[(int) i];
                  return ((long) one[0] << 46) | ((long) one[1] << 20) | one[2];
                })
            .toArray();
    return PurchaseHistory.of("c", packed, most);
  }

  private static int[] bought(int daysAgo, int product, int store) {
    return new int[] {DAY - daysAgo, product, store};
  }

  @Test
  void aProductCountsOnceADayAndTheOldestComesFirst() {
    PurchaseHistory history =
        history(bought(1, 7, 3), bought(5, 9, 2), bought(1, 7, 4), bought(1, 6, 4));
    assertThat(history.days()).containsExactly(DAY - 5, DAY - 1, DAY - 1);
    assertThat(history.products()).containsExactly(9, 6, 7);
    assertThat(history.stores()).as("of two stores the first").containsExactly(2, 4, 3);
  }

  @Test
  void onlyTheNewestPurchasesAreKept() {
    assertThat(history(2, bought(3, 1, 0), bought(2, 2, 0), bought(1, 3, 0)).products())
        .containsExactly(2, 3);
  }

  @Test
  void purchasesAreCountedUpToADay() {
    PurchaseHistory history =
        history(bought(9, 1, 0), bought(5, 4, 0), bought(5, 2, 0), bought(1, 4, 0));
    assertThat(IntStream.of(10, 9, 6, 5, 1, 0).map(ago -> history.until(DAY - ago)))
        .containsExactly(0, 1, 1, 3, 4, 4);
    assertThat(history.boughtBetween(DAY - 9, DAY - 1)).containsExactly(2, 4);
    assertThat(history.boughtBetween(DAY - 1, DAY)).isEmpty();
  }

  @Test
  void repeatedPurchasesAreSummedUp() {
    OwnPurchases own = new OwnPurchases(10);
    own.read(
        history(
            bought(20, 3, 1), bought(10, 3, 2), bought(10, 4, 2), bought(4, 3, 1), bought(2, 5, 1)),
        DAY);
    assertThat(own.size()).isEqualTo(3);
    assertThat(own.visits()).isEqualTo(4);
    assertThat(own.purchases()).isEqualTo(5);
    assertThat(own.store()).isEqualTo(1);
    assertThat(own.firstDay()).isEqualTo(DAY - 20);
    assertThat(own.lastDay()).isEqualTo(DAY - 2);
    int three = own.place(3);
    assertThat(own.product(three)).isEqualTo(3);
    assertThat(own.times(three)).isEqualTo(3);
    assertThat(own.first(three)).isEqualTo(DAY - 20);
    assertThat(own.last(three)).isEqualTo(DAY - 4);
    assertThat(own.interval(three)).isEqualTo(8);
    assertThat(own.visitsSince(three)).isEqualTo(1);
    assertThat(own.visitsSince(own.place(5))).isZero();
    assertThat(own.interval(own.place(4))).isNaN();
    assertThat(own.place(9)).isEqualTo(-1);
    double expected = Math.pow(2, -20 / 14.0) + Math.pow(2, -10 / 14.0) + Math.pow(2, -4 / 14.0);
    assertThat((double) own.decayed(0, three)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void theNextCustomerStartsAnewAndPurchasesAfterTheDayAreNotSeen() {
    OwnPurchases own = new OwnPurchases(200);
    int[][] many = new int[150][];
    for (int i = 0; i < many.length; i++) {
      many[i] = bought(3, i, 7);
    }
    own.read(history(200, many), DAY);
    assertThat(own.size()).isEqualTo(150);
    assertThat(own.product(149)).isEqualTo(149);
    own.read(history(bought(6, 3, 1), bought(6, 4, 2), bought(1, 4, 1)), DAY - 2);
    assertThat(own.size()).isEqualTo(2);
    assertThat(own.times(own.place(4))).isEqualTo(1);
    assertThat(own.place(100)).isEqualTo(-1);
    assertThat(own.store()).as("of two equal ones the lower").isEqualTo(1);
    own.read(history(), DAY);
    assertThat(own.size()).isZero();
    assertThat(own.visits()).isZero();
    assertThat(own.firstDay()).isEqualTo(DAY);
    assertThat(own.store()).isEqualTo(-1);
  }

  @Test
  void aPurchaseHalvesWithEachHalfLife() {
    assertThat(Decay.weight(0, 14)).isEqualTo(1);
    assertThat(Decay.weight(14, 14)).isEqualTo(0.5f);
    assertThat(Decay.weight(90, 45)).isEqualTo(0.25f);
    assertThat(Decay.weight(1_095, 365)).as("beyond the table").isEqualTo(0.125f);
    assertThat(Decay.weight(10, 10)).as("no half-life of the table").isEqualTo(0.5f);
  }

  @Test
  void sumsAreKeptOnlyWhereSomethingWasAdded() {
    SparseScores scores = new SparseScores(10);
    scores.add(7, 1);
    scores.add(3, 2);
    scores.add(7, 0.5f);
    assertThat(scores.size()).isEqualTo(2);
    assertThat(scores.touched(0)).isEqualTo(7);
    assertThat(scores.touched(1)).isEqualTo(3);
    assertThat(scores.sum(7)).isEqualTo(1.5f);
    assertThat(scores.sum(4)).isZero();
    scores.clear();
    assertThat(scores.size()).isZero();
    assertThat(scores.sum(7)).isZero();
  }

  @Test
  void everyProductKnowsItsBuyers() {
    int[][] postings = Postings.of(List.of(new int[] {0, 2}, new int[] {2}, new int[] {}), 3);
    assertThat(postings).isDeepEqualTo(new int[][] {{0}, {}, {0, 1}});
  }

  @Test
  void productsAreDescribedByTheirPurchases() {
    List<PurchaseHistory> pool =
        List.of(
            history(bought(30, 1, 0), bought(10, 1, 0), bought(6, 1, 0), bought(84, 2, 0)),
            history(bought(7, 1, 0), bought(27, 2, 1), bought(28, 3, 1), bought(0, 2, 1)));
    ProductFigures figures = ProductFigures.of(pool, DAY, 5);

    assertThat((double) figures.daily7[1]).isCloseTo(1 / 7.0, within(1e-6));
    assertThat((double) figures.daily28[1]).isCloseTo(3 / 28.0, within(1e-6));
    assertThat((double) figures.daily84[1]).isCloseTo(4 / 84.0, within(1e-6));
    assertThat((double) figures.daily28[2]).isCloseTo(2 / 28.0, within(1e-6));
    assertThat(figures.daily28[3]).isZero();
    assertThat((double) figures.daily84[2])
        .as("84 days ago is too old")
        .isCloseTo(2 / 84.0, within(1e-6));
    assertThat(figures.buyers).containsExactly(0, 2, 2, 1, 0);
    assertThat(figures.repeats[1]).as("one of two came back").isEqualTo(2 / 10f);
    assertThat(figures.repeats[4]).isEqualTo(1 / 8f);
    assertThat(figures.interval[1]).isEqualTo(12);
    assertThat(figures.interval[3]).isNaN();
    assertThat(figures.firstSold[1]).isEqualTo(DAY - 30);
    assertThat(figures.lastSold[1]).isEqualTo(DAY - 6);
    assertThat(figures.firstSold[4]).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aStoreHasItsOwnBestSellersAmongWhatIsOffered() {
    List<PurchaseHistory> pool =
        List.of(
            history(bought(1, 1, 0), bought(2, 1, 0), bought(3, 2, 0), bought(55, 3, 0)),
            history(bought(56, 4, 0), bought(1, 4, 1)));
    ProductFigures figures = ProductFigures.of(pool, DAY, 5);
    assertThat(figures.inStore(0, 1)).isEqualTo(500);
    assertThat(figures.inStore(0, 3)).isEqualTo(250);
    assertThat(figures.inStore(0, 4)).as("too long ago").isZero();
    assertThat(figures.inStore(1, 4)).isEqualTo(1_000);
    assertThat(figures.inStore(9, 4)).isZero();
    assertThat(figures.bestInStore(0)).isEmpty();
    figures.keepBest(new boolean[] {true, true, false, true, true}, 2);
    assertThat(figures.bestInStore(0)).containsExactly(1, 3);
    assertThat(figures.bestInStore(1)).containsExactly(4);
    assertThat(figures.bestInStore(9)).isEmpty();
    assertThat(figures.inStore(0, 2)).as("still known").isEqualTo(250);
  }
}
