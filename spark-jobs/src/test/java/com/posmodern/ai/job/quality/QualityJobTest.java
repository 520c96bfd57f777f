package com.posmodern.ai.job.quality;

import static com.posmodern.ai.contract.Columns.AGE_HOURS;
import static com.posmodern.ai.contract.Columns.BOUND_HOURS;
import static com.posmodern.ai.contract.Columns.PASSED;
import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.RULE;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static com.posmodern.ai.contract.Columns.TOO_OLD;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.quality.SourceRows;
import com.posmodern.ai.quality.SourceRows.Line;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Date;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quality job on a real lake that has only the three required tables. */
class QualityJobTest {
  private static final LocalDate AS_OF = LocalDate.of(2024, 3, 1);

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void fill() {
    lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake).replaceSource(Table.STORES, SourceRows.stores());
    new LakeWriter(lake).replaceSource(Table.PRODUCTS, SourceRows.products());
  }

  @Test
  void aBadNightKeepsTheLastAcceptedSalesAndShowsWhatIsWrong() {
    JobReport good = run(lines(1));
    assertThat(good.outcome()).isEqualTo(JobReport.Outcome.OK);
    assertThat(good.message()).contains("99 lines accepted", "1 rows quarantined", "absent:");
    assertThat(reasons()).containsExactly("[unknown_product]");
    assertThat(lake.read(Table.ACCEPTED_SALES).count()).isEqualTo(99);

    JobReport bad = run(lines(30));
    assertThat(bad.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(bad.message())
        .contains("unknown_product is broken by 30 of 100 rows", "\"customer_id\":\"***\"")
        .doesNotContain("C1");
    assertThat(reasons()).hasSize(30);
    assertThat(
            lake.read(Table.QUALITY_RESULTS)
                .filter("NOT " + PASSED)
                .select(col(RULE))
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder("unknown_product", "unknown_product_of_the_day");
    assertThat(lake.read(Table.ACCEPTED_SALES).count()).as("last night's rows").isEqualTo(99);

    run(lines(0));
    assertThat(reasons()).as("nothing is left of the former runs").isEmpty();
    assertThat(lake.read(Table.ACCEPTED_SALES).select(SALE_ID).distinct().count()).isEqualTo(100);
  }

  @Test
  void aSourceThatIsTooOldIsToldWhateverBecomesOfTheNight() {
    assertThat(run(lines(1)).message()).doesNotContain(OldSources.WORD);
    assertThat(lake.read(Table.SOURCE_AGES).collectAsList())
        .singleElement()
        .returns("sales_lines", row -> row.getAs(TABLE_NAME))
        .returns(12.0, row -> row.getAs(AGE_HOURS))
        .returns(78, row -> row.getAs(BOUND_HOURS))
        .returns(false, row -> row.getAs(TOO_OLD));

    new LakeWriter(lake).replaceSource(Table.INVENTORY_DAILY, inventory("2024-02-25"));
    assertThat(run(lines(1)).message())
        .endsWith("; ALARM: old sources: inventory_daily 120 h (bound 78 h)");
    new LakeWriter(lake).replaceSource(Table.INVENTORY_DAILY, inventory("2023-12-25"));
    assertThat(run(lines(1)).message())
        .endsWith("; ALARM: old sources: inventory_daily over a month (bound 78 h)");
    assertThat(run(lines(30)).exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(lake.read(Table.SOURCE_AGES).where(TOO_OLD).count()).isEqualTo(1);
  }

  private static Dataset<Row> inventory(String day) {
    return SourceRows.of(
        Table.INVENTORY_DAILY,
        List.of(RowFactory.create("S1", "P1", Date.valueOf(day), new BigDecimal("5.000"), false)));
  }

  /** Of a former version, which kept a copy per as-of date. */
  @Test
  void aTableWithACopyPerDateIsWrittenAnewByTheFirstNight() {
    run(lines(1));
    String place = lake.location(Table.ACCEPTED_SALES);
    lake.read(Table.ACCEPTED_SALES)
        .withColumn("as_of_date", lit("2024-02-29").cast("date"))
        .unionByName(
            lake.read(Table.ACCEPTED_SALES)
                .withColumn("as_of_date", lit("2024-03-01").cast("date")))
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .partitionBy("as_of_date")
        .save(place);
    Lake opened = new Lake(SparkTest.session(), folder.toString());
    long version = opened.version(Table.ACCEPTED_SALES);
    assertThatThrownBy(() -> opened.readDate(Table.ACCEPTED_SALES, version, AS_OF))
        .hasMessageContaining("with a copy per as-of date")
        .hasMessageContaining("Run a whole night");

    assertThat(run(lines(1)).outcome()).isEqualTo(JobReport.Outcome.OK);

    Lake now = new Lake(SparkTest.session(), folder.toString());
    assertThat(SparkTest.session().read().format("delta").load(place).columns())
        .doesNotContain("as_of_date");
    assertThat(now.read(Table.ACCEPTED_SALES).count()).isEqualTo(99);
    assertThat(now.version(Table.ACCEPTED_SALES)).isEqualTo(version + 1);
  }

  private JobReport run(List<Line> lines) {
    new LakeWriter(lake).replaceSource(Table.SALES_LINES, SourceRows.sales(lines));
    Run run = new Run("test", AS_OF, TestSettings.read(), PseudonymKey.ofEnvironment(), "0000000");
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Progress progress = new Progress(silent, InstantSource.system());
    return new JobRunner(run, lake, progress, InstantSource.system()).run(new QualityJob());
  }

  private static List<Line> lines(int bad) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Line line = Line.at("R" + i, "2024-03-01T12:00:00Z");
      lines.add(i < bad ? line.product("P9") : line);
    }
    return lines;
  }

  private List<String> reasons() {
    return lake.read(Table.QUARANTINE)
        .filter(col(TABLE_NAME).equalTo(Table.SALES_LINES.tableName()))
        .select(col(REASONS).cast("string"))
        .as(Encoders.STRING())
        .collectAsList();
  }
}
