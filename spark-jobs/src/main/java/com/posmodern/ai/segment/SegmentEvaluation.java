package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.MONETARY_VALUE;
import static com.posmodern.ai.contract.Columns.RECENCY;

import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well separated the segments are, compared with the RFM bands that retailers commonly use.
 *
 * @param skill share of the way from the baseline's silhouette to a perfect 1
 */
record SegmentEvaluation(List<Metric> metrics, double skill) {
  private static final String CANDIDATE = "k_means";
  private static final String BASELINE = "rfm_quintiles";
  private static final String SILHOUETTE = "silhouette";
  private static final String DAVIES_BOULDIN = "davies_bouldin";

  private static final int QUINTILES = 5;

  /**
   * Evaluates model and baseline in the same space.
   *
   * @param before the model in use so far; the sample includes its features, too
   * @param silhouettes per number of clusters tried
   */
  static SegmentEvaluation of(
      CustomerSample customers,
      SegmentModel model,
      Optional<SegmentModel> before,
      Map<Integer, Double> silhouettes) {
    double[][] points = model.space().scaled(customers);
    int[] assigned = Points.assigned(model.centroids(), points);
    int[] bands = quintileBands(customers, Math.max(2, model.segments().size()));
    ClusterGroups segments = ClusterGroups.of(points, assigned, model.segments().size());
    ClusterGroups baseline = ClusterGroups.of(points, bands, Math.max(2, model.segments().size()));
    double silhouette = segments.silhouette(points, assigned);
    double baselineSilhouette = baseline.silhouette(points, bands);
    double kept = before.map(former -> agreement(customers, model, former)).orElse(Double.NaN);

    List<Metric> metrics = new ArrayList<>();
    metrics.add(metric(CANDIDATE, SILHOUETTE, silhouette, true));
    metrics.add(metric(BASELINE, SILHOUETTE, baselineSilhouette, true));
    metrics.add(metric(CANDIDATE, DAVIES_BOULDIN, segments.daviesBouldin(), false));
    metrics.add(metric(BASELINE, DAVIES_BOULDIN, baseline.daviesBouldin(), false));
    metrics.add(metric(CANDIDATE, "stability", kept, true));
    silhouettes.forEach(
        (k, value) -> metrics.add(new Metric(CANDIDATE, "k=" + k, SILHOUETTE, value, false, true)));
    return new SegmentEvaluation(metrics, skill(silhouette, baselineSilhouette));
  }

  /** A baseline that does not separate customers at all has a silhouette of 0. */
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
   * The naive baseline: quintiles of recency, frequency and monetary value are summed and divided
   * into as many bands as there are segments (RFM, Hughes 1994).
   *
   * @return the band of each customer, from 0
   */
  static int[] quintileBands(CustomerSample customers, int bands) {
    int[] recency = quintiles(customers.values(SegmentFeature.named(RECENCY)));
    int[] frequency = quintiles(customers.values(SegmentFeature.named(FREQUENCY)));
    int[] monetary = quintiles(customers.values(SegmentFeature.named(MONETARY_VALUE)));
    int levels = 3 * (QUINTILES - 1) + 1;
    int[] band = new int[customers.size()];
    for (int i = 0; i < band.length; i++) {
      int score = QUINTILES - 1 - recency[i] + frequency[i] + monetary[i];
      band[i] = Math.min(bands - 1, score * bands / levels);
    }
    return band;
  }

  /** Every combination of the quintiles of recency, frequency and monetary value: 125 groups. */
  static int[] quintileCells(CustomerSample customers) {
    int[] recency = quintiles(customers.values(SegmentFeature.named(RECENCY)));
    int[] frequency = quintiles(customers.values(SegmentFeature.named(FREQUENCY)));
    int[] monetary = quintiles(customers.values(SegmentFeature.named(MONETARY_VALUE)));
    int[] cells = new int[customers.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (recency[i] * QUINTILES + frequency[i]) * QUINTILES + monetary[i];
    }
    return cells;
  }

  /** The quintile of each value, from 0. */
  private static int[] quintiles(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] quintiles = new int[values.length];
    for (int cut = 1; cut < QUINTILES; cut++) {
      double above = Points.percentile(sorted, (double) cut / QUINTILES);
      for (int i = 0; i < values.length; i++) {
        quintiles[i] += values[i] > above ? 1 : 0;
      }
    }
    return quintiles;
  }

  /**
   * Stability from night to night.
   *
   * @return share of customers that both models assign to the segment with the same id
   */
  static double agreement(CustomerSample customers, SegmentModel now, SegmentModel before) {
    int[] after = now.segmentsOf(customers);
    int[] former = before.segmentsOf(customers);
    int same = 0;
    for (int i = 0; i < after.length; i++) {
      same += after[i] == former[i] ? 1 : 0;
    }
    return (double) same / after.length;
  }
}
