package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.propensity.PropensityData;
import com.posmodern.ai.campaign.uplift.PastCampaigns;
import com.posmodern.ai.campaign.uplift.UpliftScoring;
import com.posmodern.ai.campaign.uplift.UpliftTraining;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.night.JobContext;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a message brings of each customer, by the uplift model in use. Close it when the rows have
 * been read.
 *
 * @param rows customer_id and uplift; empty while audiences are ordered by propensity
 */
record KnownUplift(Optional<PropensityData> data, Optional<Dataset<Row>> rows)
    implements AutoCloseable {
  /** Tables that a job must declare to call {@link #of}. */
  static final Table[] READS = {
    Table.ACCEPTED_SALES, Table.CAMPAIGN_EVENTS, Table.PROPENSITY_MODELS, Table.MODEL_REGISTRY
  };

  /**
   * By the version of the same night only: where tonight's was refused, or nothing could be learnt,
   * an older one has no proof that holds today.
   */
  static KnownUplift of(JobContext context) {
    Optional<byte[]> payload =
        context
            .registry()
            .champion(UpliftTraining.MODEL)
            .filter(champion -> champion.asOf().equals(context.asOf()))
            .flatMap(champion -> payload(context, champion));
    if (payload.isEmpty()) {
      return new KnownUplift(Optional.empty(), Optional.empty());
    }
    PropensityData data = new PropensityInputs(context).all();
    return new KnownUplift(
        Optional.of(data), UpliftScoring.of(data, context.asOf(), payload.get()));
  }

  /** Empty where the model is of another version of the program, with other features. */
  private static Optional<byte[]> payload(JobContext context, Champion champion) {
    return PropensityModels.row(context, champion)
        .filter(row -> row.<String>getList(1).equals(PastCampaigns.featureNames()))
        .map(row -> row.<byte[]>getAs(0));
  }

  @Override
  public void close() {
    data.ifPresent(PropensityData::close);
  }
}
