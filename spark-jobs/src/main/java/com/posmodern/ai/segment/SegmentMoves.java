package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.FORMER_AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.FROM_SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.FROM_SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.FROM_SHARE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.TO_SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.TO_SEGMENT_NAME;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** How many customers moved from which segment to which since an earlier night. */
public final class SegmentMoves {
  /** Stands for customers who were not there then, or are there no longer. */
  public static final int ELSEWHERE = -1;

  private static final String NEW = "New customers";
  private static final String GONE = "No longer known";
  private static final int PLACES = 6;

  private SegmentMoves() {}

  /**
   * One row per pair of segments with customers, whether they moved or stayed.
   *
   * @param assigned tonight's customers with segment_id and segment_name
   * @param earlier rows of {@code results.customer_segments} of all nights before; the latest of
   *     them is compared with
   * @return rows of {@code results.segment_moves} without as-of date and version; on the first
   *     night everybody is new
   */
  public static Dataset<Row> of(Dataset<Row> assigned, Optional<Dataset<Row>> earlier) {
    Dataset<Row> none = assigned.limit(0).withColumn(AS_OF_DATE, lit(null).cast("date"));
    Dataset<Row> history = earlier.orElse(none);
    Row latest = history.agg(max(col(AS_OF_DATE))).head();
    Date date = latest.isNullAt(0) ? null : latest.getDate(0);
    Dataset<Row> then =
        (date == null ? none : history.where(col(AS_OF_DATE).equalTo(lit(date))))
            .select(
                col(CUSTOMER_ID),
                col(SEGMENT_ID).as(FROM_SEGMENT_ID),
                col(SEGMENT_NAME).as(FROM_SEGMENT_NAME));
    Dataset<Row> now =
        assigned.select(
            col(CUSTOMER_ID),
            col(SEGMENT_ID).as(TO_SEGMENT_ID),
            col(SEGMENT_NAME).as(TO_SEGMENT_NAME));
    Column ofSegment = sum(col(CUSTOMERS)).over(Window.partitionBy(col(FROM_SEGMENT_ID)));
    return then.join(now, new String[] {CUSTOMER_ID}, "full_outer")
        .groupBy(
            coalesce(col(FROM_SEGMENT_ID), lit(ELSEWHERE)).as(FROM_SEGMENT_ID),
            coalesce(col(TO_SEGMENT_ID), lit(ELSEWHERE)).as(TO_SEGMENT_ID))
        .agg(
            coalesce(max(col(FROM_SEGMENT_NAME)), lit(NEW)).as(FROM_SEGMENT_NAME),
            coalesce(max(col(TO_SEGMENT_NAME)), lit(GONE)).as(TO_SEGMENT_NAME),
            count(lit(1)).as(CUSTOMERS))
        .withColumn(FORMER_AS_OF_DATE, lit(date).cast("date"))
        .withColumn(
            FROM_SHARE,
            when(
                col(FROM_SEGMENT_ID).notEqual(ELSEWHERE),
                round(col(CUSTOMERS).divide(ofSegment), PLACES)));
  }
}
