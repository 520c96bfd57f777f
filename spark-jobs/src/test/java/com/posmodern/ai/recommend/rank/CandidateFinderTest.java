package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the finder says of the customer of {@link SmallShop}. */
class CandidateFinderTest {
  private static final int DAY = SmallShop.DAY;
  private static final int PRODUCTS = SmallShop.PRODUCTS;

  private final Products products = SmallShop.products();
  private final List<PurchaseHistory> pool = SmallShop.pool();
  private final PurchaseHistory customer = SmallShop.customer();
  private final Knowledge knowledge = SmallShop.knowledge();
  private final Candidates candidates = new CandidateFinder(knowledge).find(customer);

  private double feature(int product, PairFeature feature) {
    int row =
        IntStream.range(0, candidates.products().length)
            .filter(i -> candidates.products()[i] == product)
            .findFirst()
            .orElseThrow();
    return candidates.features()[row * PairFeature.COUNT + feature.place()];
  }

  private static double halved(double age, double halfLife) {
    return Math.pow(2, -age / halfLife);
  }

  @Test
  void ownPurchasesComeFirstAndWhatNobodyBoughtOnlyWhenItIsNew() {
    assertThat(candidates.products()).startsWith(0, 4);
    // So few that also the popular product is proposed that is not offered.
    assertThat(candidates.products()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 9);
  }

  @Test
  void aBoughtProductIsDescribedByItsPurchases() {
    Map<PairFeature, Double> expected = new EnumMap<>(PairFeature.class);
    expected.put(PairFeature.TIMES, 2.0);
    expected.put(PairFeature.DECAYED_14, halved(8, 14) + halved(4, 14));
    expected.put(PairFeature.DECAYED_45, halved(8, 45) + halved(4, 45));
    expected.put(PairFeature.DECAYED_120, halved(8, 120) + halved(4, 120));
    expected.put(PairFeature.DECAYED_365, halved(8, 365) + halved(4, 365));
    expected.put(PairFeature.VISIT_SHARE, 1.0);
    expected.put(PairFeature.DAYS_SINCE, 4.0);
    expected.put(PairFeature.VISITS_SINCE, 0.0);
    expected.put(PairFeature.VISITS_SINCE_SHARE, 0.0);
    expected.put(PairFeature.SPAN, 4.0);
    expected.put(PairFeature.INTERVAL, 4.0);
    expected.put(PairFeature.DUE, 1.0);
    expected.put(PairFeature.DUE_LIKE_OTHERS, 0.4);
    expected.put(PairFeature.SINCE_IN_VISITS, 1.0);
    expected.put(PairFeature.PLACE_BY_FREQUENCY, 1.0);
    // 4 of the 12 purchases of the last 56 days.
    expected.put(PairFeature.IN_STORE, 1_000 * 4 / 12.0);
    expected.put(PairFeature.CATEGORY_SHARE, 1.0);
    // Within 28 days 5 of 6 purchases are of the category.
    expected.put(PairFeature.CATEGORY_LIFT, 6 / 5.0);
    expected.put(PairFeature.DAILY_7, 0.0);
    expected.put(PairFeature.DAILY_28, 2 / 28.0);
    expected.put(PairFeature.DAILY_84, 4 / 84.0);
    expected.put(PairFeature.TREND_7, 1 / 3.0);
    expected.put(PairFeature.TREND_28, 3 / 5.0);
    expected.put(PairFeature.BUYERS, 3.0);
    expected.put(PairFeature.REPEAT_SHARE, 2 / 11.0);
    expected.put(PairFeature.PRODUCT_INTERVAL, 10.0);
    expected.put(PairFeature.PRODUCT_AGE, 40.0);
    expected.put(PairFeature.PRODUCT_SINCE, 10.0);
    expected.put(PairFeature.VISIT_SIZE, 1.5);
    expected.put(PairFeature.REPEATS, 1 / 3.0);
    expected.put(PairFeature.SINCE_VISIT, 4.0);
    expected.put(PairFeature.VISIT_INTERVAL, 4.0);
    expected.forEach(
        (feature, value) ->
            assertThat(feature(0, feature)).as(feature.name()).isCloseTo(value, within(1e-4)));
  }

  @Test
  void timesOfAProductThatWasNotBoughtAreUnknownAndItsCountsZero() {
    assertThat(feature(1, PairFeature.TIMES)).isZero();
    assertThat(feature(1, PairFeature.DECAYED_120)).isZero();
    for (PairFeature feature : PairFeature.UNKNOWN_WITHOUT_PURCHASE) {
      assertThat(feature(1, feature)).as(feature.name()).isNaN();
    }
    assertThat(feature(4, PairFeature.INTERVAL)).as("bought once").isNaN();
    assertThat(feature(9, PairFeature.PRODUCT_SINCE)).as("never sold").isNaN();
    assertThat(feature(9, PairFeature.PRODUCT_AGE)).isZero();
    assertThat(feature(5, PairFeature.CATEGORY_SHARE)).isZero();
  }

  /** Three of three buyers each share 0 and 1: 3 ÷ (3 + 10). */
  @Test
  void whatTheSameCustomersBuyIsSimilar() {
    double weight = Math.log1p(2 * (halved(8, 120) + halved(4, 120)));
    assertThat(feature(1, PairFeature.BY_PRODUCTS)).isCloseTo(weight * 3 / 13, within(1e-5));
    assertThat(feature(1, PairFeature.BY_LAST_VISIT)).isCloseTo(3 / 13.0, within(1e-5));
    assertThat(feature(2, PairFeature.BY_PRODUCTS)).as("bought with 0 by one alone").isZero();
    assertThat(feature(1, PairFeature.PLACE_BY_PRODUCTS)).isEqualTo(1);
    assertThat(feature(2, PairFeature.PLACE_BY_PRODUCTS))
        .as("all others share a place")
        .isEqualTo(2);
    assertThat(feature(4, PairFeature.PLACE_BY_FREQUENCY)).isEqualTo(2);
    assertThat(feature(2, PairFeature.PLACE_BY_FREQUENCY)).isEqualTo(3);
  }

  @Test
  void similarCustomersCountByTheThirdPowerOfTheirSimilarity() {
    // Of two and three products one is common; on one visit of three there was product 2.
    double likeA = 1 / Math.sqrt(2 * 3);
    assertThat(feature(2, PairFeature.BY_CUSTOMERS))
        .isCloseTo(Math.pow(likeA, 3) / 3, within(1e-5));
    double likeB = 1 / Math.sqrt(2 * 4);
    assertThat(feature(5, PairFeature.BY_CUSTOMERS))
        .isCloseTo(Math.pow(likeB, 3) / 2, within(1e-5));
  }

  @Test
  void aCustomerIsNoNeighbourOfItself() {
    Candidates ofA = new CandidateFinder(knowledge).find(pool.get(0));
    int row = IntStream.range(0, 8).filter(i -> ofA.products()[i] == 2).findFirst().orElseThrow();
    assertThat(ofA.features()[row * PairFeature.COUNT + PairFeature.BY_CUSTOMERS.place()]).isZero();
  }

  @Test
  void theFinderForgetsTheCustomerBefore() {
    CandidateFinder finder = new CandidateFinder(knowledge);
    finder.find(pool.get(1));
    Candidates again = finder.find(customer);
    assertThat(again.products()).isEqualTo(candidates.products());
    assertThat(again.features()).isEqualTo(candidates.features());
    assertThat(finder.own().size()).isEqualTo(2);
  }

  @Test
  void onAPastDayIsOfferedWhatWasBoughtOrLaunchedLately() {
    Knowledge past = Knowledge.ofPast(pool, DAY, products, 20, 28);
    assertThat(IntStream.range(0, PRODUCTS).filter(i -> past.offered[i]))
        .containsExactly(0, 1, 2, 5, 9);
    assertThat(past.unseen).containsExactly(9);
    assertThat(Knowledge.ofPast(pool, DAY, products, 20, 4).unseen).isEmpty();
    assertThat(past.popular).containsExactly(0, 1, 2, 5);
    assertThat(past.popularThisWeek).containsExactly(2, 5);
    assertThat(past.allPopular).containsExactly(0, 1, 2, 3, 5, 6);
    assertThat(past.categoryShare).containsExactly(new float[] {5 / 6f, 1 / 6f}, within(1e-6f));
  }
}
