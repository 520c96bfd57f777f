package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.COVERS_UNTIL;
import static com.posmodern.ai.contract.Columns.EXPECTED_DEMAND;
import static com.posmodern.ai.contract.Columns.FILL_UP;
import static com.posmodern.ai.contract.Columns.MAXIMUM_STOCK;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER_VALUE;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.ON_ORDER;
import static com.posmodern.ai.contract.Columns.ORDER_ON;
import static com.posmodern.ai.contract.Columns.ORDER_QUANTITY;
import static com.posmodern.ai.contract.Columns.ORDER_UP_TO;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.REORDER_LEVEL;
import static com.posmodern.ai.contract.Columns.SHELF_LIFE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.SUPPLIER_ID;
import static com.posmodern.ai.contract.Columns.UNIT_COST;
import static org.apache.spark.sql.functions.any_value;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Brings each order of a store at a supplier to the supplier's smallest value: the products that
 * run out next come first, a day of demand at a time and in whole packs, until the value is
 * reached. An order that does not reach it within the limits (days of demand, the shelf, the shelf
 * life) is not placed.
 */
final class FillUp {
  private static final String DAILY = "_daily";
  private static final String POSITION = "_position";
  private static final String MISSING_VALUE = "_missing_value";
  private static final String CHUNK = "_chunk";
  private static final String FIRST = "_first";
  private static final String STEP = "_step";
  private static final String UNITS = "_units";
  private static final String COVER = "_cover";
  private static final String REACHED = "_reached";
  private static final String ADVICE = "_advice";

  private FillUp() {}

  /**
   * Adds {@code fill_up}, the units of the order that only bring it to the value, and adapts
   * quantity, order-up-to level and reason.
   *
   * @param advice with the terms of {@link OrderTerms}
   * @param days of a product's demand that the position may stand above its level
   */
  static Dataset<Row> toMinimumValue(Dataset<Row> advice, LocalDate asOf, int days) {
    WindowSpec order =
        Window.partitionBy(col(STORE_ID), coalesce(col(SUPPLIER_ID), lit("")), col(ORDER_ON));
    Column value = sum(col(ORDER_QUANTITY).multiply(col(UNIT_COST))).over(order);
    Column smallest = max(MINIMUM_ORDER_VALUE).over(order);
    Column daily =
        col(EXPECTED_DEMAND).divide(greatest(datediff(col(COVERS_UNTIL), lit(asOf)), lit(1)));
    Column pack = col(PACK_SIZE);
    Dataset<Row> steps =
        advice
            .withColumn(
                MISSING_VALUE, when(value.gt(0).and(value.lt(smallest)), smallest.minus(value)))
            .withColumn(DAILY, daily)
            .withColumn(POSITION, col(ON_HAND).plus(col(ON_ORDER)).plus(col(ORDER_QUANTITY)))
            .withColumn(CHUNK, ceil(greatest(pack, col(DAILY)).divide(pack)).multiply(pack))
            .withColumn(
                FIRST,
                when(col(ORDER_QUANTITY).gt(0), col(CHUNK))
                    .otherwise(greatest(col(CHUNK), col(MINIMUM_ORDER))))
            .withColumn(STEP, explode(sequence(lit(0L), numberOfSteps(days))))
            .withColumn(
                UNITS,
                when(col(STEP).equalTo(0), 0.0)
                    .when(col(STEP).equalTo(1), col(FIRST))
                    .otherwise(col(CHUNK))
                    .cast("double"))
            .withColumn(COVER, coverBefore());
    Column worth = col(UNITS).multiply(col(UNIT_COST));
    WindowSpec nextFirst =
        order
            .orderBy(col(COVER).asc_nulls_first(), col(PRODUCT_ID), col(STEP))
            .rowsBetween(Window.unboundedPreceding(), -1);
    Column before = coalesce(sum(worth).over(nextFirst), lit(0.0));
    Column reached = sum(worth).over(order).geq(col(MISSING_VALUE));
    Dataset<Row> taken =
        steps
            .withColumn(REACHED, coalesce(reached, lit(true)))
            .withColumn(
                FILL_UP,
                when(col(REACHED).and(before.lt(col(MISSING_VALUE))), col(UNITS)).otherwise(0.0))
            .groupBy(STORE_ID, PRODUCT_ID)
            .agg(
                any_value(struct(columns(advice))).as(ADVICE),
                any_value(col(REACHED)).as(REACHED),
                sum(FILL_UP).as(FILL_UP))
            .select(col(ADVICE + ".*"), col(REACHED), col(FILL_UP));
    Column notPlaced = col(REACHED).equalTo(false).and(col(ORDER_QUANTITY).gt(0));
    return taken
        .withColumn(
            REASON,
            when(notPlaced, "below_minimum_value")
                .when(col(FILL_UP).gt(0).and(col(ORDER_QUANTITY).equalTo(0)), "fills_up_order")
                .otherwise(col(REASON)))
        .withColumn(
            ORDER_QUANTITY, when(notPlaced, 0.0).otherwise(col(ORDER_QUANTITY).plus(col(FILL_UP))))
        .withColumn(
            ORDER_UP_TO,
            when(
                    col(FILL_UP).gt(0),
                    greatest(
                        col(ORDER_UP_TO),
                        col(ON_HAND).plus(col(ON_ORDER)).plus(col(ORDER_QUANTITY))))
                .otherwise(col(ORDER_UP_TO)))
        .drop(REACHED);
  }

  /** How often the product may grow by a step. */
  private static Column numberOfSteps(int days) {
    Column room =
        least(
            col(REORDER_LEVEL).plus(col(DAILY).multiply(days)).minus(col(POSITION)),
            when(
                col(MAXIMUM_STOCK).isNotNull(),
                greatest(col(MAXIMUM_STOCK), col(MINIMUM_ORDER)).minus(col(POSITION))),
            col(DAILY).multiply(col(SHELF_LIFE)).minus(col(POSITION)));
    Column possible =
        col(MISSING_VALUE)
            .isNotNull()
            .and(col(POSITION).isNotNull())
            .and(col(DAILY).gt(0))
            .and(col(UNIT_COST).gt(0))
            .and(room.geq(col(FIRST)));
    return when(possible, floor(room.minus(col(FIRST)).divide(col(CHUNK))).plus(1)).otherwise(0L);
  }

  /** Days that the stock lasts without the step; null of what is ordered anyway. */
  private static Column coverBefore() {
    Column earlier =
        when(col(STEP).leq(1), 0.0)
            .otherwise(col(FIRST).plus(col(STEP).minus(2).multiply(col(CHUNK))));
    return when(col(STEP).gt(0), col(POSITION).plus(earlier).divide(col(DAILY)));
  }

  private static Column[] columns(Dataset<Row> rows) {
    return java.util.Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
  }
}
