package com.posmodern.ai.job.segment;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DISTANCE;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PLACED;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.segment.SegmentModel;
import com.posmodern.ai.segment.SegmentMoves;
import com.posmodern.ai.segment.SegmentProfiles;
import com.posmodern.ai.segment.SegmentScoring;
import com.posmodern.ai.segment.SegmentTraining;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Assigns every known customer to a segment and profiles the segments. */
public final class SegmentScoreJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "segment-score", "assign every known customer to a segment, and profile the segments")
          .readsIfPresent(Table.CUSTOMER_FEATURES, Table.SEGMENT_CENTROIDS, Table.MODEL_REGISTRY)
          .writes(Table.CUSTOMER_SEGMENTS, Table.SEGMENT_PROFILES, Table.SEGMENT_MOVES);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> customers = context.readOptional(Table.CUSTOMER_FEATURES);
    if (customers.isEmpty()) {
      return JobOutcome.skipped("every sale is anonymous: there are no customers to segment");
    }
    Optional<Champion> champion = context.registry().champion(SegmentTraining.MODEL);
    if (champion.isEmpty()) {
      return JobOutcome.skipped("no segment model has been accepted yet");
    }
    String version = champion.get().version();
    SegmentModel model = SegmentCentroids.of(context, champion.get());
    Dataset<Row> assigned =
        SegmentScoring.assign(customers.get(), model, context.settings().segment().minBaskets())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long scored =
          context.write(
              Table.CUSTOMER_SEGMENTS,
              assigned.select(
                  lit(version).as(MODEL_VERSION),
                  col(CUSTOMER_ID),
                  col(SEGMENT_ID),
                  col(SEGMENT_NAME),
                  col(DISTANCE),
                  col(PLACED)));
      context.step("profiling the segments");
      context.write(Table.SEGMENT_PROFILES, SegmentProfiles.of(assigned, model, version));
      Dataset<Row> moves =
          SegmentMoves.of(
              assigned,
              context
                  .readHistory(Table.CUSTOMER_SEGMENTS)
                  .map(history -> history.where(col(AS_OF_DATE).lt(lit(context.asOf())))));
      context.write(Table.SEGMENT_MOVES, moves.withColumn(MODEL_VERSION, lit(version)));
      return JobOutcome.ok("%,d customers scored by %s".formatted(scored, version));
    } finally {
      assigned.unpersist();
    }
  }
}
