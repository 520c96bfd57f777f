package com.posmodern.ai.night;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelRegistry;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * All that a job sees of the world: one as-of date, and the tables it declared, each pinned at the
 * Delta version at which it was first read.
 */
public interface JobContext {
  /** The last complete business date; the only notion of time. */
  LocalDate asOf();

  /** Which run of the night this is; rows of {@code ops.pipeline_runs} carry it. */
  String runId();

  Settings settings();

  SparkSession spark();

  /** A source table whole; of any other the as-of date's rows, without the as-of column. */
  Dataset<Row> read(Table table);

  /** As {@link #read}; empty when the table is absent or holds nothing for the as-of date. */
  Optional<Dataset<Row>> readOptional(Table table);

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

  /** Tells the person who watches what is happening. */
  void step(String whatIsHappening);

  ModelRegistry registry();

  /** What was published, and where readers get it; for the publish job alone. */
  PublicationStore publications();

  /** Delta version of each table read or written so far, by table name. */
  Map<String, String> dataVersions();
}
