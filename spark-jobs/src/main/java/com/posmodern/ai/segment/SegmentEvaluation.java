package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.DISTANCE;
import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.MONETARY_VALUE;
import static com.posmodern.ai.contract.Columns.PLACED;
import static com.posmodern.ai.contract.Columns.RECENCY;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.segment.ClusterSearch.CLUSTER;
import static com.posmodern.ai.segment.ClusterSearch.POINT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.SegmentSettings;
import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How well separated the segments are, beside the binning that a retailer does by hand.
 *
 * @param skill share of the way from the baseline's silhouette to a perfect 1
 */
record SegmentEvaluation(List<Metric> metrics, double skill) {
  private static final String CANDIDATE = "k_means";
  private static final String BASELINE = "rfm_quintiles";
  private static final String SILHOUETTE = "silhouette";
  private static final String DAVIES_BOULDIN = "davies_bouldin";

  private static final String CENTRE = "centre";
  private static final String VARIANCE = "variance";
  private static final String BEFORE = "segment_before";
  private static final int QUINTILES = 5;

  /**
   * Measures model and baseline in the same space.
   *
   * @param customers placeable customers with their point
   * @param before the model that scored last
   * @param silhouettes per number of clusters tried
   */
  static SegmentEvaluation of(
      Dataset<Row> customers,
      SegmentModel model,
      Optional<SegmentModel> before,
      Map<Integer, Double> silhouettes,
      SegmentSettings settings) {
    Dataset<Row> assigned =
        SegmentScoring.assign(customers, model, settings.minBaskets())
            .withColumnRenamed(SEGMENT_ID, CLUSTER);
    Dataset<Row> bands = quintileBands(customers, Math.max(2, model.segments().size()));
    double separation = daviesBouldin(assigned);
    double baselineSeparation = daviesBouldin(bands);
    double silhouette = Double.isNaN(separation) ? Double.NaN : ClusterSearch.silhouette(assigned);
    double baseline =
        Double.isNaN(baselineSeparation) ? Double.NaN : ClusterSearch.silhouette(bands);
    double kept =
        before
            .map(former -> agreement(customers, model, former, settings.minBaskets()))
            .orElse(Double.NaN);

    List<Metric> metrics = new ArrayList<>();
    metrics.add(metric(CANDIDATE, SILHOUETTE, silhouette, true));
    metrics.add(metric(BASELINE, SILHOUETTE, baseline, true));
    metrics.add(metric(CANDIDATE, DAVIES_BOULDIN, separation, false));
    metrics.add(metric(BASELINE, DAVIES_BOULDIN, baselineSeparation, false));
    metrics.add(metric(CANDIDATE, "stability", kept, true));
    silhouettes.forEach(
        (k, value) -> metrics.add(new Metric(CANDIDATE, "k=" + k, SILHOUETTE, value, false, true)));
    return new SegmentEvaluation(metrics, skill(silhouette, baseline));
  }

  /** A baseline that cannot tell customers apart at all has a silhouette of 0. */
  private static double skill(double silhouette, double baseline) {
    if (Double.isNaN(silhouette)) {
      return Double.NaN;
    }
    double floor = Double.isNaN(baseline) ? 0 : baseline;
    return FeatureSpace.rounded((silhouette - floor) / (1 - floor));
  }

  private static Metric metric(
      String candidate, String name, double value, boolean higherIsBetter) {
    return new Metric(
        candidate,
        Metric.ALL,
        name,
        Double.isNaN(value) ? value : FeatureSpace.rounded(value),
        candidate.equals(BASELINE),
        higherIsBetter);
  }

  /**
   * Davies-Bouldin index (1979) with root mean square spreads: the mean over clusters of the worst
   * (spread + spread) ÷ distance to another one. 0 is perfect.
   *
   * @param assigned points with their cluster
   * @return NaN with fewer than two clusters
   */
  static double daviesBouldin(Dataset<Row> assigned) {
    List<Row> clusters =
        assigned
            .groupBy(CLUSTER)
            .agg(
                Summarizer.mean(col(POINT)).as(CENTRE),
                Summarizer.variance(col(POINT)).as(VARIANCE))
            .orderBy(CLUSTER)
            .collectAsList();
    if (clusters.size() < 2) {
      return Double.NaN;
    }
    double sum = 0;
    for (int i = 0; i < clusters.size(); i++) {
      double worst = 0;
      for (int j = 0; j < clusters.size(); j++) {
        if (i != j) {
          Row one = clusters.get(i);
          Row other = clusters.get(j);
          worst = Math.max(worst, (spread(one) + spread(other)) / distance(one, other));
        }
      }
      sum += worst;
    }
    return sum / clusters.size();
  }

  private static double distance(Row one, Row other) {
    return Math.sqrt(Vectors.sqdist(one.<Vector>getAs(CENTRE), other.<Vector>getAs(CENTRE)));
  }

  private static double spread(Row cluster) {
    double sum = 0;
    for (double variance : cluster.<Vector>getAs(VARIANCE).toArray()) {
      sum += variance;
    }
    return Math.sqrt(sum);
  }

  /**
   * The naive baseline: quintiles of recency, frequency and monetary value, added up and cut into
   * as many bands as there are segments (RFM, Hughes 1994).
   *
   * @param customers placeable customers
   * @return the rows with the band as cluster
   */
  static Dataset<Row> quintileBands(Dataset<Row> customers, int bands) {
    Column cuts = array(lit(0.2), lit(0.4), lit(0.6), lit(0.8));
    Row row =
        customers
            .agg(
                percentile(col(RECENCY), cuts),
                percentile(col(FREQUENCY), cuts),
                percentile(col(MONETARY_VALUE), cuts))
            .head();
    Column score =
        lit(QUINTILES - 1)
            .minus(quintile(RECENCY, row.getList(0)))
            .plus(quintile(FREQUENCY, row.getList(1)))
            .plus(quintile(MONETARY_VALUE, row.getList(2)));
    int levels = 3 * (QUINTILES - 1) + 1;
    Column band = floor(score.multiply(bands).divide(levels));
    return customers.withColumn(CLUSTER, least(band, lit(bands - 1)).cast("int"));
  }

  /** Quintile from 0. */
  private static Column quintile(String column, List<Double> cuts) {
    Column quintile = lit(0);
    for (double cut : cuts) {
      quintile = quintile.plus(when(col(column).gt(cut), 1).otherwise(0));
    }
    return quintile;
  }

  /**
   * Stability: what a new night changes for the customers.
   *
   * @param customers placeable customers
   * @return share of them that both models put into the segment of the same id
   */
  static double agreement(
      Dataset<Row> customers, SegmentModel now, SegmentModel before, int minBaskets) {
    Dataset<Row> scoredBefore =
        SegmentScoring.assign(customers, before, minBaskets)
            .withColumnRenamed(SEGMENT_ID, BEFORE)
            .drop(SEGMENT_NAME, DISTANCE, PLACED);
    return SegmentScoring.assign(scoredBefore, now, minBaskets)
        .agg(avg(when(col(SEGMENT_ID).equalTo(col(BEFORE)), 1.0).otherwise(0.0)))
        .head()
        .getDouble(0);
  }
}
