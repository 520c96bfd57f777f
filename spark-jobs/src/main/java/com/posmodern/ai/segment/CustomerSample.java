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
 * The customers that segments are searched and judged on, in memory: as many as the settings allow
 * (20,000 take 4 MB), so that no step of the search is a Spark job.
 *
 * @param features what each customer's row holds, in this order
 * @param rows values as the lake has them, before any log; ordered by customer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed after construction
record CustomerSample(List<SegmentFeature> features, double[][] rows) {

  /**
   * Fetches the customers in one query.
   *
   * @param customers rows of {@code features.customer_features} without a missing feature; no more
   *     than fit into memory
   * @param departments features of departments that are wanted beside the behaviour
   */
  static CustomerSample of(Dataset<Row> customers, List<SegmentFeature> departments) {
    Set<SegmentFeature> all = new LinkedHashSet<>(SegmentFeature.BEHAVIOUR);
    all.addAll(departments);
    Column[] values = all.stream().map(SegmentFeature::raw).toArray(Column[]::new);
    double[][] rows =
        customers.select(col(CUSTOMER_ID), array(values)).collectAsList().stream()
            // The order of the rows decides where K-Means starts: it has to be a fixed one.
            .sorted(Comparator.comparing((Row row) -> row.getString(0)))
            .map(row -> row.<Double>getList(1).stream().mapToDouble(value -> value).toArray())
            .toArray(double[][]::new);
    return new CustomerSample(List.copyOf(all), rows);
  }

  int size() {
    return rows.length;
  }

  /** Every customer's value of a feature, as the lake has it. */
  double[] values(SegmentFeature feature) {
    int column = features.indexOf(feature);
    return Stream.of(rows).mapToDouble(row -> row[column]).toArray();
  }

  /** Every customer's value of a feature, after the log if it has one. */
  double[] transformed(SegmentFeature feature) {
    int column = features.indexOf(feature);
    return Stream.of(rows).mapToDouble(row -> feature.transformed(row[column])).toArray();
  }
}
