package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.ResultRows;
import io.delta.tables.DeltaTable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lakes that a version of the program left whose contracts had fewer columns. */
class FormerSchemaTest extends WithEmptyLake {
  /** Of a former version that had the key alone: whatever a contract gains. */
  @ParameterizedTest
  @EnumSource
  void aTableOfTheJobsReadsWithWhatItsContractGained(Table table) {
    Contract contract = Contracts.of(table);
    StructType former =
        new StructType(
            contract.columns().stream()
                .filter(ContractColumn::isKey)
                .map(
                    column -> new StructField(column.name(), column.type(), true, Metadata.empty()))
                .toArray(StructField[]::new));
    if (table.layer() == Layer.SOURCE) {
      assertThatThrownBy(() -> FormerSchema.columns(contract, former, "here"))
          .isInstanceOfSatisfying(
              PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
          .hasMessageContaining("Import it again");
    } else {
      Dataset<Row> rows =
          spark
              .createDataFrame(List.of(), former)
              .select(FormerSchema.columns(contract, former, "here"));
      assertThat(Arrays.stream(rows.schema().fields()).map(StructField::dataType))
          .containsExactlyElementsOf(
              contract.columns().stream().map(ContractColumn::type).toList());
      assertThat(rows.columns()).containsExactlyElementsOf(contract.columnNames());
    }
  }

  @Test
  void aNewDateBringsTheNewColumnsInItsOwnCommit() {
    Table table = Table.QUALITY_RESULTS;
    former(
        table,
        dated(ResultRows.quality("stores", 1), MONDAY).drop(Columns.TOLERANCE, Columns.SEVERITY));
    assertThat(lake.read(table).where(col(Columns.TOLERANCE).isNull()).count()).isEqualTo(1);
    long before = lake.version(table);
    writer.replace(table, TUESDAY, ResultRows.quality("stores", 2), Map.of());
    assertThat(lake.version(table)).isEqualTo(before + 1);
    assertThat(texts(lake.read(table)))
        .containsExactlyInAnyOrder(
            "[2026-06-29,stores,r,null,9,1,0.1,null,true]",
            "[2026-06-30,stores,r,error,9,2,0.1,0.2,true]");
    assertThat(comment(table, Columns.TOLERANCE))
        .isEqualTo(Contracts.of(table).column(Columns.TOLERANCE).description());
  }

  @Test
  void aDateOfAFormerVersionIsReplacedInOneCommit() {
    Table table = Table.QUALITY_RESULTS;
    Dataset<Row> both =
        dated(ResultRows.quality("stores", 1), MONDAY)
            .union(dated(ResultRows.quality("stores", 2), TUESDAY));
    former(table, both.drop(Columns.TOLERANCE));
    writer.replace(
        table, TUESDAY, ResultRows.quality("stores", 3), Map.of(Columns.TABLE_NAME, "stores"));
    assertThat(lake.version(table)).isEqualTo(1);
    assertThat(texts(lake.read(table).select(Columns.ROWS_FAILED, Columns.TOLERANCE)))
        .containsExactlyInAnyOrder("[1,null]", "[3,0.2]");
  }

  @Test
  void whatBreaksARuleLeavesTheFormerRows() {
    Table table = Table.QUALITY_RESULTS;
    former(table, dated(ResultRows.quality("stores", 1), MONDAY).drop(Columns.TOLERANCE));
    Dataset<Row> twice = ResultRows.quality("stores", 2).union(ResultRows.quality("stores", 2));
    assertThatThrownBy(() -> writer.replace(table, MONDAY, twice, Map.of()))
        .hasMessageContaining("unique_key");
    assertThat(texts(lake.read(table).select(Columns.ROWS_FAILED, Columns.TOLERANCE)))
        .containsExactly("[1,null]");
  }

  @Test
  void aLedgerIsAppendedTo() {
    Table table = Table.QUALITY_RESULTS;
    former(table, dated(ResultRows.quality("stores", 1), MONDAY).drop(Columns.PASSED));
    writer.append(table, TUESDAY, ResultRows.quality("stores", 2));
    assertThat(texts(lake.read(table).select(Columns.PASSED)))
        .containsExactlyInAnyOrder("[null]", "[true]");
  }

  /** Statistics are of the columns that name nobody, and of new ones once they are there. */
  @Test
  void aTableOfCustomersGetsItsColumnsBeforeTheirStatistics() {
    Table table = Table.CUSTOMER_SEGMENTS;
    Dataset<Row> segments = ResultRows.segments("Families", "maria");
    former(table, dated(segments, MONDAY).drop(Columns.DISTANCE));
    writer.replace(table, TUESDAY, segments, Map.of());
    assertThat(statistics(table)).isEqualTo("model_version,segment_id,segment_name");
    writer.replace(table, TUESDAY, segments, Map.of());
    assertThat(statistics(table)).isEqualTo("model_version,segment_id,segment_name,distance");
    assertThat(texts(lake.read(table).select(Columns.DISTANCE)))
        .containsExactlyInAnyOrder("[null]", "[0.5]");
  }

  @Test
  void anImportReplacesAFormerSourceTable() {
    former(Table.CALENDAR, holiday("Ano Novo").drop(Columns.KIND));
    writer.replaceSource(Table.CALENDAR, holiday("Natal"));
    assertThat(texts(lake.read(Table.CALENDAR)))
        .containsExactly("[ALL,2026-01-01,Natal,national_holiday]");
    assertThat(comment(Table.CALENDAR, Columns.KIND)).isNotBlank();
  }

  @Test
  void anImportMergesIntoAFormerSourceTable() {
    former(
        Table.CALENDAR,
        holiday("Ano Novo")
            .union(holiday("Carnaval").withColumn("calendar_date", lit("2026-02-17").cast("date")))
            .drop(Columns.KIND));
    writer.mergeSource(
        Table.CALENDAR, holiday("Ano Novo").withColumn("action", lit("insert")), "action");
    assertThat(DeltaTable.forPath(spark, lake.location(Table.CALENDAR)).toDF().columns())
        .doesNotContain("action");
    assertThat(texts(lake.read(Table.CALENDAR)))
        .containsExactlyInAnyOrder(
            "[ALL,2026-01-01,Ano Novo,national_holiday]", "[ALL,2026-02-17,Carnaval,null]");
  }

  @Test
  void anImportReplacesASourceTableOfOtherTypes() {
    former(Table.CALENDAR, holiday("Natal").withColumn(Columns.CALENDAR_DATE, lit("25/12/2026")));
    Dataset<Row> changes = holiday("Natal").withColumn("action", lit("insert"));
    assertThatThrownBy(() -> writer.mergeSource(Table.CALENDAR, changes, "action"))
        .hasMessageContaining("source.calendar.calendar_date")
        .hasMessageContaining("is string, the contract says date");
    writer.replaceSource(Table.CALENDAR, holiday("Natal"));
    assertThat(texts(lake.read(Table.CALENDAR)))
        .containsExactly("[ALL,2026-01-01,Natal,national_holiday]");
  }

  @Test
  void aTableOfTheJobsWithAnotherTypeSaysWhatToDo() {
    Table table = Table.QUALITY_RESULTS;
    former(
        table,
        dated(ResultRows.quality("stores", 1), MONDAY).withColumn(Columns.ROWS_FAILED, lit("1")));
    for (ThrowingCallable tried :
        List.<ThrowingCallable>of(
            () -> lake.read(table),
            () -> writer.replace(table, TUESDAY, ResultRows.quality("stores", 2), Map.of()))) {
      assertThatThrownBy(tried)
          .isInstanceOf(PosException.class)
          .hasMessageContaining("ops.quality_results.rows_failed")
          .hasMessageContaining("Move the folder " + lake.location(table) + " away");
    }
  }

  @Test
  void aMissingColumnOfASourceTableIsNamedWithItsRemedies() {
    former(
        Table.SALES_LINES,
        spark.sql("SELECT 's' AS sale_id, 1 AS line_no, 's' AS store_id, 'p' AS product_id"));
    assertThatThrownBy(() -> lake.read(Table.SALES_LINES))
        .hasMessageContaining("source.sales_lines.customer_id")
        .hasMessageContaining(
            "ALTER TABLE delta.`%s` ADD COLUMNS (customer_id STRING)"
                .formatted(lake.location(Table.SALES_LINES)));
  }

  @Test
  void aColumnThatASourceContractGainedLaterIsNullInATableLoadedBefore() {
    former(
        Table.PROMOTIONS,
        spark.sql(
            "SELECT 'A' AS promotion_id, 'p' AS product_id, string(null) AS store_id,"
                + " DATE'2026-06-01' AS starts_on, DATE'2026-06-07' AS ends_on,"
                + " 10d AS discount_percent, 'price_cut' AS mechanic"));
    assertThat(texts(lake.read(Table.PROMOTIONS)))
        .containsExactly("[A,p,null,2026-06-01,2026-06-07,10.0,price_cut,null]");
  }

  @Test
  void aFormerResultTableKeepsItsLogAsANewOneDoes() {
    Table table = Table.SIMILAR_PRODUCTS;
    former(table, spark.sql("SELECT DATE'2026-06-29' AS as_of_date, 'm' AS model_version"));
    StructType schema = lake.read(table).drop(Columns.AS_OF_DATE).schema();
    Dataset<Row> none = spark.createDataFrame(List.of(), schema);
    writer.replace(table, TUESDAY, none, Map.of());
    assertThat(lake.properties(table))
        .containsEntry("delta.logRetentionDuration", "interval 3650 days");
    long version = lake.version(table);
    writer.replace(table, TUESDAY, none, Map.of());
    assertThat(lake.version(table)).as("kept once").isLessThanOrEqualTo(version + 1);
  }

  private void former(Table table, Dataset<Row> rows) {
    var write = rows.write().format("delta");
    if (table.layer() != Layer.SOURCE) {
      write = write.partitionBy(Columns.AS_OF_DATE);
    }
    write.save(lake.location(table));
  }

  private static Dataset<Row> dated(Dataset<Row> rows, LocalDate date) {
    return rows.withColumn(Columns.AS_OF_DATE, lit(java.sql.Date.valueOf(date)));
  }

  private Dataset<Row> holiday(String name) {
    return spark.sql(
        "SELECT 'ALL' AS region, DATE'2026-01-01' AS calendar_date, '%s' AS event_name, 'national_holiday' AS kind"
            .formatted(name));
  }

  private String comment(Table table, String column) {
    StructType schema = DeltaTable.forPath(spark, lake.location(table)).toDF().schema();
    return schema.apply(column).getComment().get();
  }

  private String statistics(Table table) {
    return lake.properties(table).get("delta.dataSkippingStatsColumns");
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).toList();
  }
}
