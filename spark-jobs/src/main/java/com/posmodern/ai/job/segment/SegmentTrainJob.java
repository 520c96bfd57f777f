package com.posmodern.ai.job.segment;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import com.posmodern.ai.config.SegmentSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.segment.SegmentTraining;
import com.posmodern.ai.segment.SegmentTraining.Trained;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the customer segments; the gate decides whether they may be used for scoring. */
public final class SegmentTrainJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("segment-train", "find the customer segments (K-Means on shopping habits)")
          .reads(Table.ACCEPTED_SALES, Table.PRODUCTS)
          .readsIfPresent(Table.CUSTOMER_FEATURES, Table.CUSTOMERS)
          .writes(Table.SEGMENT_CENTROIDS, Table.MODEL_METRICS, Table.MODEL_REGISTRY);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    long started = System.nanoTime();
    SegmentSettings settings = context.settings().segment();
    Optional<Dataset<Row>> customers = context.readOptional(Table.CUSTOMER_FEATURES);
    if (customers.isEmpty()) {
      return JobOutcome.skipped("every sale is anonymous: there are no customers to segment");
    }
    Dataset<Row> placeable = SegmentTraining.placeable(customers.get(), settings);
    long count = placeable.count();
    if (count < settings.minCustomers()) {
      return JobOutcome.skipped(
          "only %,d customers with %d baskets or more, %,d needed"
              .formatted(count, settings.minBaskets(), settings.minCustomers()));
    }
    context.step("clustering %,d customers".formatted(count));
    Trained trained =
        SegmentTraining.train(
            placeable,
            count,
            Optional.of(PastCustomers.of(context, count)),
            SegmentCentroids.before(context),
            highestId(context),
            settings);
    String version =
        context.registry().nextVersion(SegmentTraining.MODEL, trained.evaluation().parameters());
    context.write(Table.SEGMENT_CENTROIDS, trained.model().toRows(context.spark(), version));
    // Registered after the table is written, so that an accepted version always has its centroids.
    ModelVersion judged =
        context.registry().judge(trained.evaluation(), (System.nanoTime() - started) / 1e9);
    String found = "%d segments, %s".formatted(trained.model().segments().size(), judged.verdict());
    return judged.accepted() ? JobOutcome.ok(found) : JobOutcome.rejected(judged.verdict());
  }

  /** Over every earlier night, so that no id is ever reused with another meaning. */
  private static int highestId(JobContext context) {
    return context
        .readHistory(Table.SEGMENT_CENTROIDS)
        .map(
            history ->
                history
                    .where(col(AS_OF_DATE).lt(java.sql.Date.valueOf(context.asOf())))
                    .agg(max(SEGMENT_ID))
                    .head())
        .filter(row -> !row.isNullAt(0))
        .map(row -> row.getInt(0))
        .orElse(0);
  }
}
