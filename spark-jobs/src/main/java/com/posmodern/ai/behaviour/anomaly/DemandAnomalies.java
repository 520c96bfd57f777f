package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.config.BehaviourSettings.AnomalySettings;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Incidents of the last days: per store, per store and category, per store and product, and of all
 * stores together.
 *
 * <p>Four measures of each series are judged: {@link Measure}. A run of days is one incident. What
 * a whole store explains is not said again of its categories and products, nor what a category
 * explains of its products.
 */
public final class DemandAnomalies {
  /** Levels from the whole to its parts. */
  static final String STORE = "STORE";

  static final String CATEGORIES = "CATEGORY";
  static final String PRODUCT = "PRODUCT";

  /** Item of a whole store, and store of what many stores have at the same time. */
  static final String ALL = "ALL";

  /** Category of a product that has none on record. */
  static final String UNKNOWN_CATEGORY = "UNKNOWN";

  private DemandAnomalies() {}

  /**
   * What the incidents are found in.
   *
   * @param demand features.daily_demand
   * @param forecasts results.demand_forecast of every night, with as_of_date
   * @param products product_id, category
   * @param arrivals ops.arrivals
   * @param events source.local_events
   */
  public record Input(
      Dataset<Row> demand,
      Optional<Dataset<Row>> forecasts,
      Dataset<Row> products,
      Optional<Dataset<Row>> arrivals,
      Optional<Dataset<Row>> events) {}

  /** Rows of {@code results.demand_anomalies} without the as-of date. */
  public static Dataset<Row> of(Input input, LocalDate asOf, AnomalySettings settings) {
    ItemJudge judge = new ItemJudge((int) asOf.toEpochDay(), settings);
    Dataset<Row> found =
        JudgedSeries.of(input, asOf, settings)
            .flatMap((FlatMapFunction<Row, Row>) judge::incidents, Encoders.row(ItemJudge.ROW));
    return Incidents.withoutWhatTheWholeExplains(found, input.products());
  }
}
