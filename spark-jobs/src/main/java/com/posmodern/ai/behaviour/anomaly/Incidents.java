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

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/** One incident for a whole, rather than one for each of its parts. */
final class Incidents {
  private static final String EXPLAINED = "__explained";

  private Incidents() {}

  /**
   * Leaves out incidents of categories and products whose store, or the whole chain, has incidents
   * of the same measure and direction that span their days, and those of products whose category
   * has.
   *
   * @param products product_id, category
   */
  static Dataset<Row> withoutWhatTheWholeExplains(Dataset<Row> incidents, Dataset<Row> products) {
    Column chain = col(STORE_ID).equalTo(lit(DemandAnomalies.ALL));
    Dataset<Row> ofStores = withoutParts(placed(incidents, products), lit(true), col(STORE_ID));
    return withoutParts(ofStores, chain).drop(CATEGORY);
  }

  /** Adds the category of the item. */
  private static Dataset<Row> placed(Dataset<Row> incidents, Dataset<Row> products) {
    return incidents
        .join(
            broadcast(products.select(col(PRODUCT_ID).as(ITEM_ID), col(CATEGORY))),
            new String[] {ITEM_ID},
            "left")
        .withColumn(
            CATEGORY,
            when(at(DemandAnomalies.CATEGORIES), col(ITEM_ID))
                .otherwise(coalesce(col(CATEGORY), lit(DemandAnomalies.UNKNOWN_CATEGORY))));
  }

  /**
   * Leaves out what a whole of the same place explains.
   *
   * @param wholes incidents that may explain others
   */
  private static Dataset<Row> withoutParts(Dataset<Row> placed, Column wholes, Column... place) {
    Column byStore =
        not(at(DemandAnomalies.STORE))
            .and(within(wholes.and(at(DemandAnomalies.STORE)), window(place, MEASURE, ABOVE)));
    Column byCategory =
        at(DemandAnomalies.PRODUCT)
            .and(
                within(
                    wholes.and(at(DemandAnomalies.CATEGORIES)),
                    window(place, MEASURE, ABOVE, CATEGORY)));
    return placed
        .withColumn(EXPLAINED, coalesce(byStore, lit(false)).or(coalesce(byCategory, lit(false))))
        .where(not(col(EXPLAINED)))
        .drop(EXPLAINED);
  }

  private static Column at(String level) {
    return col(LEVEL).equalTo(lit(level));
  }

  private static WindowSpec window(Column[] place, String... names) {
    return Window.partitionBy(
        Stream.concat(Arrays.stream(place), Arrays.stream(names).map(functions::col))
            .toArray(Column[]::new));
  }

  /** Whether the incident lies in the days that incidents of the other level span. */
  private static Column within(Column other, WindowSpec of) {
    return col(STARTS_ON)
        .geq(min(when(other, col(STARTS_ON))).over(of))
        .and(col(ENDS_ON).leq(max(when(other, col(ENDS_ON))).over(of)));
  }
}
