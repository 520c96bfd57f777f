package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers on which segments are searched and evaluated, held in memory (20,000 take 4 MB), so
 * that no step of the search is a Spark job.
 *
 * @param features the features in each customer's row, in order
 * @param rows values as in the lake, before any logarithm; ordered by customer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record CustomerSample(List<SegmentFeature> features, double[][] rows) {

  /**
   * Fetches the customers in one query.
   *
   * @param customers rows of {@code features.customer_features} without a missing feature; must fit
   *     into memory
   * @param departments department features to include in addition to behaviour
   */
  static CustomerSample of(Dataset<Row> customers, List<SegmentFeature> departments) {
    List<SegmentFeature> all = features(departments);
    Column[] values = all.stream().map(SegmentFeature::raw).toArray(Column[]::new);
    return of(
        all,
        customers.select(col(CUSTOMER_ID), array(values)).collectAsList().stream()
            // The order of the rows determines the starts of K-Means, so it must be fixed.
            .sorted(Comparator.comparing((Row row) -> row.getString(0)))
            .toList());
  }

  /**
   * The sample of rows fetched already.
   *
   * @param rows the features' values, as an array, are the second column
   */
  static CustomerSample of(List<SegmentFeature> features, List<Row> rows) {
    return new CustomerSample(
        features,
        rows.stream()
            .map(row -> row.<Double>getList(1).stream().mapToDouble(value -> value).toArray())
            .toArray(double[][]::new));
  }

  /** Behaviour, and each department once. */
  static List<SegmentFeature> features(List<SegmentFeature> departments) {
    Set<SegmentFeature> all = new LinkedHashSet<>(SegmentFeature.BEHAVIOUR);
    all.addAll(departments);
    return List.copyOf(all);
  }

  int size() {
    return rows.length;
  }

  /** Every customer's value of a feature as in the lake. */
  double[] values(SegmentFeature feature) {
    int column = features.indexOf(feature);
    return Stream.of(rows).mapToDouble(row -> row[column]).toArray();
  }

  /** Every customer's value of a feature, after the logarithm if the feature uses one. */
  double[] transformed(SegmentFeature feature) {
    int column = features.indexOf(feature);
    return Stream.of(rows).mapToDouble(row -> feature.transformed(row[column])).toArray();
  }
}
