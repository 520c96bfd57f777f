package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.TestSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** S1 sells tea and coffee, S2 tea alone; a coffee, a tea and a first soap are launched. */
class NewProductsTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final ForecastSettings SETTINGS = TestSettings.read().forecast();

  private static Dataset<Row> table(Table table, String columns, String... rows) {
    return ContractRows.select(
        table, "SELECT * FROM VALUES %s AS t(%s)".formatted(String.join(", ", rows), columns));
  }

  private static ForecastInput input(Optional<Dataset<Row>> assortment) {
    return input(assortment, "('S1', 'UTC', null)", "('S2', 'UTC', DATE'2020-01-01')");
  }

  private static ForecastInput input(Optional<Dataset<Row>> assortment, String... storeRows) {
    Dataset<Row> stores = table(Table.STORES, "store_id, time_zone, opened_on", storeRows);
    return new ForecastInput(
        AS_OF,
        table(
            Table.DAILY_DEMAND,
            "store_id, product_id, business_date, unit_price, demand, stock_out",
            "('S1', 'old coffee', DATE'2026-06-29', 5D, 1D, false)",
            "('S1', 'old tea', DATE'2026-06-29', 5D, 1D, false)",
            "('S2', 'old tea', DATE'2026-06-29', 5D, 1D, false)",
            "('S2', 'old coffee', DATE'2020-06-29', 5D, 1D, false)",
            "('S1', 'new tea', DATE'2026-06-28', 5D, 4D, false)",
            "('S1', 'new tea', DATE'2026-06-29', 5D, 9D, true)",
            "('S1', 'new tea', DATE'2026-06-30', 5D, 3D, false)"),
        table(
            Table.PRODUCTS,
            "product_id, department, category, launched_on, discontinued_on",
            "('old coffee', 'd', 'coffee', null, null)",
            "('old tea', 'd', 'tea', null, null)",
            "('new coffee', 'd', 'coffee', DATE'2026-07-03', null)",
            "('new tea', 'd', 'tea', DATE'2026-06-28', null)",
            "('soap', 'd', 'soap', DATE'2026-07-03', null)",
            "('later', 'd', 'tea', DATE'2027-07-03', null)",
            "('ended', 'd', 'tea', DATE'2026-06-20', DATE'2026-06-25')"),
        stores,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        assortment);
  }

  private static List<String> launched(ForecastInput input) {
    return NewProducts.launched(input, SETTINGS)
        .selectExpr("concat_ws(' ', store_id, product_id, date_from_unix_date(launched_on))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void aLaunchGoesWhereItsCategorySellsAndEverywhereWhenNobodySellsItYet() {
    assertThat(launched(input(Optional.empty())))
        .containsExactly(
            "S1 new coffee 2026-07-03",
            "S1 soap 2026-07-03",
            "S2 new tea 2026-06-28",
            "S2 soap 2026-07-03");
  }

  @Test
  void whatOtherStoresSellOfItADayIsKnownButNotOfDaysSoldOut() {
    List<Row> rows = NewProducts.launched(input(Optional.empty()), SETTINGS).collectAsList();

    assertThat(rows)
        .filteredOn(row -> row.getAs("product_id").equals("new tea"))
        .extracting(NewProducts::elsewhereOf)
        .containsExactly(List.of(new SoldElsewhere.Sales("S1", 4 + 3, 2)));
    assertThat(rows)
        .filteredOn(row -> !row.getAs("product_id").equals("new tea"))
        .extracting(NewProducts::elsewhereOf)
        .hasSize(3)
        .containsOnly(List.of());
  }

  @Test
  void withAnAssortmentALaunchGoesWhereItIsListedFromThatDay() {
    Dataset<Row> assortment =
        table(
            Table.ASSORTMENT,
            "store_id, product_id, listed_from, listed_until",
            "('ALL', 'new coffee', DATE'2020-01-01', null)",
            "('S2', 'new coffee', DATE'2026-07-09', null)",
            "('S2', 'old coffee', DATE'2026-07-05', null)",
            "('S1', 'old coffee', DATE'2020-01-01', null)",
            "('S1', 'soap', DATE'2026-01-01', DATE'2026-06-30')",
            "('S2', 'soap', DATE'2026-09-01', null)");

    assertThat(launched(input(Optional.of(assortment))))
        .as("S2 has sold old coffee before, so there it is no launch")
        .containsExactly("S1 new coffee 2026-07-03", "S2 new coffee 2026-07-03");
  }

  @Test
  void aStoreThatOpensIsALaunchOfAllThatItListsFromThatDay() {
    Dataset<Row> assortment =
        table(
            Table.ASSORTMENT,
            "store_id, product_id, listed_from, listed_until",
            "('ALL', 'old tea', DATE'2020-01-01', null)",
            "('ALL', 'later', DATE'2020-01-01', null)",
            "('S3', 'old coffee', DATE'2026-07-20', null)");

    assertThat(
            launched(
                input(
                    Optional.of(assortment),
                    "('S1', 'UTC', null)",
                    "('S2', 'UTC', DATE'2026-06-25')",
                    "('S3', 'UTC', DATE'2026-07-10')",
                    "('S4', 'UTC', DATE'2027-07-10')",
                    "('S5', 'UTC', DATE'2016-07-10')")))
        .as("S2 has sold old tea, S4 opens later, and S5 has not sold anything for ten years")
        .containsExactly("S3 old coffee 2026-07-20", "S3 old tea 2026-07-10");
  }
}
