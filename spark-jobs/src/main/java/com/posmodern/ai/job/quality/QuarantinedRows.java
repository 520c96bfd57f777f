package com.posmodern.ai.job.quality;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.quality.TableCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Encoders;

/** Keeps the rejected rows of a night. */
final class QuarantinedRows {
  private QuarantinedRows() {}

  /**
   * One commit per table with rejected rows, in this run or an earlier run for the same date.
   *
   * @return rows written
   */
  static long write(JobContext context, List<TableCheck> checks) {
    Set<String> before = tablesOfEarlierRuns(context);
    long rows = 0;
    for (TableCheck check : checks) {
      String table = check.table().tableName();
      if (check.hasQuarantined() || before.contains(table)) {
        rows += context.write(Table.QUARANTINE, check.quarantined(), Map.of(TABLE_NAME, table));
      }
    }
    return rows;
  }

  private static Set<String> tablesOfEarlierRuns(JobContext context) {
    return context
        .readHistory(Table.QUARANTINE)
        .map(
            rows ->
                rows.filter(col(AS_OF_DATE).equalTo(lit(context.asOf())))
                    .select(col(TABLE_NAME))
                    .distinct()
                    .as(Encoders.STRING())
                    .collectAsList())
        .map(Set::copyOf)
        .orElse(Set.of());
  }
}
