package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.VELOCITY_28;
import static com.posmodern.ai.contract.Columns.VELOCITY_84;
import static com.posmodern.ai.recommend.Catalogue.IS_NEW;
import static com.posmodern.ai.recommend.Catalogue.OFFERED;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.config.RecommendSettings.Popular;
import com.posmodern.ai.contract.Wildcard;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** The best-selling products per store and customer segment, for customers without history. */
public final class PopularProducts {
  /** Store of the rows over every store. */
  public static final String EVERY_STORE = Wildcard.ALL;

  /** Segment of the rows over every segment and the anonymous sales. */
  public static final int EVERY_SEGMENT = -1;

  /** Model version of rows not made by a trained model. */
  public static final String VERSION = "popularity";

  public static final String POPULAR = "popular";
  public static final String TRENDING = "trending";
  public static final String NEW = "new";

  private PopularProducts() {}

  /**
   * One row per store or {@link #EVERY_STORE}, segment or {@link #EVERY_SEGMENT}, and rank.
   *
   * @param sales sale_id, store_id, product_id, customer_id, business_date, quantity
   * @param catalogue as of {@link Catalogue}
   * @param segments customer_id, segment_id; empty: only the rows over every segment
   * @return store_id, segment_id, rank, product_id, score (baskets, decayed), reason
   */
  public static Dataset<Row> of(
      Dataset<Row> sales,
      Dataset<Row> catalogue,
      Optional<Dataset<Row>> segments,
      LocalDate asOf,
      RecommendSettings settings) {
    Popular popular = settings.popular();
    Column inGroup =
        row_number()
            .over(
                Window.partitionBy(STORE_ID, SEGMENT_ID, CATEGORY)
                    .orderBy(col(SCORE).desc(), col(PRODUCT_ID)));
    Column rank =
        row_number()
            .over(
                Window.partitionBy(STORE_ID, SEGMENT_ID)
                    .orderBy(col(SCORE).desc(), col(PRODUCT_ID)));
    Column trending =
        col(VELOCITY_28)
            .gt(0)
            .and(col(VELOCITY_28).geq(col(VELOCITY_84).multiply(popular.trendRatio())));
    // The limit per category never shortens a list: products over the limit come after the rest.
    Column beyond = col(RANK).gt(settings.rules().maxPerCategory());
    Column chosen =
        row_number()
            .over(
                Window.partitionBy(STORE_ID, SEGMENT_ID)
                    .orderBy(beyond, col(SCORE).desc(), col(PRODUCT_ID)));
    return scores(sales, segments, asOf, popular)
        .join(catalogue.where(col(OFFERED)), PRODUCT_ID)
        .withColumn(RANK, inGroup)
        .withColumn(RANK, chosen)
        .where(col(RANK).leq(popular.listLength()))
        .withColumn(RANK, rank)
        .select(
            col(STORE_ID),
            col(SEGMENT_ID),
            col(RANK),
            col(PRODUCT_ID),
            col(SCORE),
            when(col(IS_NEW), NEW).when(trending, TRENDING).otherwise(POPULAR).as(REASON));
  }

  private static Dataset<Row> scores(
      Dataset<Row> sales, Optional<Dataset<Row>> segments, LocalDate asOf, Popular popular) {
    Dataset<Row> recent =
        sales.where(
            col(QUANTITY)
                .gt(0)
                .and(col(BUSINESS_DATE).leq(lit(asOf)))
                .and(col(BUSINESS_DATE).gt(lit(asOf.minusDays(popular.windowDays())))));
    Dataset<Row> placed =
        segments
            .map(
                s ->
                    recent.join(
                        s.select(CUSTOMER_ID, SEGMENT_ID), new String[] {CUSTOMER_ID}, "left"))
            .orElseGet(() -> recent.withColumn(SEGMENT_ID, lit(null).cast("int")));
    Column weight =
        pow(lit(2.0), datediff(lit(asOf), col(BUSINESS_DATE)).divide(-popular.halfLife()));
    Dataset<Row> perStoreAndSegment =
        placed
            .select(STORE_ID, SEGMENT_ID, PRODUCT_ID, SALE_ID, BUSINESS_DATE)
            .distinct()
            .groupBy(STORE_ID, SEGMENT_ID, PRODUCT_ID)
            .agg(sum(weight).as(SCORE));
    Column segmentsOfRow =
        when(col(SEGMENT_ID).isNull(), array(lit(EVERY_SEGMENT)))
            .otherwise(array(col(SEGMENT_ID), lit(EVERY_SEGMENT)));
    return perStoreAndSegment
        .select(
            explode(array(col(STORE_ID), lit(EVERY_STORE))).as(STORE_ID),
            segmentsOfRow.as(SEGMENT_ID),
            col(PRODUCT_ID),
            col(SCORE))
        .withColumn(SEGMENT_ID, explode(col(SEGMENT_ID)))
        .groupBy(STORE_ID, SEGMENT_ID, PRODUCT_ID)
        .agg(round(sum(SCORE), 6).as(SCORE));
  }
}
