package com.posmodern.ai.job.segment;

import static com.posmodern.ai.contract.Columns.ACCEPTED;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.MODEL;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.segment.SegmentModel;
import com.posmodern.ai.segment.SegmentTraining;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Reads the segment models of the lake. */
final class SegmentCentroids {
  private SegmentCentroids() {}

  /** The model of a champion; its table is written before the version is accepted. */
  static SegmentModel of(JobContext context, Champion champion) {
    return model(context, champion.version(), champion.asOf())
        .orElseThrow(
            () ->
                PosException.badData(
                    "no centroids of the champion " + champion.version(),
                    Table.SEGMENT_CENTROIDS.path(),
                    "Run segment-train again."));
  }

  /**
   * The model in use before the as-of date. The date's own model is excluded, because a repeated
   * run must assign the same ids.
   */
  static Optional<SegmentModel> before(JobContext context) {
    return context
        .readHistory(Table.MODEL_REGISTRY)
        .flatMap(
            history ->
                history
                    .where(col(MODEL).equalTo(SegmentTraining.MODEL).and(col(ACCEPTED)))
                    .where(col(AS_OF_DATE).lt(lit(java.sql.Date.valueOf(context.asOf()))))
                    .orderBy(col(AS_OF_DATE).desc(), col(MODEL_VERSION).desc())
                    .select(MODEL_VERSION, AS_OF_DATE)
                    .limit(1)
                    .collectAsList()
                    .stream()
                    .findFirst())
        .flatMap(row -> model(context, row.getString(0), day(row)));
  }

  private static Optional<SegmentModel> model(JobContext context, String version, LocalDate asOf) {
    return context
        .readHistory(Table.SEGMENT_CENTROIDS)
        .flatMap(
            history ->
                SegmentModel.fromRows(
                    history.where(Lake.isOf(asOf)).where(col(MODEL_VERSION).equalTo(version))));
  }

  private static LocalDate day(Row row) {
    return row.getDate(1).toLocalDate();
  }
}
