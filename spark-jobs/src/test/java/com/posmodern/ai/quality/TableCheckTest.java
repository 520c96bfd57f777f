package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.quality.SourceRows.LENIENT;
import static com.posmodern.ai.quality.SourceRows.STRICT;
import static com.posmodern.ai.quality.SourceRows.product;
import static com.posmodern.ai.quality.SourceRows.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Rule.Scope;
import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.SparkTest;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class TableCheckTest {

  @Test
  void rulesAreCountedInTheirScopeAndANullBreaksThem() {
    Dataset<Row> rows =
        SparkTest.session()
            .sql(
                "SELECT * FROM VALUES (1, true), (-1, true), (NULL, true), (-5, false) AS t(n, s)");
    List<ScopedRule> rules =
        List.of(
            new ScopedRule(rule("own", Severity.ERROR, "n > 0", 0.7), "s"),
            new ScopedRule(rule("default", Severity.WARNING, "n > 0", Double.NaN), "true"),
            new ScopedRule(
                new Rule("sum", Scope.TABLE, Severity.ERROR, "sum(n) = -5", Double.NaN, ""),
                "true"),
            new ScopedRule(
                new Rule("none", Scope.TABLE, Severity.ERROR, "min(n) > 0", Double.NaN, ""),
                "true"));
    List<RuleResult> results =
        RuleCheck.check(Table.PRODUCTS, RuleBits.judged(rows, rules), rules, 0.5);
    assertThat(results)
        .containsExactly(
            new RuleResult(Table.PRODUCTS, "own", Severity.ERROR, 3, 2, 2.0 / 3, 0.7),
            new RuleResult(Table.PRODUCTS, "default", Severity.WARNING, 4, 3, 0.75, 0.5),
            new RuleResult(Table.PRODUCTS, "sum", Severity.ERROR, 4, 0, 0, 0),
            new RuleResult(Table.PRODUCTS, "none", Severity.ERROR, 4, 4, 1, 0));
    assertThat(results.stream().map(RuleResult::passed)).containsExactly(true, false, true, false);
    assertThat(results.stream().map(RuleResult::stops)).containsExactly(false, false, false, true);
  }

  private static NightRules nightOfOneStore() {
    return new NightRules(
        LocalDate.of(2026, 6, 30),
        SourceRows.of(Table.STORES, List.of(store("S1", "UTC"))),
        5,
        Set.of("A"));
  }

  private static Rule rule(String name, Severity severity, String expression, double tolerance) {
    return new Rule(name, Scope.ROW, severity, expression, tolerance, "");
  }

  @Test
  void resultsHaveTheContractsShape() {
    RuleResult result = new RuleResult(Table.PRODUCTS, "r", Severity.ERROR, 3, 2, 0.6, 0.7);
    Dataset<Row> rows = RuleResult.toRows(SparkTest.session(), List.of(result));
    List<String> expected =
        new java.util.ArrayList<>(Contracts.of(Table.QUALITY_RESULTS).columnNames());
    expected.remove(Columns.AS_OF_DATE);
    assertThat(rows.columns()).containsExactlyElementsOf(expected);
    assertThat(rows.first())
        .isEqualTo(RowFactory.create("products", "r", "error", 3L, 2L, 0.6, 0.7, true));
  }

  @Test
  void anEmptyTableStops() {
    TableCheck check =
        TableCheck.of(Table.PRODUCTS, SourceRows.of(Table.PRODUCTS, List.of()), LENIENT);
    assertThatThrownBy(check::requirePassed)
        .isInstanceOf(PosException.class)
        .hasMessageContaining("source.products: rule not_empty is broken");
  }

  @Test
  void aStoreInAnUnknownZoneAndASecondRowOfAKeyAreRefused() {
    Dataset<Row> stores =
        SourceRows.of(
            Table.STORES,
            List.of(
                store("S1", "America/Sao_Paulo"),
                store("S2", "America/Sao_Paolo"),
                store("S3", "UTC"),
                store("S3", "UTC"),
                store("S3", "Mars/Olympus")));
    TableCheck check = TableCheck.of(Table.STORES, stores, LENIENT);
    assertThat(
            check.quarantined().collectAsList().stream()
                .map(row -> row.getAs(ROW_KEY) + " " + row.getList(row.fieldIndex(REASONS))))
        .containsExactlyInAnyOrder(
            "S2 [time_zone_known]", "S3 [duplicate_key]", "S3 [time_zone_known]");
    assertThat(
            ValidRows.of(Table.STORES, stores)
                .select(STORE_ID)
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder("S1", "S3");
  }

  @Test
  void stockOfAnUnknownStoreAndOrdersLongOverdueAreRefusedAndTheNightGoesOn() {
    NightRules night = nightOfOneStore();
    TableCheck stock =
        TableCheck.of(
            Table.INVENTORY_DAILY,
            SourceRows.of(
                Table.INVENTORY_DAILY, List.of(stock("S1", 4), stock("S1", -3), stock("S9", 4))),
            night,
            STRICT);
    TableCheck orders =
        TableCheck.of(
            Table.STOCK_ON_ORDER,
            SourceRows.of(
                Table.STOCK_ON_ORDER,
                List.of(
                    onOrder("P1", "2026-07-02", 5, null),
                    onOrder("P2", "2026-06-29", 5, null),
                    onOrder("P3", "2026-06-02", 5, null),
                    onOrder("P4", "2026-06-02", 5, "2026-06-03"),
                    onOrder("P5", "2026-07-02", 0, null))),
            night,
            STRICT);

    stock.requirePassed();
    orders.requirePassed();

    assertThat(reasons(stock)).containsExactly("S9/P1/2026-06-30 [unknown_store]");
    assertThat(stock.warnings().stream().map(RuleResult::rule))
        .containsExactly("on_hand_not_negative");
    assertThat(reasons(orders))
        .containsExactlyInAnyOrder(
            "S1/P3/2026-06-02 [expected_in_the_past]", "S1/P5/2026-07-02 [quantity_positive]");
    assertThat(orders.warnings().stream().map(RuleResult::rule)).containsExactly("overdue");
  }

  @Test
  void supplyTermsThatCannotHoldAreRefusedEachWithItsReasonAndTheNightGoesOn() {
    NightRules night = nightOfOneStore();
    TableCheck check =
        TableCheck.of(
            Table.SUPPLY_TERMS,
            SourceRows.of(
                Table.SUPPLY_TERMS,
                List.of(
                    terms("P1", "ALL", 2, "MON,THU", 6, "A"),
                    terms("P2", "ALL", 2, " ", 6, "A"),
                    terms("P3", "ALL", 2, "MON;THU", 6, "A"),
                    terms("P4", "ALL", 0, "MON", 6, "A"),
                    terms("P5", "ALL", -1, "MON", 0, "A"),
                    terms("P6", "S9", 2, "MON", 6, "A"),
                    terms("P7", "S1", 2, null, null, "Z"))),
            night,
            STRICT);

    check.requirePassed();

    assertThat(reasons(check))
        .containsExactlyInAnyOrder(
            "P2/ALL/ALL [some_order_day]",
            "P3/ALL/ALL [order_days_known]",
            "P4/ALL/ALL [lead_time_positive]",
            "P5/ALL/ALL [lead_time_positive, pack_size_positive]",
            "P6/S9/ALL [unknown_store]");
    assertThat(check.warnings().stream().map(RuleResult::rule))
        .containsExactly("service_class_known");
  }

  private static Row terms(
      String product, String store, Integer lead, String days, Integer pack, String serviceClass) {
    return RowFactory.create(
        product,
        store,
        "ALL",
        lead,
        null,
        days,
        pack,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        serviceClass);
  }

  private static List<String> reasons(TableCheck check) {
    return check.quarantined().collectAsList().stream()
        .map(row -> row.getAs(ROW_KEY) + " " + row.getList(row.fieldIndex(REASONS)))
        .toList();
  }

  private static Row stock(String store, int units) {
    return RowFactory.create(
        store, "P1", Date.valueOf("2026-06-30"), BigDecimal.valueOf(units), false);
  }

  private static Row onOrder(String product, String expected, int units, String received) {
    return RowFactory.create(
        "S1",
        product,
        Date.valueOf(expected),
        BigDecimal.valueOf(units),
        null,
        received == null ? null : Date.valueOf(received));
  }

  @Test
  void theRemedyCanBeFollowedForTheRuleThatIsBroken() {
    assertThat(refusal(Table.SALES_LINES, "unknown_product"))
        .contains("discontinued_on", "quality.default_tolerance")
        .doesNotContain("lake-schemas");
    assertThat(refusal(Table.PROMOTIONS, "ends_after_start"))
        .contains("the tolerance of ends_after_start in lake-schemas/source/promotions.yaml");
    assertThat(refusal(Table.PRODUCTS, "not_empty"))
        .contains("Load the table again")
        .doesNotContain("tolerance of");
  }

  private static String refusal(Table table, String rule) {
    RuleResult broken = new RuleResult(table, rule, Severity.ERROR, 10, 5, 0.5, 0.02);
    TableCheck check =
        new TableCheck(table, List.of(broken), SourceRows.of(Table.QUARANTINE, List.of()));
    return org.assertj.core.api.Assertions.catchThrowable(check::requirePassed).getMessage();
  }

  @Test
  void soundRowsOfAKeyDoNotDependOnTheirOrder() {
    List<Row> rows = List.of(product("P1", "2024-05-05"), product("P1", null), product(null, null));
    List<Row> forwards =
        ValidRows.of(Table.PRODUCTS, SourceRows.of(Table.PRODUCTS, rows)).collectAsList();
    List<Row> backwards =
        ValidRows.of(
                Table.PRODUCTS,
                SourceRows.of(Table.PRODUCTS, List.of(rows.get(2), rows.get(1), rows.get(0))))
            .collectAsList();
    assertThat(forwards).hasSize(1).isEqualTo(backwards);
    assertThat(forwards.get(0).<String>getAs(PRODUCT_ID)).isEqualTo("P1");
  }

  @Test
  void personalColumnsAreMaskedAndAMaskedKeyIsNoKey() {
    Dataset<Row> customers =
        SourceRows.of(
            Table.CUSTOMERS,
            List.of(
                RowFactory.create(
                    "C77",
                    "Ana Souza",
                    "ana@example.com",
                    null,
                    Date.valueOf("1990-04-03"),
                    "S1",
                    null,
                    true,
                    null,
                    "7712345")));
    Row row =
        TableCheck.of(Table.CUSTOMERS, customers, LENIENT).quarantined().collectAsList().get(0);
    assertThat(row.<String>getAs(ROW_JSON) + row.<String>getAs(ROW_KEY))
        .contains("\"full_name\":\"***\"", "\"phone\":null", "\"home_store_id\":\"S1\"")
        .doesNotContain("C77", "Ana", "example", "1990", "7712345");
  }
}
