package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.MODEL;

import com.posmodern.ai.campaign.propensity.PropensityFeature;
import com.posmodern.ai.campaign.propensity.PropensityKind;
import com.posmodern.ai.campaign.propensity.PropensityLearning.Learnt;
import com.posmodern.ai.campaign.propensity.PropensityTraining.Trained;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.JobContext;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;

/** Stores a trained propensity, and registers its version. */
final class KeptPropensity {
  private KeptPropensity() {}

  /**
   * Stores and registers what was learnt.
   *
   * @param started {@link System#nanoTime} when the training began
   * @return the version with its verdict
   */
  static ModelVersion keep(JobContext context, PropensityKind kind, Learnt learnt, long started) {
    Trained trained = learnt.trained().orElseThrow();
    String version =
        context.registry().nextVersion(kind.model(), trained.evaluation().parameters());
    Map<String, String> slice = Map.of(MODEL, kind.model());
    context.write(
        Table.PROPENSITY_MODELS,
        context
            .spark()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        version,
                        kind.model(),
                        trained.model(),
                        kind.features().stream().map(PropensityFeature::column).toList(),
                        trained.rows())),
                Contracts.of(Table.PROPENSITY_MODELS).writtenSchema()),
        slice);
    if (context.settings().propensity().keepExamples()) {
      context.write(
          Table.PROPENSITY_EXAMPLES, learnt.examples().orElseThrow().rows(context.spark()), slice);
    }
    // Registered after the table is written, so that an accepted version always has its rows.
    return context.registry().judge(trained.evaluation(), (System.nanoTime() - started) / 1e9);
  }
}
