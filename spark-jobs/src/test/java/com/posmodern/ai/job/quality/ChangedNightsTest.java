package com.posmodern.ai.job.quality;

import static com.posmodern.ai.contract.Columns.LINE_NO;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.features.DailyDemandJob;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.Removal;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.quality.SourceRows;
import com.posmodern.ai.quality.SourceRows.Line;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.Tables;
import com.posmodern.ai.testing.TestSettings;
import io.delta.tables.DeltaTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights that judge only what changed, each held against one that judges everything on a copy of
 * the same lake. One of them is run again after a kill.
 */
@Tag("slow")
class ChangedNightsTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);
  private static final int LINES = 40;

  @TempDir Path folder;
  private Lake lake;
  private int copies;

  @Test
  void everyNightGivesWhatARebuiltOneGives() throws IOException {
    lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
    new LakeWriter(lake).replaceSource(Table.STORES, SourceRows.stores());
    new LakeWriter(lake).replaceSource(Table.PRODUCTS, products("P1", "P2", "P3"));
    List<Line> history = new ArrayList<>();
    for (int day = 1; day <= 20; day++) {
      history.addAll(day(day));
    }
    history.add(Line.at("undated", null));
    history.add(Line.at("clock", "2069-01-01T10:00:00Z"));
    new LakeWriter(lake).replaceSource(Table.SALES_LINES, SourceRows.sales(history));
    assertThat(night(20)).contains("judging all sales lines: there are no earlier verdicts");

    append(day(21));
    List<Line> late = day(22);
    // The second line of a key, and a first one that takes the place of another.
    late.add(at(22, "2024-03-19-3"));
    late.add(at(17, "2024-03-20-5"));
    late.add(at(18, "late"));
    append(late);
    killBetweenItsTwoTables(22);
    assertThat(night(22)).contains("judging the sales lines of 6 days");

    new LakeWriter(lake)
        .mergeSource(
            Table.SALES_LINES,
            SourceRows.sales(List.of(at(5, "2024-03-05-1").quantity("7"), at(23, "new")))
                .withColumn("action", lit("update")),
            "action");
    append(day(23));
    assertThat(night(23)).contains("judging the sales lines of 2 days");

    assertThat(night(15)).as("a backfill").contains("judging the sales lines of 0 days");

    // With the first of two lines of a key goes what refused the second.
    delete("sold_at < '2024-03-11' AND sold_at >= '2024-03-10'");
    delete("sale_id = '2024-03-20-5' AND sold_at < '2024-03-18'");
    append(day(24));
    assertThat(night(24)).contains("judging the sales lines of 4 days");

    new LakeWriter(lake).replaceSource(Table.PRODUCTS, products("P1", "P2", "P9"));
    append(day(25));
    night(25);

    Removal removal = new Removal(lake);
    removal.unlink(
        Table.SALES_LINES, col(Columns.CUSTOMER_ID).equalTo("C3"), List.of(Columns.CUSTOMER_ID));
    long sealed = removal.seal(Table.SALES_LINES, Instant.now());
    removal.forgetBefore(Table.SALES_LINES, sealed);
    append(day(26));
    assertThat(night(26)).as("an erasure").contains("its log no longer reaches back");

    List<Line> again = new ArrayList<>(day(27));
    Dataset<Row> whole = lake.read(Table.SALES_LINES).unionByName(SourceRows.sales(again));
    new LakeWriter(lake)
        .replaceSource(
            Table.SALES_LINES,
            SparkTest.session().createDataFrame(whole.collectAsList(), whole.schema()));
    assertThat(night(27)).as("all loaded again").contains("judging the sales lines of 2024-03-27");

    new LakeWriter(lake)
        .replaceSource(
            Table.STORES,
            SourceRows.of(
                Table.STORES,
                List.of(
                    SourceRows.store("S1", "Asia/Tokyo"),
                    SourceRows.store("S2", "Europe/Lisbon"))));
    assertThat(night(27)).contains("stores or their time zones have changed since");
  }

  /** As killed after the refused lines were written and before the accepted ones were. */
  private void killBetweenItsTwoTables(int day) throws IOException {
    Lake before = copy();
    run(lake, FIRST.plusDays(day - 1), false);
    assertThat(lake.read(Table.REFUSED_SALES).count())
        .isGreaterThan(before.read(Table.REFUSED_SALES).count());
    Path accepted = Path.of(lake.location(Table.ACCEPTED_SALES));
    Files.move(accepted, folder.resolve("accepted"));
    copy(Path.of(before.location(Table.ACCEPTED_SALES)), accepted);
    DeltaLog.clearCache();
  }

  private static Dataset<Row> products(String... ids) {
    return SourceRows.of(
        Table.PRODUCTS, Stream.of(ids).map(id -> SourceRows.product(id, null)).toList());
  }

  /** A day's lines; one is of an unknown product on every third day, one of a product that goes. */
  private static List<Line> day(int day) {
    List<Line> lines = new ArrayList<>();
    LocalDate date = FIRST.plusDays(day - 1);
    for (int i = 0; i < LINES; i++) {
      Line line =
          at(day, date + "-" + i)
              .customer(i % 4 == 0 ? null : "C" + i % 8)
              .store(i % 3 == 0 ? "S2" : "S1")
              .product(i % 2 == 0 ? "P1" : "P2");
      lines.add(
          i == 0 && day % 3 == 0
              ? line.product("P9")
              : i == 1 && day == 4 ? line.product("P3") : line);
    }
    return lines;
  }

  private static Line at(int day, String sale) {
    return Line.at(sale, FIRST.plusDays(day - 1) + "T15:00:00Z");
  }

  private void append(List<Line> lines) {
    SourceRows.sales(lines)
        .write()
        .format("delta")
        .mode("append")
        .save(lake.location(Table.SALES_LINES));
  }

  private void delete(String which) {
    DeltaTable.forPath(SparkTest.session(), lake.location(Table.SALES_LINES)).delete(which);
  }

  /** Runs it, and holds every table against those of a rebuilt lake. */
  private String night(int day) throws IOException {
    LocalDate asOf = FIRST.plusDays(day - 1);
    String printed = run(lake, asOf, false);
    Lake copy = copy();
    run(copy, asOf, true);
    for (Table table :
        List.of(
            Table.ACCEPTED_SALES,
            Table.REFUSED_SALES,
            Table.DAILY_DEMAND,
            Table.QUARANTINE,
            Table.QUALITY_RESULTS,
            Table.ARRIVALS)) {
      assertThat(rows(lake, table, asOf))
          .as("%s on %s", table, asOf)
          .containsExactlyInAnyOrderElementsOf(rows(copy, table, asOf));
    }
    long all = lake.read(Table.SALES_LINES).count();
    long accepted = Tables.of(lake, Table.ACCEPTED_SALES, asOf).count();
    long refused =
        Tables.of(lake, Table.QUARANTINE, asOf).where("table_name = 'sales_lines'").count();
    long later =
        Tables.of(lake, Table.QUALITY_RESULTS, asOf)
            .where("rule = 'out_of_scope'")
            .select(Columns.ROWS_FAILED)
            .head()
            .getLong(0);
    assertThat(accepted + refused + later).isEqualTo(all);
    assertThat(
            Tables.of(lake, Table.ACCEPTED_SALES, asOf).select(SALE_ID, LINE_NO).distinct().count())
        .isEqualTo(accepted);
    return printed;
  }

  private static List<String> rows(Lake lake, Table table, LocalDate asOf) {
    Dataset<Row> rows =
        table == Table.QUARANTINE || table == Table.QUALITY_RESULTS || table == Table.ARRIVALS
            ? Tables.of(lake, table, asOf)
            : lake.read(table);
    return rows.collectAsList().stream().map(Row::toString).toList();
  }

  private Lake copy() throws IOException {
    Path from = folder.resolve("lake");
    Path to = folder.resolve("copy" + copies++);
    copy(from, to);
    return new Lake(SparkTest.session(), to.toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static String run(Lake lake, LocalDate asOf, boolean rebuild) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Progress progress =
        new Progress(new PrintStream(printed, true, StandardCharsets.UTF_8), Clock.systemUTC());
    Run run = new Run("test", asOf, TestSettings.read(), PseudonymKey.ofEnvironment(), "0000000");
    Lake fresh = new Lake(lake.spark(), lake.root());
    for (Job job : List.of(new QualityJob(), new DailyDemandJob())) {
      JobReport report =
          new JobRunner(rebuild ? run.rebuilding() : run, fresh, progress, Clock.systemUTC())
              .run(job);
      assertThat(report.outcome()).as(report.message()).isEqualTo(JobReport.Outcome.OK);
    }
    String text = printed.toString(StandardCharsets.UTF_8);
    return text;
  }
}
