package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.AGE_HOURS;
import static com.posmodern.ai.contract.Columns.BOUND_HOURS;
import static com.posmodern.ai.contract.Columns.JOB;
import static com.posmodern.ai.contract.Columns.MESSAGE;
import static com.posmodern.ai.contract.Columns.NEWEST_AT;
import static com.posmodern.ai.contract.Columns.OUTCOME;
import static com.posmodern.ai.contract.Columns.PASSED;
import static com.posmodern.ai.contract.Columns.PEAK_MEMORY;
import static com.posmodern.ai.contract.Columns.PUBLICATION_ID;
import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROWS;
import static com.posmodern.ai.contract.Columns.ROWS_CHECKED;
import static com.posmodern.ai.contract.Columns.ROWS_FAILED;
import static com.posmodern.ai.contract.Columns.ROWS_READ;
import static com.posmodern.ai.contract.Columns.ROWS_WRITTEN;
import static com.posmodern.ai.contract.Columns.RULE;
import static com.posmodern.ai.contract.Columns.SECONDS;
import static com.posmodern.ai.contract.Columns.SEVERITY;
import static com.posmodern.ai.contract.Columns.STARTED_AT;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static com.posmodern.ai.contract.Columns.TOO_OLD;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.report.NightReport.Broken;
import com.posmodern.ai.report.NightReport.JobRun;
import com.posmodern.ai.report.NightReport.Quality;
import com.posmodern.ai.report.NightReport.Refused;
import com.posmodern.ai.report.NightReport.Result;
import com.posmodern.ai.report.NightReport.SourceAge;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects jobs, quality results and publications from the ledgers. */
public final class RunRows {
  private static final String REASON_OF_ROW = "reason_of_row";
  private static final int MOST_RUNS = 500;
  private static final int MOST_RULES = 20;
  private static final int MOST_RESULTS = 50;

  private RunRows() {}

  /**
   * The last run of each job, in the order in which they ran.
   *
   * @param runs the as-of date's rows of {@code ops.pipeline_runs}
   */
  public static List<JobRun> jobs(Dataset<Row> runs) {
    Map<String, JobRun> last = new LinkedHashMap<>();
    List<Row> newest =
        runs.orderBy(col(STARTED_AT).desc(), col(JOB)).limit(MOST_RUNS).collectAsList();
    for (int i = newest.size() - 1; i >= 0; i--) {
      Row row = newest.get(i);
      String job = Cells.text(row, JOB);
      // Removed and added again, so that a later run comes later in the order.
      last.remove(job);
      last.put(
          job,
          new JobRun(
              job,
              Cells.moment(row, STARTED_AT),
              Cells.text(row, OUTCOME),
              Cells.whole(row, ROWS_READ),
              Cells.whole(row, ROWS_WRITTEN),
              Cells.number(row, SECONDS),
              Cells.whole(row, PEAK_MEMORY),
              Cells.text(row, MESSAGE)));
    }
    return new ArrayList<>(last.values());
  }

  /**
   * Broken rules, the worst first, and the quarantined rows.
   *
   * @param results rows of {@code ops.quality_results}
   * @param quarantine rows of {@code ops.quarantine}
   */
  public static Quality quality(Dataset<Row> results, Optional<Dataset<Row>> quarantine) {
    List<Broken> broken =
        results
            .where(col(ROWS_FAILED).gt(0).or(col(PASSED).equalTo(false)))
            .orderBy(
                col(PASSED), col(SEVERITY), col(ROWS_FAILED).desc(), col(TABLE_NAME), col(RULE))
            .limit(MOST_RULES)
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Broken(
                        Cells.text(row, TABLE_NAME),
                        Cells.text(row, RULE),
                        Cells.text(row, SEVERITY).equals("error"),
                        Cells.whole(row, ROWS_CHECKED),
                        Cells.whole(row, ROWS_FAILED),
                        Cells.flag(row, PASSED)))
            .toList();
    return new Quality(results.count(), broken, quarantine.map(RunRows::refused).orElse(List.of()));
  }

  private static List<Refused> refused(Dataset<Row> quarantine) {
    return quarantine
        .select(col(TABLE_NAME), explode(col(REASONS)).as(REASON_OF_ROW))
        .groupBy(TABLE_NAME, REASON_OF_ROW)
        .agg(count(lit(1)).as(ROWS))
        .orderBy(col(ROWS).desc(), col(TABLE_NAME), col(REASON_OF_ROW))
        .limit(MOST_RULES)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Refused(
                    Cells.text(row, TABLE_NAME),
                    Cells.text(row, REASON_OF_ROW),
                    Cells.whole(row, ROWS)))
        .toList();
  }

  /**
   * The sources, the oldest first.
   *
   * @param ages rows of {@code ops.source_ages}
   */
  public static List<SourceAge> sources(Dataset<Row> ages) {
    return ages
        .orderBy(col(TOO_OLD).desc(), col(AGE_HOURS).desc_nulls_first(), col(TABLE_NAME))
        .limit(MOST_RESULTS)
        .collectAsList()
        .stream()
        .map(
            row ->
                new SourceAge(
                    Cells.text(row, TABLE_NAME),
                    Optional.ofNullable(row.<Timestamp>getAs(NEWEST_AT)).map(Timestamp::toInstant),
                    Cells.perhaps(row, AGE_HOURS),
                    Cells.perhaps(row, BOUND_HOURS),
                    Cells.flag(row, TOO_OLD)))
        .toList();
  }

  /**
   * The publication of the date; the last one if there are several.
   *
   * @param publications rows of {@code ops.publications}
   */
  public static List<Result> results(Dataset<Row> publications) {
    // Ids consist of the as-of date and the time of the run.
    Object last = publications.agg(max(PUBLICATION_ID)).head().get(0);
    return publications
        .where(col(PUBLICATION_ID).equalTo(last))
        .orderBy(TABLE_NAME)
        .limit(MOST_RESULTS)
        .collectAsList()
        .stream()
        .map(
            row -> {
              String name = Cells.text(row, TABLE_NAME);
              return new Result(
                  name, Table.named(name).map(Table::path).orElse(name), Cells.whole(row, ROWS));
            })
        .toList();
  }
}
