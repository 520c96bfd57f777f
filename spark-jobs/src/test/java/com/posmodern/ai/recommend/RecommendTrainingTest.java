package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static com.posmodern.ai.recommend.TasteWorld.AS_OF;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.FeatureSettings;
import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.features.PurchaseInteractions;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import com.posmodern.ai.recommend.RecommendTraining.Fitted;
import com.posmodern.ai.recommend.Recommendations.Model;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One training on a world of planted taste, looked at from every side. */
class RecommendTrainingTest {
  private static final int CUSTOMERS = 200;
  private static final RecommendSettings SETTINGS = TestSettings.of(TestSettings.RULES);
  private static final String NEW_PRODUCT = TasteWorld.product(TasteWorld.PRODUCTS);

  private static Dataset<Row> sales;
  private static TrainingData data;
  private static Evaluation evaluation;
  private static ModelParameters parameters;
  private static Fitted fitted;
  private static Dataset<Row> interactions;
  private static Dataset<Row> catalogue;
  private static Dataset<Row> lists;

  @BeforeAll
  static void train() {
    sales = TasteWorld.sales(CUSTOMERS).cache();
    data = data(sales);
    parameters = RecommendTraining.search(data, SETTINGS, step -> {});
    evaluation = RecommendTraining.evaluate(data, parameters, SETTINGS);
    interactions = interactions(AS_OF).cache();
    catalogue = catalogue(AS_OF).cache();
    Fitted lazy = RecommendTraining.fit(data, parameters, catalogue, SETTINGS);
    fitted = new Fitted(lazy.customers().cache(), lazy.products().cache());
    lists = recommend(fitted, SETTINGS).cache();
  }

  @AfterAll
  static void close() {
    data.close();
    List.of(sales, interactions, catalogue, fitted.customers(), fitted.products(), lists)
        .forEach(Dataset::unpersist);
  }

  @Test
  void hasNoObstacle() {
    assertThat(data.obstacle(SETTINGS)).isEmpty();
  }

  @Test
  void alsBeatsPopularityWhereTasteIsPlanted() {
    assertThat(metric("als", "recall@20")).isGreaterThan(1.5 * metric("popularity", "recall@20"));
  }

  @Test
  void theBlendIsNoWorseThanItsParts() {
    assertThat(metric("blend", "recall@20"))
        .isGreaterThan(metric("als", "recall@20"))
        .isGreaterThan(metric("personal_frequency", "recall@20"));
    double best =
        Math.max(metric("popularity", "recall@20"), metric("personal_frequency", "recall@20"));
    assertThat(evaluation.skill()).isEqualTo(metric("blend", "recall@20") / best - 1);
  }

  @Test
  void evaluationHasEveryMetricOfEveryCandidateAndMarksTheBaselines() {
    assertThat(evaluation.metrics())
        .hasSize(4 * 6)
        .allSatisfy(
            metric -> {
              assertThat(metric.value()).isBetween(0.0, 1.0);
              assertThat(metric.baseline())
                  .isEqualTo(
                      List.of("popularity", "personal_frequency").contains(metric.candidate()));
            });
  }

  @Test
  void theRegistryGivesTheParametersBack() {
    assertThat(ModelParameters.from(evaluation.parameters())).isEqualTo(parameters);
  }

  @Test
  void listsComeMostlyFromTheCustomersOwnGroup() {
    List<Row> rows = lists.where(col(RANK).leq(5)).collectAsList();
    long own =
        rows.stream()
            .filter(
                row ->
                    TasteWorld.groupOfCustomer(number(row.getAs(CUSTOMER_ID)))
                        == TasteWorld.groupOfProduct(number(row.getAs(PRODUCT_ID))))
            .count();
    assertThat((double) own / rows.size()).isGreaterThan(0.9);
  }

  @Test
  void keepsTheRulesAndExplainsEveryRow() {
    assertThat(lists.groupBy(CUSTOMER_ID).count().where("count <> 20").count()).isZero();
    Dataset<Row> perCategory =
        lists.join(catalogue, PRODUCT_ID).groupBy(CUSTOMER_ID, CATEGORY).count();
    assertThat(perCategory.where("count > 5").count()).isZero();
    Map<String, Long> reasons =
        lists.groupBy(REASON).count().collectAsList().stream()
            .collect(toMap(row -> row.getString(0), row -> row.getLong(1)));
    assertThat(reasons.keySet())
        .contains("bought_often", "similar_taste", "new_for_you")
        .isSubsetOf("bought_often", "similar_taste", "new_for_you", "goes_with_purchases");
    Dataset<Row> often =
        lists
            .where(col(REASON).equalTo("bought_often"))
            .join(interactions, new String[] {CUSTOMER_ID, PRODUCT_ID}, "left")
            .where("purchases IS NULL OR purchases < 2");
    assertThat(often.count()).isZero();
  }

  @Test
  void canLeaveOutWhatWasBought() {
    RecommendSettings unbought = TestSettings.of(new RecommendSettings.Rules(true, 20, 28, 28));
    Dataset<Row> fresh = recommend(fitted, unbought).cache();
    assertThat(fresh.count()).isPositive();
    assertThat(
            fresh.join(interactions, new String[] {CUSTOMER_ID, PRODUCT_ID}, "left_semi").count())
        .isZero();
  }

  @Test
  void newProductsBorrowTheFactorsOfTheirCategory() {
    Row borrowed = fitted.products().where(col(PRODUCT_ID).equalTo(NEW_PRODUCT)).first();
    assertThat(borrowed.<Boolean>getAs(FROM_CONTENT)).isTrue();
    List<Float> factors = borrowed.getList(1);
    assertThat(factors).hasSize(6).anyMatch(factor -> factor != 0);
    assertThat(fitted.products().where("NOT from_content").count())
        .isEqualTo(sales.select(PRODUCT_ID).distinct().count());
  }

  @Test
  void customersWithoutAListGetThePopularProducts() {
    Dataset<Row> popular = PopularProducts.of(sales, catalogue, Optional.empty(), AS_OF, SETTINGS);
    Dataset<Row> everybody =
        lists
            .select(CUSTOMER_ID)
            .union(sales.sparkSession().range(1).select(lit("stranger")))
            .distinct();
    List<Row> rows =
        Recommendations.popular(everybody, lists, popular, SETTINGS).sort(RANK).collectAsList();
    assertThat(rows)
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs(CUSTOMER_ID)).isEqualTo("stranger");
              assertThat(row.<String>getAs(REASON)).isEqualTo("popular");
            });
  }

  @Test
  void theSameSeedGivesTheSameLists() {
    Fitted again = RecommendTraining.fit(data, parameters, catalogue, SETTINGS);
    assertThat(recommend(again, SETTINGS).exceptAll(lists).count()).isZero();
  }

  @Test
  void interactionsEqualTheFeatureOfTheSameDateAndHalfLife() {
    Dataset<Row> own = keyed(data);
    Dataset<Row> feature = interactions(data.cutoff()).select(CUSTOMER_ID, PRODUCT_ID, CONFIDENCE);
    assertThat(own.count()).isEqualTo(feature.count());
    assertThat(
            own.withColumnRenamed(CONFIDENCE, "other")
                .join(feature, new String[] {CUSTOMER_ID, PRODUCT_ID})
                .where("abs(other - confidence) < 1e-6")
                .count())
        .isEqualTo(feature.count());
  }

  @Test
  void theHoldoutDoesNotReachTheModelUnderJudgement() {
    Dataset<Row> before = sales.where(col(BUSINESS_DATE).leq(lit(data.cutoff())));
    try (TrainingData blind = data(before)) {
      assertThat(keyed(blind).exceptAll(keyed(data)).count()).isZero();
      assertThat(keyed(data).exceptAll(keyed(blind)).count()).isZero();
      assertThat(blind.obstacle(SETTINGS))
          .hasValueSatisfying(why -> assertThat(why).contains("no known customers bought"));
    }
  }

  @Test
  void refusesTooFewCustomersWithTheReason() {
    try (TrainingData few = data(sales.where(col(CUSTOMER_ID).lt(TasteWorld.customer(5))))) {
      assertThat(few.obstacle(SETTINGS))
          .hasValueSatisfying(why -> assertThat(why).contains("fewer than minimum_customers 10"));
    }
    try (TrainingData none = data(sales.withColumn(CUSTOMER_ID, lit(null).cast("string")))) {
      assertThat(none.obstacle(SETTINGS)).isPresent();
    }
  }

  private static Dataset<Row> recommend(Fitted factors, RecommendSettings settings) {
    Model model =
        new Model(
            data.customerIndex(),
            data.productIndex(),
            factors.customers(),
            factors.products(),
            parameters.blend());
    return Recommendations.personal(model, interactions, catalogue, Optional.empty(), settings);
  }

  private static TrainingData data(Dataset<Row> lines) {
    LocalDate cutoff = TrainingData.cutoff(AS_OF, SETTINGS);
    return new TrainingData(lines, 90, catalogue(cutoff), AS_OF, SETTINGS);
  }

  private static Dataset<Row> keyed(TrainingData training) {
    return Interactions.confidence(training.daily(), training.cutoff(), 90)
        .join(training.customerIndex(), CUSTOMER_INDEX)
        .join(training.productIndex(), PRODUCT_INDEX)
        .select(CUSTOMER_ID, PRODUCT_ID, CONFIDENCE);
  }

  private static Dataset<Row> interactions(LocalDate asOf) {
    return PurchaseInteractions.of(sales, Optional.empty(), new FeatureSettings(28, 90), asOf);
  }

  private static Dataset<Row> catalogue(LocalDate asOf) {
    return Catalogue.of(
        TasteWorld.products(),
        ProductLife.of(sales, asOf),
        Optional.empty(),
        asOf,
        SETTINGS.rules());
  }

  private static double metric(String candidate, String name) {
    return new ArrayList<>(evaluation.metrics())
        .stream()
            .filter(m -> m.candidate().equals(candidate) && m.name().equals(name))
            .mapToDouble(Metric::value)
            .sum();
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }
}
