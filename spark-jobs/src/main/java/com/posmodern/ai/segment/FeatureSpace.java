package com.posmodern.ai.segment;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.SegmentSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * The coordinate space in which distances between customers are measured: (value after the log -
 * median) ÷ IQR, cut at {@value #LIMIT} and times the weight. Median and IQR are robust against a
 * few extreme customers; mean and standard deviation are not.
 *
 * @param centres median of each feature after the logarithm
 * @param scales IQR of each feature after the log
 * @param weights of each feature
 */
record FeatureSpace(
    List<SegmentFeature> features,
    List<Double> centres,
    List<Double> scales,
    List<Double> weights) {

  /**
   * Values are clipped at this many IQRs from the median; about four standard deviations of a
   * normal distribution.
   */
  static final double LIMIT = 3;

  private static final double SMALLEST_SCALE = 1e-6;

  FeatureSpace {
    features = List.copyOf(features);
    centres = List.copyOf(centres);
    scales = List.copyOf(scales);
    weights = List.copyOf(weights);
  }

  /**
   * Measures median, IQR and weight of each feature.
   *
   * @param customers placeable customers
   * @param features candidate features, all in the sample; those of groups with weight 0 are left
   *     out
   */
  static FeatureSpace fit(
      CustomerSample customers, List<SegmentFeature> features, SegmentSettings.Weights weights) {
    List<SegmentFeature> used =
        features.stream().filter(feature -> feature.group().weight(weights) > 0).toList();
    List<Double> centres = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    List<Double> featureWeights = new ArrayList<>();
    for (SegmentFeature feature : used) {
      double[] sorted = customers.transformed(feature);
      Arrays.sort(sorted);
      FeatureGroup group = feature.group();
      long members = used.stream().filter(other -> other.group() == group).count();
      centres.add(rounded(Points.percentile(sorted, 0.5)));
      scales.add(
          scale(
              Points.percentile(sorted, 0.75) - Points.percentile(sorted, 0.25),
              deviation(sorted)));
      featureWeights.add(rounded(group.weight(weights) / Math.sqrt((double) members)));
    }
    return new FeatureSpace(used, centres, scales, featureWeights);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElse(0));
  }

  /**
   * Most customers never buy online, so that share has an IQR of 0: then the standard deviation is
   * used.
   */
  private static double scale(double interquartileRange, double deviation) {
    if (interquartileRange > SMALLEST_SCALE) {
      return rounded(interquartileRange);
    }
    return deviation > SMALLEST_SCALE ? rounded(deviation) : 1;
  }

  /**
   * Rounded, because sums differ in their last bits with the order of the partitions, and a saved
   * model must not.
   */
  static double rounded(double value) {
    return Math.round(value * 1e9) / 1e9;
  }

  int size() {
    return features.size();
  }

  /** One column per feature, in their order. */
  List<Column> scaled() {
    return IntStream.range(0, size())
        .mapToObj(
            i -> {
              Column deviation =
                  features.get(i).value().minus(centres.get(i)).divide(scales.get(i));
              return least(greatest(deviation, lit(-LIMIT)), lit(LIMIT)).multiply(weights.get(i));
            })
        .toList();
  }

  /** The result of {@link #scaled} for a sample that has every feature of this space. */
  double[][] scaled(CustomerSample customers) {
    double[][] points = new double[customers.size()][size()];
    for (int i = 0; i < size(); i++) {
      double[] values = customers.transformed(features.get(i));
      for (int p = 0; p < points.length; p++) {
        double deviation = (values[p] - centres.get(i)) / scales.get(i);
        points[p][i] = Math.min(Math.max(deviation, -LIMIT), LIMIT) * weights.get(i);
      }
    }
    return points;
  }

  /** Distance from the median in IQRs, without the weight. */
  double deviation(List<Double> point, int feature) {
    return point.get(feature) / weights.get(feature);
  }
}
