package com.posmodern.ai.outreach;

import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The runs of sending as rows of {@code ops.send_runs}: counts, and nobody's address. */
final class SendRuns {
  private final Lake lake;

  SendRuns(Lake lake) {
    this.lake = lake;
  }

  /**
   * Appends a run; nothing when it has counted nothing.
   *
   * @param asOf of the newest messages
   */
  void append(SendReport report, String runId, Mode mode, LocalDate asOf, Instant start) {
    if (report.counts().isEmpty()) {
      return;
    }
    StructType schema = Contracts.of(Table.SEND_RUNS).writtenSchema().asNullable();
    List<Row> rows = new ArrayList<>();
    report
        .counts()
        .forEach(
            (line, messages) ->
                rows.add(
                    RowFactory.create(
                        runId,
                        line.campaignId(),
                        line.channel(),
                        mode.name(),
                        line.outcome(),
                        Timestamp.from(start),
                        messages)));
    new LakeWriter(lake)
        .append(Table.SEND_RUNS, asOf, lake.spark().createDataFrame(rows, schema).coalesce(1));
  }
}
