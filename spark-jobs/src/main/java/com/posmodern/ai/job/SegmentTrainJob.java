package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import com.posmodern.ai.config.SegmentSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.segment.SegmentTraining;
import com.posmodern.ai.segment.SegmentTraining.Trained;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the customer segments; the gate decides whether they may score. */
public final class SegmentTrainJob implements Job {
  @Override
  public String name() {
    return "segment-train";
  }

  @Override
  public String purpose() {
    return "find the customer segments (K-Means on shopping habits)";
  }

  @Override
  public Set<Table> inputs() {
    return Set.of();
  }

  @Override
  public Set<Table> optionalInputs() {
    return EnumSet.of(Table.CUSTOMER_FEATURES);
  }

  @Override
  public Set<Table> outputs() {
    return EnumSet.of(Table.SEGMENT_CENTROIDS, Table.MODEL_METRICS, Table.MODEL_REGISTRY);
  }

  @Override
  public JobOutcome run(JobContext context) {
    long started = System.nanoTime();
    SegmentSettings settings = context.settings().segment();
    Optional<Dataset<Row>> customers = context.readOptional(Table.CUSTOMER_FEATURES);
    if (customers.isEmpty()) {
      return JobOutcome.skipped("every sale is anonymous: nobody to put into a segment");
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
            placeable, count, SegmentCentroids.before(context), highestId(context), settings);
    String version =
        context.registry().nextVersion(SegmentTraining.MODEL, trained.evaluation().parameters());
    context.write(Table.SEGMENT_CENTROIDS, trained.model().toRows(context.spark(), version));
    // After the table: an accepted version always has its centroids.
    ModelVersion judged =
        context.registry().judge(trained.evaluation(), (System.nanoTime() - started) / 1e9);
    String found = "%d segments, %s".formatted(trained.model().segments().size(), judged.verdict());
    return judged.accepted() ? JobOutcome.ok(found) : JobOutcome.rejected(judged.verdict());
  }

  /** Of every night before this one, so that no id ever gets a second meaning. */
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
