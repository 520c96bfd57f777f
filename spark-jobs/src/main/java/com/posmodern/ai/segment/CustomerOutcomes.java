package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers as they were on an earlier date, and what they bought in the days after it.
 *
 * @param customers in the order of their pseudonyms, which says nothing about them
 * @param spend of each customer, zero where nothing was bought
 * @param mix share of the lines bought by category; null where nothing was bought
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record CustomerOutcomes(CustomerSample customers, double[] spend, double[][] mix) {
  /** The other categories are taken together. */
  private static final int MOST_CATEGORIES = 30;

  /**
   * Fetches the customers in one query.
   *
   * @param rows placeable customers with spend and lines, few enough for memory
   */
  static CustomerOutcomes of(
      Dataset<Row> rows, String spendColumn, String linesColumn, List<SegmentFeature> departments) {
    List<SegmentFeature> features = CustomerSample.features(departments);
    Column[] values = features.stream().map(SegmentFeature::raw).toArray(Column[]::new);
    List<Row> fetched =
        rows
            .select(
                col(CUSTOMER_ID),
                array(values),
                coalesce(col(spendColumn), lit(0.0)),
                col(linesColumn))
            .collectAsList()
            .stream()
            .sorted(Comparator.comparing((Row row) -> row.getString(0)))
            .toList();
    Map<String, Integer> places = places(fetched);
    return new CustomerOutcomes(
        CustomerSample.of(features, fetched),
        fetched.stream().mapToDouble(row -> row.getDouble(2)).toArray(),
        fetched.stream().map(row -> mix(row, places)).toArray(double[][]::new));
  }

  private static Map<String, Double> lines(Row row) {
    return row.isNullAt(3) ? Map.of() : row.getJavaMap(3);
  }

  private static Map<String, Integer> places(List<Row> rows) {
    Map<String, Double> lines = new HashMap<>();
    rows.forEach(row -> lines(row).forEach((name, count) -> lines.merge(name, count, Double::sum)));
    List<String> most =
        lines.entrySet().stream()
            .sorted(
                Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_CATEGORIES)
            .map(Map.Entry::getKey)
            .toList();
    Map<String, Integer> places = new HashMap<>();
    lines.keySet().forEach(name -> places.put(name, MOST_CATEGORIES));
    IntStream.range(0, most.size()).forEach(place -> places.put(most.get(place), place));
    return places;
  }

  private static double[] mix(Row row, Map<String, Integer> places) {
    double all = lines(row).values().stream().mapToDouble(count -> count).sum();
    if (all == 0) {
      return null;
    }
    double[] mix = new double[MOST_CATEGORIES + 1];
    lines(row).forEach((name, count) -> mix[places.get(name)] += count / all);
    return mix;
  }

  int size() {
    return spend.length;
  }

  /** Positions of the customers that pass a test of their position. */
  int[] positions(IntPredicate test) {
    return IntStream.range(0, size()).filter(test).toArray();
  }

  /** The features of some customers. */
  CustomerSample part(int[] positions) {
    return new CustomerSample(
        customers.features(),
        Arrays.stream(positions).mapToObj(i -> customers.rows()[i]).toArray(double[][]::new));
  }
}
