package com.posmodern.ai.publish.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.publish.postgres.PostgresLayout.ViewColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said to a till's database that a former version of the contracts made. */
class UpgradedLayoutTest {
  private static final TillTable POPULAR = TillTable.of(Table.POPULAR_PRODUCTS);

  /** Columns of all tables, each as table.column. */
  private static Set<String> stored() {
    return PostgresLayout.tables().stream()
        .flatMap(table -> table.storedNames().stream().map(name -> table.name() + "." + name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void onlyResultsForTheTillAreThere() {
    assertThat(PostgresLayout.tables())
        .extracting(TillTable::name)
        .contains("popular_products", "demand_forecast", "replenishment_advice")
        .doesNotContain("order_backtest", "sales_lines");
  }

  @Test
  void aColumnThatTheContractGainedIsAdded() {
    Set<String> before = stored();
    assertThat(LayoutChanges.added(before)).isEmpty();
    before.remove("popular_products.rank");
    assertThat(LayoutChanges.added(before))
        .containsExactly("ALTER TABLE pos_rows.popular_products ADD COLUMN \"rank\" integer");
    // Of a table that is not there yet nothing is missing: it is created whole.
    assertThat(LayoutChanges.added(Set.of())).isEmpty();
  }

  @Test
  void columnsThatNeedNoValueAnyMoreMayBeNull() {
    assertThat(LayoutChanges.loosened(Set.of("popular_products.rank"))).isEmpty();
    assertThat(LayoutChanges.loosened(Set.of("popular_products.model_version")))
        .as("stored only where several versions made the rows")
        .hasSizeLessThanOrEqualTo(1);
    Set<String> optional = new HashSet<>();
    List<String> expected =
        POPULAR.stored().stream()
            .filter(column -> !POPULAR.mustBeThere(column))
            .peek(column -> optional.add("popular_products." + column.name()))
            .map(
                column ->
                    "ALTER TABLE pos_rows.popular_products ALTER COLUMN \"%s\" DROP NOT NULL"
                        .formatted(column.name()))
            .toList();
    assertThat(LayoutChanges.loosened(optional)).isEqualTo(expected);
    assertThat(LayoutChanges.abandoned(stored())).isEmpty();
    assertThat(LayoutChanges.abandoned(Set.of("popular_products.base_no", "other.b"))).isEmpty();
    assertThat(LayoutChanges.abandoned(Set.of("popular_products.b", "popular_products.a")))
        .containsExactly(
            "ALTER TABLE pos_rows.popular_products ALTER COLUMN \"a\" DROP NOT NULL",
            "ALTER TABLE pos_rows.popular_products ALTER COLUMN \"b\" DROP NOT NULL");
  }

  @Test
  void aViewKeepsTheColumnsThatItHadInTheirOrder() {
    List<ViewColumn> before =
        List.of(new ViewColumn("rank", "integer"), new ViewColumn("gone", "text"));
    String view =
        new PostgresLayout("reader")
            .statements(Map.of("popular_products", before)).stream()
                .filter(sql -> sql.startsWith("CREATE OR REPLACE VIEW pos.popular_products "))
                .findFirst()
                .orElseThrow();
    assertThat(view.lines().map(String::strip).skip(2).limit(2))
        .containsExactly("r.\"rank\",", "NULL::text AS \"gone\",");
    assertThat(view).contains("r.\"product_id\"");
  }

  @Test
  void theRowsOfAPublicationAreLoadedAsideAndAttachedWhole() {
    String schema = PostgresLayout.schema("20260630_run");
    assertThat(schema).isEqualTo("pos_20260630_run");
    assertThat(PostgresLayout.base(POPULAR, schema, 7))
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "CREATE TABLE pos_20260630_run.popular_products (LIKE pos_rows.popular_product");
    assertThat(PostgresLayout.base(POPULAR, schema, 7).get(1)).contains("CHECK (base_no = 7)");
    assertThat(PostgresLayout.finishBase(POPULAR, schema))
        .hasSize(2)
        .last()
        .isEqualTo("VACUUM (ANALYZE) pos_20260630_run.popular_products");
    assertThat(PostgresLayout.attach(POPULAR, schema, 7))
        .isEqualTo(
            "ALTER TABLE pos_rows.popular_products ATTACH PARTITION"
                + " pos_20260630_run.popular_products FOR VALUES IN (7)");
  }

  @Test
  void aColumnOfAnotherTypeIsRefusedWithTheStatementsThatChangeIt() {
    Map<String, List<ViewColumn>> asBefore =
        Map.of("popular_products", List.of(new ViewColumn("rank", "integer")));
    Map<String, List<ViewColumn>> text =
        Map.of("popular_products", List.of(new ViewColumn("rank", "text")));
    assertThatCode(() -> KeptTypes.require(Map.of(), Map.of(), "db")).doesNotThrowAnyException();
    assertThatCode(() -> KeptTypes.require(asBefore, asBefore, "db")).doesNotThrowAnyException();
    assertThatThrownBy(() -> KeptTypes.require(text, asBefore, "db"))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("popular_products.rank is text there and integer in the contract")
        .hasMessageContaining(
            "BEGIN; DROP VIEW pos.popular_products;"
                + " ALTER TABLE pos_rows.popular_products ALTER \"rank\" TYPE integer; COMMIT;");
    assertThatThrownBy(() -> KeptTypes.require(asBefore, text, "db"))
        .hasMessageContaining("popular_products.rank is text there")
        .hasMessageContaining("BEGIN; DROP VIEW pos.popular_products; COMMIT;");
  }
}
