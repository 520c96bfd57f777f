package com.posmodern.ai.segment;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.stddev_pop;

import com.posmodern.ai.config.SegmentSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The coordinates in which customers are near or far: (value after the log - median) ÷ IQR, cut at
 * {@value #LIMIT} and times the weight. Median and IQR hold still when a few customers are absurd;
 * mean and deviation do not.
 *
 * @param centres median of each feature after the log
 * @param scales IQR of each feature after the log
 * @param weights of each feature
 */
record FeatureSpace(
    List<SegmentFeature> features,
    List<Double> centres,
    List<Double> scales,
    List<Double> weights) {

  /** IQRs from the median beyond which more makes no difference; four deviations of a normal. */
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
   * @param customers placeable customers, few enough for exact percentiles
   * @param features candidates; those of groups without weight are left out
   */
  static FeatureSpace fit(
      Dataset<Row> customers, List<SegmentFeature> features, SegmentSettings.Weights weights) {
    List<SegmentFeature> used =
        features.stream().filter(feature -> feature.group().weight(weights) > 0).toList();
    List<Column> statistics = new ArrayList<>();
    for (SegmentFeature feature : used) {
      Column value = feature.value();
      statistics.add(percentile(value, array(lit(0.25), lit(0.5), lit(0.75))));
      statistics.add(stddev_pop(value));
    }
    Row row = customers.agg(statistics.get(0), rest(statistics)).head();
    List<Double> centres = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    List<Double> featureWeights = new ArrayList<>();
    for (int i = 0; i < used.size(); i++) {
      List<Double> quartiles = row.getList(2 * i);
      FeatureGroup group = used.get(i).group();
      long members = used.stream().filter(feature -> feature.group() == group).count();
      centres.add(rounded(quartiles.get(1)));
      scales.add(scale(quartiles.get(2) - quartiles.get(0), row.getDouble(2 * i + 1)));
      featureWeights.add(rounded(group.weight(weights) / Math.sqrt((double) members)));
    }
    return new FeatureSpace(used, centres, scales, featureWeights);
  }

  /** Most customers never buy online, so that share has no IQR: then the deviation serves. */
  private static double scale(double interquartileRange, double deviation) {
    if (interquartileRange > SMALLEST_SCALE) {
      return rounded(interquartileRange);
    }
    return deviation > SMALLEST_SCALE ? rounded(deviation) : 1;
  }

  /** Sums differ in their last bits with the order of the partitions; a saved model must not. */
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

  /** Distance from the median in IQRs, without the weight. */
  double deviation(List<Double> point, int feature) {
    return point.get(feature) / weights.get(feature);
  }

  private static Column[] rest(List<Column> columns) {
    return columns.subList(1, columns.size()).toArray(Column[]::new);
  }
}
