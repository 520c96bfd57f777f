package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.RecommendSettings.Rules;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Lists of {@link SmallShop}. The fixed blend ranks 0 and 4, which the customer bought, then 1,
 * which goes with 0, then 2 and 5, sold once this week, then the rest by number.
 */
class ListsByHandTest {
  private final Products products = SmallShop.products();
  private final Knowledge knowledge = SmallShop.knowledge();

  private ListRules rules(int length, boolean excludeBought, int perCategory, String... excluded) {
    return rules(length, excludeBought, perCategory, Assortment.everything(products), excluded);
  }

  private ListRules rules(
      int length, boolean excludeBought, int perCategory, Assortment has, String... excluded) {
    return new ListRules(
        length,
        new Rules(excludeBought, perCategory, 28, 28, List.of(), List.of()),
        knowledge,
        has,
        products.categoriesNamed(Set.of(excluded)));
  }

  private int[] list(ListRules rules) {
    Candidates candidates = new CandidateFinder(knowledge).find(SmallShop.customer());
    int[] order = ListRules.order(candidates, Ranker.of(null).scores(candidates));
    return Arrays.stream(rules.choose(candidates, order))
        .map(row -> candidates.products()[row])
        .toArray();
  }

  private static Assortment store(int[] has, int... soldOut) {
    BitSet its = new BitSet();
    Arrays.stream(has).forEach(its::set);
    BitSet without = new BitSet();
    Arrays.stream(soldOut).forEach(without::set);
    return new Assortment(new BitSet[] {its}, new BitSet[] {without});
  }

  @Test
  void theBlendIsOwnFrequencyThenLikenessThenPopularity() {
    Candidates candidates = new CandidateFinder(knowledge).find(SmallShop.customer());
    float[] scores = Ranker.of(null).scores(candidates);
    double zero = Math.pow(2, -8 / 365.0) + Math.pow(2, -4 / 365.0);
    double likeness = 0.05 * candidates.feature(candidates.row(1), PairFeature.BY_PRODUCTS);
    assertThat((double) scores[candidates.row(0)]).isCloseTo(zero + 2e-4 / 28, within(1e-6));
    assertThat((double) scores[candidates.row(1)]).isCloseTo(likeness + 2e-4 / 28, within(1e-7));
    assertThat((double) scores[candidates.row(2)]).isCloseTo(1e-4 / 28, within(1e-9));
    assertThat(scores[candidates.row(9)]).isZero();
    assertThat(candidates.row(7)).as("no candidate").isEqualTo(-1);
    assertThat(candidates.toString()).startsWith("candidates [0, 4");
  }

  @Test
  void candidatesCanBeNarrowedDown() {
    Candidates all = new CandidateFinder(knowledge).find(SmallShop.customer());
    Candidates some = all.rows(new int[] {all.row(4), all.row(1)});
    assertThat(some.products()).containsExactly(4, 1);
    assertThat(some.size()).isEqualTo(2);
    assertThat(some.store()).isZero();
    assertThat(some.visits()).isEqualTo(2);
    assertThat(some.bought(0)).isTrue();
    assertThat(some.bought(1)).isFalse();
    for (PairFeature feature : PairFeature.values()) {
      assertThat(some.feature(1, feature))
          .isEqualTo(Float.valueOf(all.feature(all.row(1), feature)));
    }
  }

  @Test
  void theRulesAreRelaxedOneByOneAndNeverShortenAList() {
    assertThat(list(rules(5, false, 9))).containsExactly(0, 4, 1, 2, 5);
    // At most one of a category that is new; then the limit is given up for 2, then for 6.
    assertThat(list(rules(4, false, 1))).containsExactly(0, 4, 1, 5);
    assertThat(list(rules(5, false, 1))).containsExactly(0, 4, 1, 2, 5);
    assertThat(list(rules(3, true, 9))).containsExactly(1, 2, 5);
    // Without 0 and 4 there are five; then 0 as bought before, and 3, which is not stocked, last.
    assertThat(list(rules(6, true, 9))).containsExactly(0, 1, 2, 5, 6, 9);
    assertThat(list(rules(7, true, 9))).containsExactly(0, 4, 1, 2, 5, 6, 9);
    assertThat(list(rules(20, true, 9))).containsExactly(0, 4, 1, 2, 5, 3, 6, 9);
    assertThat(list(rules(20, false, 9, "b"))).containsExactly(0, 4, 1, 2, 3);
  }

  @Test
  void whatIsNewHasToBeSoldInTheUsualStoreAndWhatWasBoughtNotSoldOutThere() {
    assertThat(list(rules(3, false, 9, store(new int[] {2, 5})))).containsExactly(0, 4, 2);
    assertThat(list(rules(3, false, 9, store(new int[] {2, 5}, 4)))).containsExactly(0, 2, 5);
    assertThat(list(rules(5, false, 9, store(new int[] {2, 5}, 4)))).containsExactly(0, 4, 1, 2, 5);
  }

  @Test
  void everyProductOfAListHasItsReasonAndSentence() {
    ListServer server =
        new ListServer(knowledge, null, rules(5, false, 9), rules(1, true, 9, "a"), 2, 28);
    PurchaseHistory nobody = SmallShop.history("nobody", new int[0][]);
    PurchaseHistory grownUp = SmallShop.history("grown-up", new int[][] {{999, 0}});
    Iterator<Row> served =
        server.serve(
            List.of(
                    new Histories.Shopper(SmallShop.customer(), false),
                    new Histories.Shopper(grownUp, true),
                    new Histories.Shopper(nobody, false))
                .iterator());
    List<Row> rows = new ArrayList<>();
    served.forEachRemaining(rows::add);
    assertThatThrownBy(served::next).isInstanceOf(NoSuchElementException.class);

    assertThat(rows).extracting(row -> row.getString(0)).startsWith("d", "d", "d", "d", "d");
    assertThat(rows.subList(0, 5)).extracting(row -> row.getInt(1)).containsExactly(1, 2, 3, 4, 5);
    assertThat(rows.subList(0, 5))
        .extracting(row -> row.getString(2) + " " + row.getString(4))
        .containsExactly(
            "p0 bought_often",
            "p4 bought_before",
            "p1 goes_with_purchases",
            "p2 similar_taste",
            "p5 similar_taste");
    Row often = rows.get(0);
    assertThat(often.getBoolean(5)).isTrue();
    assertThat(often.getLong(6)).isEqualTo(2);
    assertThat(often.getDate(7)).isEqualTo(day(992));
    assertThat(often.getDate(8)).isEqualTo(day(996));
    assertThat(often.getDate(9)).as("four days apart").isEqualTo(day(1_000));
    assertThat(often.isNullAt(10)).isTrue();
    assertThat(often.getString(11))
        .isEqualTo(
            "You have bought this on 2 days since 19 Sep 1972, last on 23 Sep 1972; you may have"
                + " needed it again around 27 Sep 1972.");
    assertThat(often.getString(12)).contains("2 dias desde 19/09/1972").contains("27/09/1972");
    Row once = rows.get(1);
    assertThat(once.isNullAt(9)).as("no interval yet").isTrue();
    assertThat(once.getString(11)).isEqualTo("You have bought this once, on 23 Sep 1972.");
    Row led = rows.get(2);
    assertThat(led.getBoolean(5)).isFalse();
    assertThat(led.getLong(6)).isZero();
    assertThat(led.isNullAt(7) && led.isNullAt(8) && led.isNullAt(9)).isTrue();
    assertThat(led.getString(10)).isEqualTo("p0");
    assertThat(led.getString(11)).contains("Product 0");
    // Other rules for the grown-up; of someone unknown what is launched is new, the rest popular.
    assertThat(rows.get(5).getString(0)).isEqualTo("grown-up");
    assertThat(rows.get(5).getString(2)).isEqualTo("p5");
    assertThat(rows.subList(6, rows.size()))
        .extracting(row -> row.getString(2) + " " + row.getString(4))
        .containsExactly("p0 popular", "p1 popular", "p2 popular", "p5 popular", "p6 popular");
  }

  @Test
  void somethingLaunchedLatelyIsNewAndAPurchaseThatIsNotYetDueIsSaidToBe() {
    ListReasons reasons = new ListReasons(knowledge, 9, 28);
    CandidateFinder finder = new CandidateFinder(knowledge);
    PurchaseHistory weekly = SmallShop.history("w", new int[][] {{991, 0}, {998, 0}});
    Candidates candidates = finder.find(weekly);
    reasons.read(candidates, new int[] {candidates.row(0), candidates.row(9)}, finder.own());
    Row due = reasons.row("w", 0, 0.1234567f);
    assertThat(due.getDouble(3)).isEqualTo(0.123457);
    assertThat(due.getString(4)).isEqualTo("bought_before");
    assertThat(due.getString(11)).endsWith("you may need it again around 2 Oct 1972.");
    assertThat(reasons.row("w", 1, 0).getString(4)).isEqualTo("new_for_you");
    // All of the list bought before: nothing leads to anything.
    reasons.read(candidates, new int[] {candidates.row(0)}, finder.own());
    assertThat(reasons.row("w", 0, 0).isNullAt(10)).isTrue();
  }

  @Test
  void simpleListsAreFilledUpWithWhatIsPopular() {
    CandidateFinder finder = new CandidateFinder(knowledge);
    finder.find(SmallShop.customer());
    Map<String, int[]> lists = new SimpleLists(knowledge, 4).of(finder.own());
    assertThat(lists.get("popularity")).containsExactly(0, 1, 2, 5);
    assertThat(lists.get("popularity_week")).containsExactly(2, 5);
    assertThat(lists.get("personal_frequency")).containsExactly(0, 4, 1, 2);
    assertThat(lists.get("personal_45_days")).containsExactly(0, 4, 1, 2);
    assertThat(lists.get("personal_120_days")).containsExactly(0, 4, 1, 2);
    assertThat(new SimpleLists(knowledge, 2).explore(finder.own())).containsExactly(1, 2);
    assertThat(new SimpleLists(knowledge, 2).of(finder.own()).get("popularity"))
        .containsExactly(0, 1);
  }

  /** One customer buys 1, 4 and 7 afterwards; the second, judged by the same lists, only 2. */
  @Test
  void publishedListsAreJudgedBesideSimpleOnesOnTheSameCustomers() {
    HoldoutJudge judge = new HoldoutJudge(knowledge, rules(4, true, 9), 4);
    assertThat(judge.customers()).isZero();
    assertThat(judge.bestSimple()).isEmpty();
    assertThat(judge.skill()).isNaN();
    assertThat(judge.skillError()).isZero();
    CandidateFinder finder = new CandidateFinder(knowledge);
    Candidates candidates = finder.find(SmallShop.customer());
    float[] scores = Ranker.of(null).scores(candidates);
    float[] former = new float[scores.length];
    former[candidates.row(9)] = 2;
    former[candidates.row(2)] = 1;
    judge.add(candidates, scores, former, finder.own(), new int[] {1, 4, 7});
    judge.add(candidates, scores, former, finder.own(), new int[] {2});

    // Published 1, 2, 5, 6; without rules 0, 4, 1, 2; former 9, 2, 1, 5; own frequency 0, 4, 1, 2.
    assertThat(judge.customers()).isEqualTo(2);
    assertThat(recall(judge, "published", "all")).contains((1 / 3.0 + 1) / 2);
    assertThat(recall(judge, "without_rules", "all")).contains((2 / 3.0 + 1) / 2);
    assertThat(recall(judge, "former_version", "all")).contains((1 / 3.0 + 1) / 2);
    assertThat(recall(judge, "personal_frequency", "all")).contains((2 / 3.0 + 1) / 2);
    assertThat(recall(judge, "popularity", "all")).contains((1 / 3.0 + 1) / 2);
    assertThat(recall(judge, "popularity_week", "all")).contains(0.5);
    assertThat(judge.bestSimple())
        .hasValueSatisfying(name -> assertThat(name).startsWith("personal"));
    assertThat(judge.skill()).isCloseTo((2 / 3.0) / (5 / 6.0) - 1, within(1e-9));
    assertThat(judge.skillError()).isPositive();
    Evaluation.Paired beside = judge.beside("v1");
    assertThat(beside.version()).isEqualTo("v1");
    assertThat(beside.gain()).isCloseTo(0, within(1e-9));
    // Bought before: 4, which only the list without rules has. Never before: 1 and 7, then 2.
    assertThat(recall(judge, "published", "repeat")).contains(0.0);
    assertThat(recall(judge, "without_rules", "repeat")).contains(1.0);
    assertThat(recall(judge, "published", "explore")).contains((1 / 2.0 + 1) / 2);
    assertThat(recall(judge, "popularity", "explore")).contains((1 / 2.0 + 1) / 2);
    assertThat(recall(judge, "published", "new_customers")).as("two visits are few").isPresent();
    // 1, 2, 5 and 6 of the nine products offered.
    assertThat(value(judge, "published", "all", "catalogue_coverage")).contains(4 / 9.0);
    assertThat(judge.metrics())
        .filteredOn(metric -> metric.name().equals("recall@20"))
        .filteredOn(Metric::baseline)
        .extracting(Metric::candidate)
        .contains("popularity", "personal_frequency")
        .doesNotContain("published", "without_rules", "former_version");
  }

  @Test
  void aListWithHitsBesideSimpleOnesWithoutAnyIsAWholeBetter() {
    HoldoutJudge judge = new HoldoutJudge(knowledge, rules(4, true, 9), 4);
    CandidateFinder finder = new CandidateFinder(knowledge);
    PurchaseHistory regular = SmallShop.history("r", new int[][] {{990, 0}, {992, 1}, {994, 2}});
    Candidates candidates = finder.find(regular);
    float[] scores = new float[candidates.size()];
    scores[candidates.row(9)] = 1;
    judge.add(candidates, scores, null, finder.own(), new int[] {9});
    assertThat(judge.skill()).isEqualTo(1);
    assertThat(recall(judge, "former_version", "all")).isEmpty();
    assertThat(recall(judge, "published", "new_customers")).as("three visits").isEmpty();
  }

  private static Optional<Double> recall(HoldoutJudge judge, String list, String scope) {
    return value(judge, list, scope, "recall@20");
  }

  private static Optional<Double> value(
      HoldoutJudge judge, String list, String scope, String name) {
    return judge.metrics().stream()
        .filter(metric -> metric.candidate().equals(list) && metric.scope().equals(scope))
        .filter(metric -> metric.name().equals(name))
        .map(Metric::value)
        .findFirst();
  }

  private static Date day(int day) {
    return Date.valueOf(LocalDate.ofEpochDay(day));
  }
}
