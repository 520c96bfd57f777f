package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static com.posmodern.ai.recommend.TasteWorld.AS_OF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.FeatureSettings;
import com.posmodern.ai.config.PrivacySettings.LegalBasis;
import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.features.PurchaseInteractions;
import com.posmodern.ai.model.Metric;
import com.posmodern.ai.recommend.rank.Assortment;
import com.posmodern.ai.recommend.rank.Exposures;
import com.posmodern.ai.recommend.rank.Histories;
import com.posmodern.ai.recommend.rank.PersonalLists;
import com.posmodern.ai.recommend.rank.Products;
import com.posmodern.ai.recommend.rank.RankerTraining;
import com.posmodern.ai.recommend.rank.RankerTraining.Trained;
import com.posmodern.ai.testing.SparkTest;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One training on a world of planted taste, looked at from every side. */
class RecommendTrainingTest {
  private static final RecommendSettings SETTINGS = TasteSettings.of(TasteSettings.RULES);
  private static final String NEW_PRODUCT = TasteWorld.product(TasteWorld.PRODUCTS);

  private static Dataset<Row> sales;
  private static Products products;
  private static Trained trained;
  private static List<Row> lists;

  @BeforeAll
  static void train() {
    sales = TasteWorld.sales(200).cache();
    products = Products.of(catalogue(AS_OF), stores());
    trained = train(sales, SETTINGS);
    lists = lists(sales, SETTINGS);
  }

  @Test
  void thePublishedListsBeatEverySimpleOneAndTheSkillSaysBySoMuch() {
    double best =
        trained.evaluation().metrics().stream()
            .filter(m -> m.baseline() && m.scope().equals(Metric.ALL))
            .filter(m -> m.name().equals("recall@20"))
            .mapToDouble(Metric::value)
            .max()
            .orElseThrow();
    double published = metric("published", Metric.ALL);
    assertThat(published).isGreaterThan(best);
    assertThat(trained.evaluation().skill()).isEqualTo(published / best - 1);
    assertThat(metric("published", "explore")).isGreaterThan(metric("popularity", "explore"));
    assertThat(metric("without_rules", Metric.ALL)).isPositive();
    assertThat(trained.rows()).isPositive();
  }

  @Test
  void everyListIsFullHoldsAProductOnceAndIsBestFirst() {
    for (int number = 0; number < 200; number++) {
      List<Row> list = of(TasteWorld.customer(number));
      assertThat(list).hasSize(20);
      assertThat(list).extracting(row -> row.<String>getAs(PRODUCT_ID)).doesNotHaveDuplicates();
      assertThat(list)
          .extracting(row -> row.<Double>getAs(SCORE))
          .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }
  }

  @Test
  void reasonsAreThePurchasesThatTheSalesHold() {
    List<Row> bought =
        sales
            .where(col(CUSTOMER_ID).equalTo("c0007"))
            .select(PRODUCT_ID, BUSINESS_DATE)
            .distinct()
            .collectAsList();
    for (Row row : of("c0007")) {
      List<Date> days =
          bought.stream()
              .filter(sale -> sale.getString(0).equals(row.<String>getAs(PRODUCT_ID)))
              .map(sale -> sale.getDate(1))
              .sorted()
              .toList();
      assertThat(row.<Long>getAs(PURCHASES)).isEqualTo(days.size());
      assertThat(row.<Boolean>getAs(BOUGHT_BEFORE)).isEqualTo(!days.isEmpty());
      if (!days.isEmpty()) {
        assertThat(row.<Date>getAs(FIRST_PURCHASED_ON)).isEqualTo(days.get(0));
        assertThat(row.<Date>getAs(LAST_PURCHASED_ON)).isEqualTo(days.get(days.size() - 1));
        assertThat(row.isNullAt(row.fieldIndex(DUE_ON))).isEqualTo(days.size() == 1);
        assertThat(row.isNullAt(row.fieldIndex(BECAUSE_PRODUCT_ID))).isTrue();
      }
    }
    assertThat(lists)
        .filteredOn(row -> "goes_with_purchases".equals(row.<String>getAs(REASON)))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.<String>getAs(BECAUSE_PRODUCT_ID)).isNotNull());
  }

  @Test
  void everyOfferHasASentenceToReadOut() {
    assertThat(lists)
        .allSatisfy(
            row -> {
              String english = row.getAs("reason_en");
              String brazilian = row.getAs("reason_pt_br");
              boolean again = row.<Boolean>getAs(BOUGHT_BEFORE);
              assertThat(english).startsWith(again ? "You have bought this o" : "New for you");
              assertThat(brazilian).startsWith(again ? "Você comprou " : "Novo para você");
              long days = row.<Long>getAs(PURCHASES);
              if (days > 1) {
                assertThat(english).contains("on " + days + " days since ");
              }
              if ("goes_with_purchases".equals(row.<String>getAs(REASON))) {
                assertThat(english).contains("goes with ");
              }
            });
  }

  @Test
  void whatNeedsAnAgeIsOfferedToThoseWhoseAgeIsKnown() {
    RecommendSettings byAge =
        TasteSettings.of(
            new RecommendSettings.Rules(false, 20, 28, 28, List.of(), List.of("category 1.0")));
    Set<String> withAge =
        IntStream.range(0, 100).mapToObj(TasteWorld::customer).collect(Collectors.toSet());
    List<Row> needingAge =
        lists(sales, byAge, withAge).stream()
            .filter(
                row -> {
                  int product = number(row.getAs(PRODUCT_ID));
                  return TasteWorld.groupOfProduct(product) == 1 && product % 3 == 0;
                })
            .toList();
    assertThat(needingAge)
        .isNotEmpty()
        .allMatch(row -> withAge.contains(row.<String>getAs(CUSTOMER_ID)));
  }

  @Test
  void whatIsDiscoveredComesMostlyFromTheCustomersOwnGroup() {
    List<Row> discovered =
        lists.stream()
            .filter(row -> !row.<Boolean>getAs(BOUGHT_BEFORE))
            .filter(row -> !row.<String>getAs(PRODUCT_ID).equals(NEW_PRODUCT))
            .toList();
    long own =
        discovered.stream()
            .filter(
                row ->
                    TasteWorld.groupOfCustomer(number(row.getAs(CUSTOMER_ID)))
                        == TasteWorld.groupOfProduct(number(row.getAs(PRODUCT_ID))))
            .count();
    // At most 15 of a list can be of the own group, and most of those were bought; by chance a
    // quarter.
    assertThat((double) own / discovered.size()).isGreaterThan(0.45);
  }

  @Test
  void canLeaveOutWhatWasBoughtAndExcludedCategories() {
    RecommendSettings strict =
        TasteSettings.of(
            new RecommendSettings.Rules(
                true, 20, 28, 28, List.of("category 0.0"), List.of("category 1.0")));
    Set<String> excluded = Set.of("category 0.0", "category 1.0");
    assertThat(lists(sales, strict))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.<Boolean>getAs(BOUGHT_BEFORE)).isFalse();
              int product = number(row.getAs(PRODUCT_ID));
              assertThat(excluded)
                  .doesNotContain(
                      "category %d.%d".formatted(TasteWorld.groupOfProduct(product), product % 3));
            });
  }

  @Test
  void theSameSeedGivesTheSameModelAndLists() {
    Trained again = train(sales, SETTINGS);
    assertThat(again.ranker()).hasValue(trained.ranker().orElseThrow());
    assertThat(again.evaluation()).isEqualTo(trained.evaluation());
    assertThat(lists(sales, SETTINGS)).isEqualTo(lists);
  }

  @Test
  void aVersionFromBeforeTheHoldoutIsJudgedOnTheSameCustomers() {
    // The kept version is the fixed blend, which the trained ranker has to beat or equal.
    RankerTraining.Former blend = new RankerTraining.Former("recommend-1", Optional.empty());
    Trained beside = train(sales, SETTINGS, Optional.of(blend));
    double former =
        beside.evaluation().metrics().stream()
            .filter(m -> m.candidate().equals("former_version") && m.scope().equals(Metric.ALL))
            .filter(m -> m.name().equals("recall@20"))
            .mapToDouble(Metric::value)
            .findFirst()
            .orElseThrow();
    assertThat(beside.evaluation().former())
        .hasValueSatisfying(
            paired -> {
              assertThat(paired.version()).isEqualTo("recommend-1");
              assertThat(paired.gain())
                  .isCloseTo(metric("published", Metric.ALL) / former - 1, within(1e-9));
              assertThat(paired.error()).isBetween(0.0, 0.1);
            });
    assertThat(beside.evaluation().skill()).isEqualTo(trained.evaluation().skill());
    assertThat(beside.evaluation().skillError()).isPositive();
    assertThat(trained.evaluation().former()).isEmpty();
  }

  @Test
  void whereThereIsLittleToLearnFromAPlainBlendRanks() {
    Trained blend = train(sales, TasteSettings.of(TasteSettings.RULES, 1_000_000));
    assertThat(blend.ranker()).isEmpty();
    assertThat(blend.evaluation().parameters()).containsEntry("method", "blend");
    assertThat(blend.evaluation().skill()).isGreaterThan(-0.05);
  }

  @Test
  void theHoldoutDoesNotReachTheModelUnderJudgement() {
    LocalDate cutoff = RankerTraining.cutoff(AS_OF, SETTINGS);
    Dataset<Row> before = sales.where(col(BUSINESS_DATE).leq(lit(cutoff)));
    try (Histories blind = new Histories(before, products, AS_OF, SETTINGS)) {
      assertThat(
              new RankerTraining(blind, Exposures.NONE, products, AS_OF, SETTINGS, step -> {})
                  .obstacle())
          .hasValueSatisfying(why -> assertThat(why).contains("no known customer bought"));
    }
    // Purchases of the holdout that no customer makes change nothing but what is relevant.
    Dataset<Row> other =
        before.unionByName(
            sales
                .where(col(BUSINESS_DATE).gt(lit(cutoff)))
                .withColumn(PRODUCT_ID, lit(TasteWorld.product(5))));
    double honest = metric("popularity", Metric.ALL);
    assertThat(train(other, SETTINGS).evaluation().metrics())
        .filteredOn(m -> m.candidate().equals("popularity") && m.scope().equals(Metric.ALL))
        .filteredOn(m -> m.name().equals("recall@20"))
        .allSatisfy(m -> assertThat(m.value()).isNotEqualTo(honest));
  }

  @Test
  void refusesTooFewCustomersWithTheReason() {
    Dataset<Row> few = sales.where(col(CUSTOMER_ID).lt(TasteWorld.customer(5)));
    try (Histories histories = new Histories(few, products, AS_OF, SETTINGS)) {
      assertThat(
              new RankerTraining(histories, Exposures.NONE, products, AS_OF, SETTINGS, step -> {})
                  .obstacle())
          .hasValueSatisfying(why -> assertThat(why).contains("fewer than minimum_customers 10"));
    }
  }

  @Test
  void newProductsBorrowTheFactorsOfTheirCategory() {
    Dataset<Row> interactions =
        PurchaseInteractions.of(
            sales,
            new Profiling(LegalBasis.LEGITIMATE_INTEREST, Optional.empty()),
            new FeatureSettings(28, 90, 365),
            AS_OF);
    try (TasteFactors factors =
        new TasteFactors(
            interactions,
            products.productIndex(sales.sparkSession()),
            catalogue(AS_OF),
            SETTINGS)) {
      Row borrowed = factors.products().where(col(PRODUCT_ID).equalTo(NEW_PRODUCT)).first();
      assertThat(borrowed.<Boolean>getAs(FROM_CONTENT)).isTrue();
      assertThat(borrowed.<Float>getList(1)).hasSize(6).anyMatch(factor -> factor != 0);
    }
  }

  @Test
  void customersWithoutPurchasesGetWhatIsPopularInTheirHomeStore() {
    Dataset<Row> popular =
        PopularProducts.of(sales, catalogue(AS_OF), Optional.empty(), AS_OF, SETTINGS);
    Dataset<Row> strangers =
        sales
            .sparkSession()
            .sql(
                "SELECT 'a' AS customer_id, 's1' AS home_store_id UNION"
                    + " SELECT 'b', 'elsewhere' UNION SELECT 'c', NULL");
    List<Row> rows = PopularLists.of(strangers, popular, 3).collectAsList();
    assertThat(rows).hasSize(9);
    assertThat(productsOf(rows, "a")).isEqualTo(listOf(popular, "s1"));
    assertThat(productsOf(rows, "b")).isEqualTo(listOf(popular, "ALL"));
    assertThat(productsOf(rows, "c")).isEqualTo(listOf(popular, "ALL"));
  }

  private static List<String> productsOf(List<Row> rows, String customer) {
    return rows.stream()
        .filter(row -> row.<String>getAs(CUSTOMER_ID).equals(customer))
        .sorted(Comparator.comparingInt(row -> row.<Integer>getAs(RANK)))
        .map(row -> row.<String>getAs(PRODUCT_ID))
        .toList();
  }

  private static List<String> listOf(Dataset<Row> popular, String store) {
    return popular.where(col(STORE_ID).equalTo(store)).sort(RANK).collectAsList().stream()
        .map(row -> row.<String>getAs(PRODUCT_ID))
        .toList();
  }

  private static Trained train(Dataset<Row> lines, RecommendSettings settings) {
    return train(lines, settings, Optional.empty());
  }

  private static Trained train(
      Dataset<Row> lines, RecommendSettings settings, Optional<RankerTraining.Former> former) {
    LocalDate cutoff = RankerTraining.cutoff(AS_OF, settings);
    try (Histories histories = new Histories(lines, products, AS_OF, settings)) {
      RankerTraining training =
          new RankerTraining(histories, Exposures.NONE, products, AS_OF, settings, step -> {});
      assertThat(training.obstacle()).isEmpty();
      return training.train(
          catalogue(cutoff), Assortment.of(lines, Optional.empty(), products, cutoff, 28), former);
    }
  }

  private static List<Row> lists(Dataset<Row> lines, RecommendSettings settings) {
    return lists(lines, settings, Set.of());
  }

  private static List<Row> lists(
      Dataset<Row> lines, RecommendSettings settings, Set<String> withAge) {
    Dataset<Row> ages =
        SparkTest.session()
            .createDataset(List.copyOf(withAge), Encoders.STRING())
            .toDF(CUSTOMER_ID);
    try (Histories histories = new Histories(lines, products, AS_OF, settings);
        PersonalLists personal =
            new PersonalLists(
                SparkTest.session(),
                histories,
                products,
                Assortment.of(lines, Optional.empty(), products, AS_OF, 28),
                trained.ranker(),
                settings.rules().excludedWithoutAge().isEmpty()
                    ? Optional.empty()
                    : Optional.of(ages),
                AS_OF,
                settings)) {
      return personal.rows().sort(CUSTOMER_ID, RANK).collectAsList();
    }
  }

  private static List<Row> of(String customer) {
    return lists.stream().filter(row -> row.<String>getAs(CUSTOMER_ID).equals(customer)).toList();
  }

  private static Dataset<Row> stores() {
    return SparkTest.session().sql("SELECT explode(array('s0', 's1')) AS store_id");
  }

  private static Dataset<Row> catalogue(LocalDate asOf) {
    return Catalogue.of(
        TasteWorld.products(),
        ProductLife.of(sales, asOf),
        Optional.empty(),
        asOf,
        SETTINGS.rules());
  }

  private static double metric(String candidate, String scope) {
    return trained.evaluation().metrics().stream()
        .filter(m -> m.candidate().equals(candidate) && m.scope().equals(scope))
        .filter(m -> m.name().equals("recall@20"))
        .mapToDouble(Metric::value)
        .sum();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }
}
