package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.FEATURE_NAMES;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PAYLOAD;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.campaign.propensity.PropensityFeature;
import com.posmodern.ai.campaign.propensity.PropensityKind;
import com.posmodern.ai.campaign.propensity.PropensityScoring.Stored;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.night.JobContext;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Reads the propensity models of the lake. */
final class PropensityModels {
  private PropensityModels() {}

  /** The model in use of a kind. */
  static Optional<Stored> of(JobContext context, PropensityKind kind) {
    return context.registry().champion(kind.model()).flatMap(c -> stored(context, kind, c));
  }

  /** The payload and the names of the features of a version, where the lake has it. */
  static Optional<Row> row(JobContext context, Champion champion) {
    return context
        .readHistory(Table.PROPENSITY_MODELS)
        .flatMap(
            history ->
                history
                    .where(Lake.isOf(champion.asOf()))
                    .where(col(MODEL_VERSION).equalTo(champion.version()))
                    .select(PAYLOAD, FEATURE_NAMES)
                    .collectAsList()
                    .stream()
                    .findFirst());
  }

  private static Optional<Stored> stored(
      JobContext context, PropensityKind kind, Champion champion) {
    Row row =
        row(context, champion)
            .orElseThrow(
                () ->
                    PosException.badData(
                        "the champion " + champion.version() + " is not there",
                        Table.PROPENSITY_MODELS.path(),
                        "Run propensity-train again."));
    // Of another version of the program: it cannot read today's features.
    return row.<String>getList(1)
            .equals(kind.features().stream().map(PropensityFeature::column).toList())
        ? Optional.of(new Stored(kind, champion.version(), row.getAs(0)))
        : Optional.empty();
  }
}
