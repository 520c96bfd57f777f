package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * A trained candidate as bytes, as it is kept in {@code models.forecast_models}.
 *
 * @param payload XGBoost's own UBJSON, or {@link BoostedTrees} as bytes
 * @param trainingRows rows trained on
 * @param columns features trained on, the first ones of a row
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes of a file.
public record TrainedModel(Candidate candidate, byte[] payload, long trainingRows, int columns)
    implements Serializable {

  /** Loads the model; the caller closes it. */
  Forecaster load() {
    return candidate == Candidate.XGBOOST_TWEEDIE
        ? XgboostForecaster.load(payload, columns)
        : BoostedTrees.ofBytes(payload);
  }
}
