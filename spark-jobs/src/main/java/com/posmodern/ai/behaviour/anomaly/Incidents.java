package com.posmodern.ai.behaviour.anomaly;

import static com.posmodern.ai.contract.Columns.ABOVE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.LEVEL;
import static com.posmodern.ai.contract.Columns.MEASURE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** One incident for a whole, rather than one for each of its parts. */
final class Incidents {
  private Incidents() {}

  /**
   * Leaves out incidents of categories and products whose store has incidents of the same measure
   * and direction that span their days, and those of products whose category has.
   *
   * @param products product_id, category
   */
  static Dataset<Row> withoutWhatTheWholeExplains(Dataset<Row> incidents, Dataset<Row> products) {
    Column category = col(LEVEL).equalTo(lit(DemandAnomalies.CATEGORIES));
    Dataset<Row> placed =
        incidents
            .join(
                broadcast(products.select(col(PRODUCT_ID).as(ITEM_ID), col(CATEGORY))),
                new String[] {ITEM_ID},
                "left")
            .withColumn(
                CATEGORY,
                when(category, col(ITEM_ID))
                    .otherwise(coalesce(col(CATEGORY), lit(DemandAnomalies.UNKNOWN_CATEGORY))));
    WindowSpec store = Window.partitionBy(STORE_ID, MEASURE, ABOVE);
    WindowSpec group = Window.partitionBy(STORE_ID, MEASURE, ABOVE, CATEGORY);
    Column whole = col(LEVEL).equalTo(lit(DemandAnomalies.STORE));
    Column part = col(LEVEL).equalTo(lit(DemandAnomalies.PRODUCT));
    return placed
        .withColumn("by_store", not(whole).and(within(whole, store)))
        .withColumn("by_category", part.and(within(category, group)))
        .where(
            not(coalesce(col("by_store"), lit(false)))
                .and(not(coalesce(col("by_category"), lit(false)))))
        .drop("by_store", "by_category", CATEGORY);
  }

  /** Whether the incident lies in the days that incidents of the other level span. */
  private static Column within(Column other, WindowSpec of) {
    return col(STARTS_ON)
        .geq(min(when(other, col(STARTS_ON))).over(of))
        .and(col(ENDS_ON).leq(max(when(other, col(ENDS_ON))).over(of)));
  }
}
