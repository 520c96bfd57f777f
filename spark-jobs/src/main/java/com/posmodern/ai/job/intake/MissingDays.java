package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.CALENDAR_DATE;
import static com.posmodern.ai.contract.Columns.EVENT_NAME;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.REGION;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Adds to the source table calendar the days that it lacks. */
final class MissingDays {
  private final Lake lake;

  MissingDays(Lake lake) {
    this.lake = lake;
  }

  /**
   * Adds the days of a region and date of which the table has neither the name nor the kind; those
   * that it has stay as they are.
   *
   * @param days rows of the table
   * @return how many were added
   */
  long add(List<Row> days) {
    Dataset<Row> rows = lake.spark().createDataFrame(days, Contracts.of(Table.CALENDAR).schema());
    if (!lake.exists(Table.CALENDAR)) {
      return new LakeWriter(lake).replaceSource(Table.CALENDAR, rows);
    }
    Dataset<Row> existing = lake.read(Table.CALENDAR);
    Column there =
        rows.col(REGION)
            .equalTo(existing.col(REGION))
            .and(rows.col(CALENDAR_DATE).equalTo(existing.col(CALENDAR_DATE)))
            .and(
                rows.col(KIND)
                    .equalTo(existing.col(KIND))
                    .or(rows.col(EVENT_NAME).equalTo(existing.col(EVENT_NAME))));
    return new SourceWrite(lake, ImportCommand.Mode.MERGE)
        .newRows(Table.CALENDAR, rows.join(existing, there, "left_anti"));
  }
}
