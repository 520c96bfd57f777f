package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.BASKET_SIZE;
import static com.posmodern.ai.contract.Columns.BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.DEPARTMENT_SHARES;
import static com.posmodern.ai.contract.Columns.DISCOUNT_SHARE;
import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.MEAN_HOUR;
import static com.posmodern.ai.contract.Columns.MONETARY_VALUE;
import static com.posmodern.ai.contract.Columns.ONLINE_SHARE;
import static com.posmodern.ai.contract.Columns.PROMOTION_SHARE;
import static com.posmodern.ai.contract.Columns.RECENCY;
import static com.posmodern.ai.contract.Columns.WEEKEND_SHARE;
import static com.posmodern.ai.segment.FeatureGroup.BASKET;
import static com.posmodern.ai.segment.FeatureGroup.CHANNEL;
import static com.posmodern.ai.segment.FeatureGroup.DEPARTMENTS;
import static com.posmodern.ai.segment.FeatureGroup.PRICE;
import static com.posmodern.ai.segment.FeatureGroup.TIME;
import static com.posmodern.ai.segment.FeatureGroup.VALUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;

import com.posmodern.ai.error.PosException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * One feature of a customer.
 *
 * @param name a column of {@code features.customer_features}, or {@code department_shares.} and a
 *     department
 * @param logarithmic true for skewed amounts, which are used as log(1 + x)
 */
record SegmentFeature(String name, FeatureGroup group, boolean logarithmic) {
  private static final String DEPARTMENT_PREFIX = DEPARTMENT_SHARES + ".";

  /** All features except departments, which depend on the assortment. */
  static final List<SegmentFeature> BEHAVIOUR =
      List.of(
          new SegmentFeature(RECENCY, VALUE, true),
          new SegmentFeature(FREQUENCY, VALUE, true),
          new SegmentFeature(MONETARY_VALUE, VALUE, true),
          new SegmentFeature(BASKET_VALUE, BASKET, true),
          new SegmentFeature(BASKET_SIZE, BASKET, true),
          new SegmentFeature(MEAN_HOUR, TIME, false),
          new SegmentFeature(WEEKEND_SHARE, TIME, false),
          new SegmentFeature(DISCOUNT_SHARE, PRICE, false),
          new SegmentFeature(PROMOTION_SHARE, PRICE, false),
          new SegmentFeature(ONLINE_SHARE, CHANNEL, false));

  static SegmentFeature ofDepartment(String department) {
    return new SegmentFeature(DEPARTMENT_PREFIX + department, DEPARTMENTS, false);
  }

  /** The feature with the name used in a saved model. */
  static SegmentFeature named(String name) {
    if (name.startsWith(DEPARTMENT_PREFIX)) {
      return ofDepartment(name.substring(DEPARTMENT_PREFIX.length()));
    }
    return BEHAVIOUR.stream()
        .filter(feature -> feature.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                PosException.badData(
                    "unknown feature " + name,
                    "models.segment_centroids",
                    "Train the segments again with this version."));
  }

  Optional<String> department() {
    return name.startsWith(DEPARTMENT_PREFIX)
        ? Optional.of(name.substring(DEPARTMENT_PREFIX.length()))
        : Optional.empty();
  }

  /** The value as in the lake; a department from which a customer never bought counts as 0. */
  Column raw() {
    return department()
        .map(name -> coalesce(col(DEPARTMENT_SHARES).getItem(name), lit(0.0)))
        .orElseGet(() -> col(name));
  }

  /** The value after the logarithm, if the feature uses one. */
  Column value() {
    // Returns can make a customer's revenue negative, where the logarithm is undefined.
    return logarithmic ? log1p(greatest(raw(), lit(0.0))) : raw();
  }

  /** The same computation as {@link #value} in plain Java, identical to the last bit. */
  double transformed(double raw) {
    return logarithmic ? StrictMath.log1p(Math.max(raw, 0)) : raw;
  }

  /**
   * True for customers with enough baskets and no missing feature.
   *
   * @param minBaskets with fewer, habits cannot be distinguished from chance
   */
  static Column canBePlaced(int minBaskets) {
    Column known = col(DEPARTMENT_SHARES).isNotNull();
    for (SegmentFeature feature : BEHAVIOUR) {
      known = known.and(col(feature.name).isNotNull()).and(isnan(col(feature.name)).equalTo(false));
    }
    return coalesce(known.and(col(FREQUENCY).geq(minBaskets)), lit(false));
  }
}
