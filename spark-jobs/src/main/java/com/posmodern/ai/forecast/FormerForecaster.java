package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.FEATURE_NAMES;
import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A version accepted before the newest origin of the backtest: forecast from that origin as
 * tonight's candidate is, it shows on the same rows whether the candidate is worse.
 *
 * @param models trained up to its own as-of date; none where only simple methods were published
 */
public record FormerForecaster(String version, List<TrainedModel> models, Champions champions)
    implements Serializable {
  /** Its name among the forecasters of a backtest. */
  static final String NAME = "former_version";

  public FormerForecaster {
    models = List.copyOf(models);
  }

  /**
   * Reads a version back; empty where its rows are no longer kept, or where it was trained on other
   * features than this version of the program uses.
   *
   * @param models its rows of {@code models.forecast_models}
   * @param champions its rows of {@code models.forecast_champions}
   */
  public static Optional<FormerForecaster> of(
      String version, Dataset<Row> models, Dataset<Row> champions) {
    List<Row> blends = ForecastTables.blendsOf(champions);
    if (blends.isEmpty()) {
      return Optional.empty();
    }
    Champions chosen = ForecastTables.championsOf(blends);
    List<TrainedModel> kept =
        ForecastTables.modelsOf(
            models.where(
                col(FEATURE_NAMES)
                    .isin(Feature.ids(Feature.COUNT), Feature.ids(Feature.WITHOUT_SIGNALS))));
    boolean complete =
        kept.stream().map(TrainedModel::candidate).toList().containsAll(chosen.trained());
    return complete ? Optional.of(new FormerForecaster(version, kept, chosen)) : Optional.empty();
  }

  /**
   * Its forecast of one series.
   *
   * @param forecasts of the simple methods, and of its own trained models
   */
  Kept forecast(SeriesOrigin origin, Map<Candidate, float[]> forecasts) {
    return new Kept(
        champions.blended(origin.demandClass(), forecasts), champions.sums().of(forecasts));
  }

  /**
   * One series as the former version forecasts it, per day of the horizon.
   *
   * @param own before sums are looked at
   * @param ofSum the series' part in the forecast of sums
   */
  @SuppressWarnings("ArrayRecordComponent") // One element per day and series.
  record Kept(float[] own, float[] ofSum) implements Serializable {}
}
