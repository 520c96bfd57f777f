package com.posmodern.ai.night;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Standing;
import com.posmodern.ai.lake.TableChanges;
import com.posmodern.ai.model.ModelRegistry;
import com.posmodern.ai.quality.ValidRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Everything a job can access: one as-of date, and the tables it declared, each pinned to the Delta
 * version at which it was first read.
 */
public interface JobContext {
  /** The last complete business date; the only notion of time. */
  LocalDate asOf();

  /** Id of this run, as in {@code ops.pipeline_runs}. */
  String runId();

  Settings settings();

  SparkSession spark();

  /**
   * All rows of a source table; of a table of business dates those up to the as-of date; of any
   * other table the rows of the as-of date, without the as-of column.
   */
  Dataset<Row> read(Table table);

  /**
   * The rows of a table of business dates of all days, also those after the as-of date: for a job
   * that makes another such table from it, and for no other.
   *
   * @throws com.posmodern.ai.error.PosException as {@link #read}
   */
  Dataset<Row> readAllDays(Table table);

  /** As {@link #read}; empty when the table does not exist or has no rows for the as-of date. */
  Optional<Dataset<Row>> readOptional(Table table);

  /**
   * What may be known of the customers' ages: see {@link com.posmodern.ai.privacy.Ages}; empty
   * where there is no {@code source.customers}, which the job must have declared.
   */
  Optional<Dataset<Row>> ages(LocalDate day, int minimumAge);

  /** The rows of a source table that break no error rule: {@link ValidRows}. */
  default Dataset<Row> valid(Table table) {
    return ValidRows.of(table, read(table));
  }

  /** As {@link #valid}; empty when the table does not exist or has no rows. */
  default Optional<Dataset<Row>> validOptional(Table table) {
    return readOptional(table).map(rows -> ValidRows.of(table, rows));
  }

  /** No rows, with the columns that {@link #read} gives. */
  default Dataset<Row> none(Table table) {
    return spark()
        .createDataFrame(List.of(), Contracts.of(table).schema())
        .drop(Columns.AS_OF_DATE);
  }

  /** Rows of a derived table of every date up to the as-of date, with the as-of column. */
  Optional<Dataset<Row>> readHistory(Table table);

  /**
   * Replaces the as-of date's rows in one commit.
   *
   * @param rows the contract's columns without the as-of date
   * @return rows written
   */
  default long write(Table table, Dataset<Row> rows) {
    return write(table, rows, Map.of());
  }

  /** As {@link #write(Table, Dataset)}, for the rows that have these column values only. */
  long write(Table table, Dataset<Row> rows, Map<String, String> slice);

  /**
   * Replaces days of a table of business dates, in one commit.
   *
   * @param rows the contract's columns
   * @return rows written
   */
  long writeHistory(Table table, Dataset<Row> rows, HistoryWrite write);

  /** Up to what an output of the job has been written; empty when nobody knows. */
  Optional<Standing> standing(Table table);

  /** All rows of an output of the job that is a table of business dates, as last written. */
  Optional<Dataset<Row>> lastWritten(Table table);

  /** The version of an input, as {@link Standing#sources} keeps it; empty without the table. */
  String place(Table table);

  /** What changed in an input since a version: see {@link TableChanges}. */
  TableChanges changes(Table table, String place);

  /** Whether tables of business dates are rebuilt, see {@link Run#rebuild}. */
  boolean rebuilds();

  /** Prints a progress line. */
  void step(String whatIsHappening);

  ModelRegistry registry();

  /** The publications and their targets; for the publish job only. */
  PublicationStore publications();

  /** Delta version of each table read or written so far, by table name. */
  Map<String, String> dataVersions();
}
