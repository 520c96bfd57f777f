package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.LOCAL_HOUR;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.quality.SourceRows.LENIENT;
import static com.posmodern.ai.quality.SourceRows.products;
import static com.posmodern.ai.quality.SourceRows.sales;
import static com.posmodern.ai.quality.SourceRows.stores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.quality.SourceRows.Line;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SalesCheckTest {
  private static final LocalDate AS_OF = LocalDate.of(2024, 3, 1);
  private static final String NOON = "2024-03-01T12:00:00Z";

  private record Checked(List<Row> accepted, List<Row> quarantined, List<RuleResult> results) {
    List<String> reasons(String key) {
      return quarantined.stream()
          .filter(row -> row.<String>getAs(ROW_KEY).equals(key))
          .flatMap(row -> row.<String>getList(row.fieldIndex(REASONS)).stream())
          .toList();
    }

    List<String> acceptedIds() {
      return accepted.stream().map(row -> row.<String>getAs(SALE_ID)).sorted().toList();
    }

    RuleResult result(String rule) {
      return results.stream().filter(r -> r.rule().equals(rule)).findFirst().orElseThrow();
    }
  }

  private static Checked check(LocalDate asOf, Dataset<Row> sales) {
    return check(asOf, sales, LENIENT);
  }

  private static Checked check(LocalDate asOf, Dataset<Row> sales, QualitySettings settings) {
    try (SalesCheck check = SalesCheck.of(sales, stores(), products(), asOf, settings)) {
      return new Checked(
          check.accepted().collectAsList(),
          check.outcome().quarantined().collectAsList(),
          check.outcome().results());
    }
  }

  private static Checked check(Line... lines) {
    return check(AS_OF, sales(List.of(lines)));
  }

  @Test
  void acceptedSalesHaveTheContractsShape() {
    List<String> expected = new ArrayList<>(Contracts.of(Table.ACCEPTED_SALES).columnNames());
    List<Row> rows = check(Line.at("A", NOON), Line.at("back", NOON).quantity("-2")).accepted();
    Row row = rows.get(0);
    assertThat(row.schema().fieldNames()).containsExactlyElementsOf(expected);
    for (String name : expected) {
      assertThat(row.schema().apply(name).dataType())
          .isEqualTo(Contracts.of(Table.ACCEPTED_SALES).column(name).type());
    }
    assertThat(rows.stream().map(accepted -> accepted.<Double>getAs(REVENUE)))
        .as("a return pays back what was paid")
        .containsExactlyInAnyOrder(9.5, -9.5);
  }

  @Test
  void theStoresClockMakesTheBusinessDate() {
    Checked checked =
        check(
            Line.at("late in São Paulo", "2024-03-02T02:30:00Z"),
            Line.at("next day in Lisbon", "2024-03-02T02:30:00Z").store("S2"),
            Line.at("early in Lisbon", "2024-03-01T00:30:00Z").store("S2"),
            Line.at("day before in São Paulo", "2024-03-01T00:30:00Z"));
    assertThat(
            checked.accepted().stream()
                .map(
                    row ->
                        "%s: %s, %s h"
                            .formatted(
                                row.getAs(SALE_ID),
                                row.getAs(BUSINESS_DATE),
                                row.getAs(LOCAL_HOUR))))
        .containsExactlyInAnyOrder(
            "late in São Paulo: 2024-03-01, 23 h",
            "early in Lisbon: 2024-03-01, 0 h",
            "day before in São Paulo: 2024-02-29, 21 h");
    assertThat(checked.quarantined()).isEmpty();
    assertThat(checked.result("out_of_scope").rowsFailed()).isEqualTo(1);
  }

  @Test
  void everySortOfDirtIsNamed() {
    Checked checked =
        check(
            Line.at("good", NOON),
            Line.at("price", NOON).unitPrice("-1.00").discount("0"),
            Line.at("zero", NOON).quantity("0").discount("0"),
            Line.at("discount", NOON).discount("99.00"),
            Line.at("channel", NOON).channel("fax"),
            Line.at("product", NOON).product("P9"),
            Line.at("store", NOON).store("S9"),
            Line.at("undated", null),
            Line.at("old", "1970-01-01T00:00:00Z"),
            Line.at("future", "2031-05-05T10:00:00Z"),
            Line.at("two", NOON).product("P9").channel(null),
            Line.at("many", NOON).quantity("10001"));
    assertThat(checked.acceptedIds()).containsExactly("good", "many");
    assertThat(checked.reasons("price/1"))
        .containsExactlyInAnyOrder("unit_price_in_range", "discount_within_price");
    assertThat(checked.reasons("zero/1")).containsExactly("quantity_not_zero");
    assertThat(checked.reasons("discount/1")).containsExactly("discount_within_price");
    assertThat(checked.reasons("channel/1")).containsExactly("channel_known");
    assertThat(checked.reasons("product/1")).containsExactly("unknown_product");
    assertThat(checked.reasons("store/1")).containsExactly("unknown_store");
    assertThat(checked.reasons("undated/1")).containsExactly("sold_at_present");
    assertThat(checked.reasons("old/1")).containsExactly("sold_at_broken");
    assertThat(checked.reasons("future/1")).containsExactly("sold_in_the_future");
    assertThat(checked.reasons("two/1"))
        .containsExactlyInAnyOrder("channel_present", "channel_known", "unknown_product");
    assertThat(checked.result("unknown_product"))
        .returns(9L, RuleResult::rowsChecked)
        .returns(2L, RuleResult::rowsFailed);
    assertThat(checked.result("sold_at_broken"))
        .returns(12L, RuleResult::rowsChecked)
        .returns(1L, RuleResult::rowsFailed);
    assertThat(checked.result("quantity_plausible").passed()).isTrue();
    assertThat(checked.quarantined().stream().map(row -> row.<String>getAs(ROW_JSON)))
        .as("the row, but not the person")
        .allMatch(json -> json.contains("\"customer_id\":\"***\"") && !json.contains("C1"))
        .anyMatch(json -> json.contains("\"product_id\":\"P9\",\"customer_id\""));
  }

  @Test
  void ofDuplicatesTheEarliestRightLineStays() {
    Line right = Line.at("A", "2024-03-01T12:00:00Z");
    Checked checked =
        check(
            Line.at("same", NOON),
            Line.at("same", NOON),
            Line.at("same", NOON),
            right,
            Line.at("A", "2024-03-01T13:00:00Z").product("P2"),
            Line.at("A", "2024-03-01T11:00:00Z").product("P9"),
            Line.at("A", NOON).lineNo(2));
    assertThat(checked.acceptedIds()).containsExactly("A", "A", "same");
    assertThat(checked.accepted().stream().map(row -> row.<String>getAs(PRODUCT_ID)))
        .containsOnly("P1");
    assertThat(checked.reasons("same/1")).containsExactly("duplicate_key", "duplicate_key");
    assertThat(checked.reasons("A/1"))
        .containsExactlyInAnyOrder("duplicate_key", "unknown_product");
    assertThat(checked.result("duplicate_key").rowsFailed()).isEqualTo(3);
  }

  @Test
  void aDuplicateIsResolvedTheSameHoweverTheTableIsStored() {
    List<Line> lines =
        new ArrayList<>(
            IntStream.range(0, 40)
                .mapToObj(i -> Line.at("A" + i % 5, NOON).quantity(Integer.toString(1 + i % 7)))
                .toList());
    List<String> first = quantities(check(AS_OF, sales(lines).repartition(1)));
    java.util.Collections.shuffle(lines, new Random(7));
    assertThat(quantities(check(AS_OF, sales(lines).repartition(3)))).isEqualTo(first);
  }

  private static List<String> quantities(Checked checked) {
    return checked.accepted().stream()
        .map(row -> row.getAs(SALE_ID) + " " + row.getAs(QUANTITY))
        .sorted()
        .toList();
  }

  @Test
  void everyLineIsAcceptedQuarantinedOrLater() {
    List<Line> lines = dirtyLines(300, 11);
    Checked checked = check(LocalDate.of(2024, 2, 17), sales(lines));
    long later = checked.result("out_of_scope").rowsFailed();
    assertThat(checked.accepted().size() + checked.quarantined().size() + later)
        .isEqualTo(lines.size());
    assertThat(checked.quarantined())
        .isNotEmpty()
        .allMatch(row -> !row.getList(row.fieldIndex(REASONS)).isEmpty());
    assertThat(later).isPositive();
  }

  /** A month of lines, about a third of them broken in one or two ways. */
  private static List<Line> dirtyLines(int count, long seed) {
    Random random = new Random(seed);
    List<UnaryOperator<Line>> dirt =
        Arrays.asList(
            line -> line.product("P9"),
            line -> line.store("S9"),
            line -> line.quantity("0"),
            line -> line.unitPrice(null),
            line -> line.discount("-3.00"),
            line -> line.lineNo(null),
            line -> line.customer(null));
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Line line =
          Line.at("R" + random.nextInt(count), "2024-02-%02dT15:00:00Z".formatted(1 + i % 29));
      if (random.nextInt(20) == 0) {
        line = Line.at("R" + i, random.nextBoolean() ? null : "2071-01-01T00:00:00Z");
      }
      for (int times = random.nextInt(3); times > 1; times--) {
        line = dirt.get(random.nextInt(dirt.size())).apply(line);
      }
      lines.add(line);
    }
    return lines;
  }

  @Test
  void whatComesLaterChangesNothing() {
    List<Line> now = new ArrayList<>(dirtyLines(200, 3));
    LocalDate asOf = LocalDate.of(2024, 2, 29);
    Checked before = check(asOf, sales(now));
    List<Line> later = new ArrayList<>(now);
    for (int i = 0; i < 100; i++) {
      // Keys of this night's lines, wrong in every way, on days of business to come.
      String soldAt = "2024-03-%02dT15:00:00Z".formatted(1 + i % 20);
      later.add(Line.at("R" + i, soldAt).product("P9"));
      later.add(Line.at("R" + i, soldAt).unitPrice("0.00").discount("0"));
    }
    Checked after = check(asOf, sales(later));
    assertThat(after.accepted()).containsExactlyInAnyOrderElementsOf(before.accepted());
    assertThat(after.quarantined()).containsExactlyInAnyOrderElementsOf(before.quarantined());
    assertThat(after.result("out_of_scope").rowsFailed()).isEqualTo(200);
    for (String rule : List.of("unknown_product", "duplicate_key", "quantity_not_zero")) {
      assertThat(after.result(rule)).isEqualTo(before.result(rule));
    }
  }

  @Test
  void anOldNightRunsBesideTheHistoryAfterIt() {
    List<Line> lines = new ArrayList<>();
    for (int day = 0; day < 200; day++) {
      lines.add(Line.at("R" + day, LocalDate.of(2023, 9, 1).plusDays(day) + "T15:00:00Z"));
    }
    lines.add(Line.at("wrong clock", "2038-01-19T03:14:08Z"));
    Checked checked = check(LocalDate.of(2023, 10, 1), sales(lines));
    assertThat(checked.accepted()).hasSize(31);
    assertThat(checked.result("out_of_scope").rowsFailed()).isEqualTo(169);
    assertThat(checked.reasons("wrong clock/1")).containsExactly("sold_in_the_future");
  }

  @Test
  void anAsOfDateWithoutDataNamesTheOneToTake() {
    Dataset<Row> sales = sales(List.of(Line.at("A", NOON)));
    assertThatThrownBy(() -> check(LocalDate.of(2024, 3, 9), sales))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("no sales lines on the as-of date 2024-03-09")
        .hasMessageContaining("--as-of 2024-03-01");
  }

  /** Ten weeks of days with so many lines each, Sundays closed; the last day is a Saturday. */
  private static List<Line> weeks(LocalDate last, int lines) {
    List<Line> all = new ArrayList<>();
    for (LocalDate day = last.minusDays(69); !day.isAfter(last); day = day.plusDays(1)) {
      for (int line = 0; line < lines && day.getDayOfWeek() != DayOfWeek.SUNDAY; line++) {
        all.add(Line.at(day + "-" + line, day + "T12:00:00Z").customer("C" + line));
      }
    }
    return all;
  }

  @Test
  void aSundayOnWhichTheChainIsAlwaysClosedIsANightLikeAnyOther() {
    LocalDate saturday = LocalDate.of(2024, 3, 2);
    Dataset<Row> sales = sales(weeks(saturday, 5));

    Checked sunday = check(saturday.plusDays(1), sales);

    assertThat(sunday.accepted()).hasSize(60 * 5);
    assertThat(sunday.results()).allMatch(result -> !result.stops());
    // A Monday without sales is none of habit.
    assertThatThrownBy(() -> check(saturday.plusDays(2), sales))
        .hasMessageContaining("source.store_days");
    Set<LocalDate> planned = Set.of(saturday.plusDays(2));
    try (SalesCheck check =
        SalesCheck.of(
            new SalesCheck.Input(
                sales,
                StoreClock.of(stores()),
                products(),
                planned,
                saturday.plusDays(2),
                LENIENT))) {
      assertThat(check.accepted().count()).isEqualTo(300);
    }
  }

  @Test
  void aDayOnWhichEveryLineIsBrokenStopsTheNightThoughHistoryIsRight() {
    LocalDate saturday = LocalDate.of(2024, 3, 2);
    List<Line> lines = weeks(saturday, 10);
    lines.replaceAll(line -> line.soldAt().startsWith("2024-03-02") ? line.product("P9") : line);
    QualitySettings strict = SourceRows.settings(0.1);

    try (SalesCheck check = SalesCheck.of(sales(lines), stores(), products(), saturday, strict)) {
      assertThatThrownBy(() -> check.outcome().requirePassed())
          .hasMessageContaining("unknown_product_of_the_day is broken by 10 of 10 rows")
          .hasMessageContaining("\"product_id\":\"P9\"")
          .hasMessageContaining("quality.day_tolerance");
    }
  }

  @Test
  void aTillClockOfLongAgoIsRefused() {
    List<Line> lines = weeks(LocalDate.of(2024, 3, 2), 5);
    lines.add(Line.at("CLOCK", "2009-01-01T00:07:00Z"));

    Checked checked = check(LocalDate.of(2024, 3, 2), sales(lines));

    assertThat(checked.reasons("CLOCK/1")).containsExactly("sold_at_broken");
    assertThat(checked.accepted()).hasSize(300);
  }

  @Test
  void aCustomerWithAThirdOfAllLinesIsNobody() {
    LocalDate saturday = LocalDate.of(2024, 3, 2);
    List<Line> lines = weeks(saturday, 20);
    lines.replaceAll(
        line -> Integer.parseInt(line.customerId().substring(1)) < 6 ? line.customer("0") : line);

    Checked checked = check(saturday, sales(lines));

    assertThat(checked.result("customer_is_a_person").rowsFailed()).isEqualTo(360);
    assertThat(checked.result("customer_is_a_person").passed()).isFalse();
    assertThat(checked.accepted()).hasSize(1200);
    assertThat(checked.accepted().stream().filter(row -> row.getAs("customer_id") == null))
        .hasSize(360);
  }

  @Test
  void aRuleOverItsToleranceStopsWithAnExample() {
    Dataset<Row> sales =
        sales(List.of(Line.at("A", NOON), Line.at("B", NOON), Line.at("C", NOON).product("P9")));
    QualitySettings strict = SourceRows.settings(0.02);
    try (SalesCheck check = SalesCheck.of(sales, stores(), products(), AS_OF, strict)) {
      assertThatThrownBy(() -> check.outcome().requirePassed())
          .isInstanceOf(PosException.class)
          .hasMessageContaining("source.sales_lines")
          .hasMessageContaining("unknown_product is broken by 1 of 3 rows")
          .hasMessageContaining("\"sale_id\":\"C\"")
          .hasMessageNotContaining("C1");
    }
    QualitySettings lax = SourceRows.settings(0.5);
    try (SalesCheck check = SalesCheck.of(sales, stores(), products(), AS_OF, lax)) {
      check.outcome().requirePassed();
      assertThat(check.outcome().quarantined().count()).isEqualTo(1);
    }
  }
}
