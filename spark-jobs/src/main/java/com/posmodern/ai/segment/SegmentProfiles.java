package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CUSTOMER_SHARE;
import static com.posmodern.ai.contract.Columns.DEPARTMENT_SHARES;
import static com.posmodern.ai.contract.Columns.DISCOUNT_SHARE;
import static com.posmodern.ai.contract.Columns.DISTINCTION;
import static com.posmodern.ai.contract.Columns.MEAN_HOUR;
import static com.posmodern.ai.contract.Columns.MEDIAN_BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.MEDIAN_FREQUENCY;
import static com.posmodern.ai.contract.Columns.MEDIAN_MONETARY_VALUE;
import static com.posmodern.ai.contract.Columns.MEDIAN_RECENCY;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.ONLINE_SHARE;
import static com.posmodern.ai.contract.Columns.PICTURE_X;
import static com.posmodern.ai.contract.Columns.PICTURE_Y;
import static com.posmodern.ai.contract.Columns.PLACED;
import static com.posmodern.ai.contract.Columns.REVENUE_SHARE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.TOP_DEPARTMENTS;
import static com.posmodern.ai.contract.Columns.WEEKEND_SHARE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.sum;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A profile of each segment, including segment 0 and segments without customers. */
public final class SegmentProfiles {
  private static final String DEPARTMENT = "key";
  private static final String SHARES = "shares";

  /** A department is distinctive when its share is this much above the share over all customers. */
  private static final double NOTABLE_LIFT = 1.15;

  private static final double SMALLEST_SHARE = 0.02;
  private static final int MOST_DEPARTMENTS = 3;

  /** Upper bound on the collected rows of segments times departments. */
  private static final int MOST_SHARES = 20_000;

  private SegmentProfiles() {}

  /**
   * One row per segment.
   *
   * @param assigned customers with features and segment, from {@link SegmentScoring#assign}; read
   *     three times
   * @return rows of {@code results.segment_profiles} without as_of_date
   */
  public static Dataset<Row> of(Dataset<Row> assigned, SegmentModel model, String modelVersion) {
    Map<Integer, Habits> habits = new HashMap<>();
    assigned
        .groupBy(SEGMENT_ID)
        .agg(Habits.AGGREGATES.get(0), rest(Habits.AGGREGATES))
        .collectAsList()
        .forEach(row -> habits.put(row.getInt(0), Habits.of(row, 1)));
    Habits all =
        Habits.of(
            assigned
                .filter(col(PLACED))
                .agg(Habits.AGGREGATES.get(0), rest(Habits.AGGREGATES))
                .head(),
            0);
    Map<Integer, Map<String, Double>> shares = departmentShares(assigned);

    List<Segment> segments = new ArrayList<>();
    segments.add(new Segment(Segment.UNPLACED, Segment.UNPLACED_NAME, List.of()));
    segments.addAll(model.segments());
    List<Picture.Place> places = places(model, habits);
    long customers = habits.values().stream().mapToLong(Habits::customers).sum();
    double revenue = habits.values().stream().mapToDouble(Habits::revenue).sum();

    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      boolean unplaced = segment.id() == Segment.UNPLACED;
      Habits own = habits.getOrDefault(segment.id(), Habits.NONE);
      List<String> departments =
          unplaced ? List.of() : topDepartments(shares, habits, segment.id());
      rows.add(
          RowFactory.create(
              modelVersion,
              segment.id(),
              segment.name(),
              own.customers(),
              share((double) own.customers(), (double) customers),
              share(own.revenue(), revenue),
              own.recency(),
              own.frequency(),
              own.monetaryValue(),
              own.basketValue(),
              own.discountShare(),
              own.weekendShare(),
              own.onlineShare(),
              own.meanHour(),
              departments,
              unplaced
                  ? "Too few purchases to identify habits."
                  : Distinction.sentence(own, all, departments),
              unplaced ? null : places.get(i - 1).x(),
              unplaced ? null : places.get(i - 1).y()));
    }
    return SegmentRows.of(
        assigned.sparkSession(),
        rows,
        Contracts.of(Table.SEGMENT_PROFILES).schema(),
        List.of(
            MODEL_VERSION,
            SEGMENT_ID,
            SEGMENT_NAME,
            CUSTOMERS,
            CUSTOMER_SHARE,
            REVENUE_SHARE,
            MEDIAN_RECENCY,
            MEDIAN_FREQUENCY,
            MEDIAN_MONETARY_VALUE,
            MEDIAN_BASKET_VALUE,
            DISCOUNT_SHARE,
            WEEKEND_SHARE,
            ONLINE_SHARE,
            MEAN_HOUR,
            TOP_DEPARTMENTS,
            DISTINCTION,
            PICTURE_X,
            PICTURE_Y));
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : FeatureSpace.rounded(part / whole);
  }

  private static List<Picture.Place> places(SegmentModel model, Map<Integer, Habits> habits) {
    return Picture.of(
        model.segments().stream().map(Segment::centroid).toList(),
        model.segments().stream()
            .map(segment -> (double) habits.getOrDefault(segment.id(), Habits.NONE).customers())
            .toList());
  }

  /** Sum of the customers' shares per segment and department, placed customers only. */
  private static Map<Integer, Map<String, Double>> departmentShares(Dataset<Row> assigned) {
    Map<Integer, Map<String, Double>> shares = new HashMap<>();
    assigned
        .filter(col(PLACED))
        .select(col(SEGMENT_ID), explode(col(DEPARTMENT_SHARES)))
        .groupBy(SEGMENT_ID, DEPARTMENT)
        .agg(sum("value").as(SHARES))
        .limit(MOST_SHARES)
        .collectAsList()
        .forEach(
            row ->
                shares
                    .computeIfAbsent(row.getInt(0), id -> new HashMap<>())
                    .put(row.getString(1), row.getDouble(2)));
    return shares;
  }

  /** Departments whose share most exceeds the share over all placed customers. */
  private static List<String> topDepartments(
      Map<Integer, Map<String, Double>> shares, Map<Integer, Habits> habits, int segment) {
    double all = 0;
    for (int id : shares.keySet()) {
      all += (double) habits.get(id).customers();
    }
    Map<String, Double> surplus = new HashMap<>();
    for (Map.Entry<String, Double> entry : shares.getOrDefault(segment, Map.of()).entrySet()) {
      double own = entry.getValue() / (double) habits.get(segment).customers();
      double usual = 0;
      for (Map<String, Double> other : shares.values()) {
        usual += other.getOrDefault(entry.getKey(), 0.0) / all;
      }
      if (own >= SMALLEST_SHARE && own >= NOTABLE_LIFT * usual) {
        surplus.put(entry.getKey(), FeatureSpace.rounded(own - usual));
      }
    }
    return surplus.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_DEPARTMENTS)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Column[] rest(List<Column> columns) {
    return columns.subList(1, columns.size()).toArray(Column[]::new);
  }
}
