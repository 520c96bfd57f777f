package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.*;
import static com.posmodern.ai.features.AcceptedRows.accepted;
import static com.posmodern.ai.features.AcceptedRows.customer;
import static com.posmodern.ai.features.AcceptedRows.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.FeatureSettings;
import com.posmodern.ai.config.PrivacySettings.LegalBasis;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.AcceptedRows.Sale;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Customer features and purchase interactions, of the same handful of receipts. */
class CustomerFeaturesTest {
  private static final LocalDate AS_OF = LocalDate.of(2024, 3, 10);
  private static final FeatureSettings SETTINGS = new FeatureSettings(28, 10, 365);

  /** Monday 4, Saturday 9 and Sunday 10 March 2024. */
  private static final List<Sale> SALES =
      List.of(
          Sale.of("1", "MILK", "2024-02-29", 2).by("ANA").at(9),
          Sale.of("1", "MILK", "2024-02-29", 1).by("ANA").at(9),
          Sale.of("1", "SOAP", "2024-02-29", 1).by("ANA").at(9).priced(20.0, 5.0, "PROMO"),
          Sale.of("2", "MILK", "2024-03-04", 1).by("ANA").at(9).in("S2"),
          Sale.of("3", "BREAD", "2024-03-09", 1).by("ANA").at(18).in("S2").through("online"),
          Sale.of("4", "SOAP", "2024-03-10", -1).by("ANA").priced(20.0, 5.0, null),
          Sale.of("5", "MILK", "2024-03-10", 1),
          Sale.of("6", "MILK", "2024-03-10", 1).by("NO CONSENT"),
          Sale.of("7", "MILK", "2024-03-10", 1).by("UNDECIDED"),
          Sale.of("8", "MILK", "2024-03-10", 1).by("NOT IN THE TABLE"),
          Sale.of("9", "MILK", "2024-03-10", -1).by("ONLY RETURNS"));

  private static final List<Row> PRODUCTS =
      List.of(
          product("MILK", "Dairy", "Food", null),
          product("BREAD", "Bakery", "Food", null),
          product("SOAP", "Soaps", "Home", null));

  private static final List<Row> CUSTOMERS =
      List.of(
          customer("ANA", true),
          customer("NO CONSENT", false),
          customer("UNDECIDED", null),
          customer("ONLY RETURNS", true));

  private static Dataset<Row> features(List<Sale> sales) {
    return CustomerFeatures.of(
        accepted(sales),
        AcceptedRows.of(Table.PRODUCTS, PRODUCTS),
        profiling(),
        AS_OF,
        SETTINGS.customerWindowDays(),
        List.of());
  }

  private static Dataset<Row> interactions(List<Sale> sales) {
    return PurchaseInteractions.of(accepted(sales), profiling(), SETTINGS, AS_OF);
  }

  private static Profiling profiling() {
    return new Profiling(
        LegalBasis.LEGITIMATE_INTEREST, Optional.of(AcceptedRows.of(Table.CUSTOMERS, CUSTOMERS)));
  }

  private static List<String> customers(Dataset<Row> lines) {
    return lines.select(CUSTOMER_ID).distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void whoIsProfiledDependsOnTheLegalBasisAndFailsClosed() {
    Dataset<Row> lines = accepted(SALES);
    Profiling consent = new Profiling(LegalBasis.CONSENT, profiling().customers());
    assertThat(customers(consent.allowed(lines))).containsExactlyInAnyOrder("ANA", "ONLY RETURNS");
    assertThat(customers(consent.refused(lines)))
        .containsExactlyInAnyOrder("NO CONSENT", "UNDECIDED", "NOT IN THE TABLE");
    Profiling noTable = new Profiling(LegalBasis.CONSENT, Optional.empty());
    assertThat(customers(noTable.allowed(lines))).isEmpty();
    assertThat(customers(noTable.refused(lines))).hasSize(5);
    assertThat(customers(profiling().allowed(lines).where("customer_id IS NOT NULL")))
        .containsExactlyInAnyOrder("ANA", "ONLY RETURNS", "NOT IN THE TABLE");
    assertThat(customers(profiling().refused(lines)))
        .containsExactlyInAnyOrder("NO CONSENT", "UNDECIDED");
    Dataset<Row> twice =
        AcceptedRows.of(Table.CUSTOMERS, List.of(customer("ANA", true), customer("ANA", false)));
    assertThat(customers(new Profiling(LegalBasis.CONSENT, Optional.of(twice)).allowed(lines)))
        .isEmpty();
  }

  @Test
  void plantedCustomer() {
    Map<String, Row> customers =
        features(SALES).collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getAs(CUSTOMER_ID), Function.identity()));
    assertThat(customers.keySet()).containsExactlyInAnyOrder("ANA", "NOT IN THE TABLE");
    Row ana = customers.get("ANA");
    assertThat(ana.<Double>getAs(RECENCY)).isEqualTo(1.0);
    assertThat(ana.<Double>getAs(TENURE)).isEqualTo(10.0);
    assertThat(ana.<Double>getAs(FREQUENCY)).isEqualTo(3.0);
    assertThat(ana.<Double>getAs(MONETARY_VALUE)).isEqualTo(30.0 + 15 + 10 + 10 - 15);
    assertThat(ana.<Double>getAs(BASKET_VALUE)).isCloseTo(65.0 / 3, within(1e-9));
    assertThat(ana.<Double>getAs(BASKET_SIZE)).isCloseTo(5.0 / 3, within(1e-9));
    assertThat(ana.<Double>getAs(DISTINCT_PRODUCTS)).isEqualTo(3.0);
    assertThat(ana.<Integer>getAs(PREFERRED_HOUR)).isEqualTo(9);
    assertThat(ana.<Integer>getAs(PREFERRED_DAY)).as("a tie goes to the earlier").isEqualTo(1);
    assertThat(ana.<Double>getAs(MEAN_HOUR)).isEqualTo(12.0);
    assertThat(ana.<Double>getAs(WEEKEND_SHARE)).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(ana.<Double>getAs(DISCOUNT_SHARE)).isCloseTo(5.0 / 70, within(1e-9));
    assertThat(ana.<Double>getAs(PROMOTION_SHARE)).isCloseTo(1.0 / 5, within(1e-9));
    assertThat(ana.<Double>getAs(ONLINE_SHARE)).isCloseTo(1.0 / 3, within(1e-9));
    assertThat(ana.<Double>getAs(RETURN_SHARE)).isCloseTo(1.0 / 6, within(1e-9));
    assertThat(ana.<String>getAs(PREFERRED_STORE_ID)).isEqualTo("S2");
    assertThat(ana.<String, Double>getJavaMap(ana.fieldIndex(CATEGORY_SHARES)))
        .isEqualTo(Map.of("Dairy", 0.6, "Bakery", 0.2, "Soaps", 0.2));
    assertThat(ana.<String, Double>getJavaMap(ana.fieldIndex(DEPARTMENT_SHARES)))
        .isEqualTo(Map.of("Food", 0.8, "Home", 0.2));
  }

  /** Ana's receipts of 29 February and 4 March are out of a window of five days. */
  @Test
  void habitsAreThoseOfTheWindow() {
    Row ana = only(window(5, List.of()), "ANA");
    assertThat(ana.<Double>getAs(TENURE)).isEqualTo(10.0);
    assertThat(ana.<Double>getAs(RECENCY)).isEqualTo(1.0);
    assertThat(ana.<Double>getAs(FREQUENCY)).isEqualTo(1.0);
    assertThat(ana.<Double>getAs(MONETARY_VALUE)).isEqualTo(10.0 - 15);
    assertThat(ana.<Double>getAs(ONLINE_SHARE)).isEqualTo(1.0);
    assertThat(ana.<String, Double>getJavaMap(ana.fieldIndex(CATEGORY_SHARES)))
        .isEqualTo(Map.of("Bakery", 1.0));
  }

  @Test
  void whoHasNotComeForLongerIsKnownWithoutHabits() {
    Row ana = only(window(1, List.of()), "ANA");
    assertThat(ana.<Double>getAs(RECENCY)).isEqualTo(1.0);
    assertThat(ana.<Double>getAs(FREQUENCY)).isZero();
    assertThat(ana.<Double>getAs(BASKET_VALUE)).isNull();
    assertThat(ana.<Double>getAs(DISCOUNT_SHARE)).isNull();
    assertThat(ana.<String, Double>getJavaMap(ana.fieldIndex(DEPARTMENT_SHARES))).isEmpty();
  }

  @Test
  void excludedCategoriesAreInNoShare() {
    Row ana = only(window(365, List.of("Dairy")), "ANA");
    assertThat(ana.<String, Double>getJavaMap(ana.fieldIndex(DEPARTMENT_SHARES)))
        .isEqualTo(Map.of("Food", 0.5, "Home", 0.5));
    assertThat(ana.<String, Double>getJavaMap(ana.fieldIndex(CATEGORY_SHARES)))
        .doesNotContainKey("Dairy");
    assertThat(ana.<Double>getAs(MONETARY_VALUE)).as("amounts are of everything").isEqualTo(50.0);
  }

  @Test
  void nextPurchasesAreThoseOfTheDaysAfter() {
    Dataset<Row> customers = features(SALES).select(CUSTOMER_ID);
    Row ana =
        only(
            NextPurchases.joined(
                customers,
                accepted(SALES),
                AcceptedRows.of(Table.PRODUCTS, PRODUCTS),
                LocalDate.of(2024, 3, 3),
                AS_OF,
                "spend",
                "lines"),
            "ANA");
    assertThat(ana.<Double>getAs("spend")).isEqualTo(10.0 + 10 - 15);
    assertThat(ana.<String, Double>getJavaMap(ana.fieldIndex("lines")))
        .isEqualTo(Map.of("Dairy", 1.0, "Bakery", 1.0));
  }

  private static Dataset<Row> window(int days, List<String> excluded) {
    return CustomerFeatures.of(
        accepted(SALES),
        AcceptedRows.of(Table.PRODUCTS, PRODUCTS),
        profiling(),
        AS_OF,
        days,
        excluded);
  }

  private static Row only(Dataset<Row> rows, String customer) {
    return rows.where(rows.col(CUSTOMER_ID).equalTo(customer)).collectAsList().get(0);
  }

  @Test
  void plantedInteractions() {
    Map<String, Row> pairs =
        interactions(SALES).collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row -> row.getAs(CUSTOMER_ID) + " " + row.getAs(PRODUCT_ID),
                    Function.identity()));
    assertThat(pairs.keySet())
        .containsExactlyInAnyOrder("ANA MILK", "ANA SOAP", "ANA BREAD", "NOT IN THE TABLE MILK");
    Row milk = pairs.get("ANA MILK");
    assertThat(milk.<Long>getAs(PURCHASES)).isEqualTo(2L);
    assertThat(milk.<Date>getAs(LAST_PURCHASED_ON)).isEqualTo(Date.valueOf("2024-03-04"));
    assertThat(milk.<Double>getAs(CONFIDENCE))
        .as("ten days are one half-life, six days are not")
        .isCloseTo(0.5 + Math.pow(2, -0.6), within(1e-8));
    assertThat(pairs.get("NOT IN THE TABLE MILK").<Double>getAs(CONFIDENCE)).isEqualTo(1.0);
  }

  @Test
  void anAnonymousLakeGivesEmptyTablesOfTheContractsTypes() {
    List<Sale> anonymous = SALES.stream().map(sale -> sale.by(null)).toList();
    assertThat(features(anonymous).collectAsList()).isEmpty();
    assertThat(interactions(anonymous).collectAsList()).isEmpty();
    assertThat(types(features(anonymous).schema())).isEqualTo(types(Table.CUSTOMER_FEATURES));
    assertThat(types(interactions(anonymous).schema()))
        .isEqualTo(types(Table.PURCHASE_INTERACTIONS));
  }

  private static Map<String, String> types(StructType schema) {
    return java.util.Arrays.stream(schema.fields())
        .collect(Collectors.toMap(f -> f.name(), f -> f.dataType().catalogString()));
  }

  private static Map<String, String> types(Table table) {
    return Contracts.of(table).columns().stream()
        .filter(column -> !column.name().equals(AS_OF_DATE))
        .collect(Collectors.toMap(ContractColumn::name, column -> catalogString(column.type())));
  }

  private static String catalogString(DataType type) {
    return type.catalogString();
  }
}
