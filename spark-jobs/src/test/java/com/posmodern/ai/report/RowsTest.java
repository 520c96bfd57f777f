package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.report.NightReport.BacktestExample;
import com.posmodern.ai.report.NightReport.JobRun;
import com.posmodern.ai.testing.ContractRows;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** From tables to the report's value: bounded, deterministic, and without customer ids. */
class RowsTest {
  private static final String CUSTOMER = "C0012345678";

  private static Dataset<Row> table(Table table, Object[]... rows) {
    return ContractRows.of(table, Arrays.stream(rows).map(RowFactory::create).toList());
  }

  private static Object[] row(Object... cells) {
    return cells;
  }

  private static ProductNames names() {
    Object[][] rows = new Object[12][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row("P" + i, "Product " + i, "Category", "Department", null, null, 1, null, null);
    }
    return new ProductNames(table(Table.PRODUCTS, rows));
  }

  @Test
  void lastRunOfEachJobInTheOrderOfTheNight() {
    List<JobRun> jobs =
        RunRows.jobs(
            table(
                Table.PIPELINE_RUNS,
                run("1", "quality", "02:00:00", "failed"),
                run("2", "quality", "03:00:00", "ok"),
                run("2", "features", "03:01:00", "ok"),
                run("1", "publish", "02:30:00", "skipped")));

    assertThat(jobs)
        .extracting(job -> job.job() + " " + job.outcome())
        .containsExactly("publish skipped", "quality ok", "features ok");
  }

  private static Object[] run(String id, String job, String at, String outcome) {
    return row(
        id, job, Timestamp.valueOf("2026-07-01 " + at), 1.5, outcome, 10L, 5L, 1L, null, "abc");
  }

  @Test
  void exampleShowsProductsAndNoCustomer() throws Exception {
    List<Object[]> bought = new ArrayList<>();
    List<Object[]> offered = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      bought.add(row(CUSTOMER, "P" + i, 20L - i, Date.valueOf("2026-06-01"), 1.0));
      offered.add(
          row(
              "v",
              CUSTOMER,
              i + 1,
              "P" + (11 - i),
              1.0 / (i + 1),
              "similar_taste",
              false,
              0L,
              null,
              null,
              null,
              null));
    }
    Optional<NightReport.Example> example =
        CustomerRows.example(
            table(Table.PRODUCT_RECOMMENDATIONS, offered.toArray(Object[][]::new)),
            table(Table.PURCHASE_INTERACTIONS, bought.toArray(Object[][]::new)),
            Optional.empty(),
            names());

    assertThat(example).isPresent();
    assertThat(example.get().bought().get(0).product()).isEqualTo("Product 0");
    assertThat(example.get().offers().get(0).product()).isEqualTo("Product 11");
    NightReport night = SampleNight.full();
    String page =
        HtmlPage.render(
            new NightReport(
                night.asOf(),
                night.runId(),
                night.lake(),
                night.jobs(),
                night.quality(),
                night.sources(),
                night.models(),
                night.backtests(),
                night.segments(),
                Part.of(example.get()),
                night.popular(),
                night.orders(),
                night.orderBacktest(),
                night.results()));
    assertThat(page).contains("Product 11").contains("C0…").doesNotContain(CUSTOMER);
    HtmlPageTest.parsed(page);
  }

  @Test
  void shortIdsAreMaskedToo() {
    assertThat(CustomerRows.masked("7")).isEqualTo("…");
    assertThat(CustomerRows.masked("42")).isEqualTo("4…");
    assertThat(CustomerRows.masked(CUSTOMER)).isEqualTo("C0…");
  }

  @Test
  void bestSellerOfEachDemandClassAndOfTwoOriginsTheLater() {
    List<BacktestExample> series =
        ModelRows.backtests(
            table(
                Table.FORECAST_BACKTEST,
                day("P0", "smooth", "2026-05-01", "2026-05-02", 50, 48),
                day("P0", "smooth", "2026-04-30", "2026-05-02", 50, 30),
                day("P1", "smooth", "2026-05-01", "2026-05-02", 40, 41),
                day("P2", "lumpy", "2026-05-01", "2026-05-02", 3, 2)),
            names());

    assertThat(series)
        .extracting(s -> s.product() + " " + s.demandClass())
        .containsExactly("Product 0 smooth", "Product 2 lumpy", "Product 1 smooth");
    assertThat(series.get(0).days())
        .containsExactly(new NightReport.BacktestDay(LocalDate.of(2026, 5, 2), 50, 48, 1, 99, 47));
  }

  private static Object[] day(
      String product, String demandClass, String origin, String date, double actual, double mean) {
    return row(
        "v",
        "S1",
        product,
        Date.valueOf(origin),
        Date.valueOf(date),
        1,
        demandClass,
        actual,
        mean,
        47.0,
        1.0,
        mean,
        99.0);
  }

  @Test
  void popularListOverEverythingComesFirst() {
    Optional<NightReport.Popular> popular =
        CustomerRows.popular(
            table(
                Table.POPULAR_PRODUCTS,
                row("v", "S1", -1, 1, "P1", 3.0, "popular"),
                row("v", "ALL", -1, 1, "P2", 9.0, "trending"),
                row("v", "ALL", 3, 1, "P3", 5.0, "popular")),
            names());

    assertThat(popular).isPresent();
    assertThat(popular.get().scope()).isEqualTo("All stores, all segments.");
    assertThat(popular.get().offers())
        .extracting(NightReport.Offer::product)
        .containsExactly("Product 2");
  }

  @Test
  void emptiestShelvesFirst() {
    assertThat(
            OrderRows.orders(
                table(
                    Table.REPLENISHMENT_ADVICE,
                    order("P1", 5.0, 8.0, 1.5),
                    order("P2", 90.0, 9.0, null),
                    order("P3", 0.0, 12.0, 0.0),
                    order("P4", 50.0, 0.0, 15.0),
                    order("P5", null, null, null)),
                names()))
        .extracting(NightReport.Order::product)
        .containsExactly("Product 3", "Product 1", "Product 2");
  }

  private static Object[] order(String product, Double onHand, Double quantity, Double cover) {
    Date day = Date.valueOf("2026-07-01");
    return row(
        "v",
        "S1",
        product,
        onHand,
        day,
        0.0,
        2,
        day,
        day,
        0.95,
        10.0,
        2.0,
        12.0,
        1,
        1.0,
        12.0,
        quantity,
        cover,
        "reason",
        null,
        "settings",
        null,
        null,
        null,
        0.0,
        null,
        0.0,
        null,
        null);
  }

  @Test
  void brokenRulesWorstFirstAndReasonsCounted() {
    NightReport.Quality quality =
        RunRows.quality(
            table(
                Table.QUALITY_RESULTS,
                row("sales_lines", "a", "error", 100L, 0L, 0.0, 0.02, true),
                row("sales_lines", "b", "error", 100L, 1L, 0.01, 0.02, true),
                row("products", "c", "warning", 10L, 9L, 0.9, 0.0, false)),
            Optional.of(
                table(
                    Table.QUARANTINE,
                    row("sales_lines", new String[] {"b", "x"}, "k", "{}"),
                    row("sales_lines", new String[] {"b"}, "k", "{}"))));

    assertThat(quality.rules()).isEqualTo(3);
    assertThat(quality.broken()).extracting(NightReport.Broken::rule).containsExactly("c", "b");
    assertThat(quality.refused())
        .extracting(refused -> refused.reason() + " " + refused.rows())
        .containsExactly("b 2", "x 1");
  }
}
