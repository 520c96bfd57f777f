package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.COVERS_UNTIL;
import static com.posmodern.ai.contract.Columns.EXPECTED_DEMAND;
import static com.posmodern.ai.contract.Columns.FILL_UP;
import static com.posmodern.ai.contract.Columns.MAXIMUM_STOCK;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER_PALLETS;
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
import static com.posmodern.ai.contract.Columns.UNITS_PER_PALLET;
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
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Brings each order of a store at a supplier to the supplier's minimum, a value or a number of
 * pallets or both: the products that run out next come first, a day of demand at a time and in
 * whole packs, until it is reached. An order that does not reach it within the limits (days of
 * demand, the shelf, the shelf life) is not placed.
 */
final class FillUp {
  /** Digits to which parts of an order add up, so that three thirds of a pallet are one. */
  private static final int DIGITS = 6;

  private static final List<Minimum> MINIMUMS =
      List.of(
          new Minimum(
              units -> units.multiply(col(UNIT_COST)),
              MINIMUM_ORDER_VALUE,
              "_missing_value",
              "below_minimum_value"),
          new Minimum(
              units -> units.divide(col(UNITS_PER_PALLET)),
              MINIMUM_ORDER_PALLETS,
              "_missing_pallets",
              "below_minimum_pallets"));

  private static final String DAILY = "_daily";
  private static final String POSITION = "_position";
  private static final String CHUNK = "_chunk";
  private static final String FIRST = "_first";
  private static final String STEP = "_step";
  private static final String UNITS = "_units";
  private static final String COVER = "_cover";
  private static final String SHORT_OF = "_short_of";
  private static final String ADVICE = "_advice";

  private FillUp() {}

  /**
   * What a whole order has to reach.
   *
   * @param part of units of a product in it; null where that is unknown
   * @param smallest column of what is asked for
   * @param missing column of what the advice alone lacks; null where it lacks nothing
   * @param reason of an order that does not reach it
   */
  private record Minimum(
      Function<Column, Column> part, String smallest, String missing, String reason) {
    /** Of the column's units; 0 where it is unknown. */
    Column of(String units) {
      return coalesce(part.apply(col(units)), lit(0.0));
    }

    Dataset<Row> withMissing(Dataset<Row> advice, WindowSpec order) {
      Column reached = sumOf(ORDER_QUANTITY, order);
      Column asked = max(smallest).over(order);
      return advice.withColumn(
          missing, when(reached.gt(0).and(reached.lt(asked)), asked.minus(reached)));
    }

    Column sumOf(String units, WindowSpec rows) {
      return round(sum(of(units)).over(rows), DIGITS);
    }
  }

  /**
   * Adds {@code fill_up}, the units of the order that only bring it to the minimum, and adapts
   * quantity, order-up-to level and reason.
   *
   * @param advice with the terms of {@link OrderTerms}
   * @param days of a product's demand that the position may stand above its level
   */
  static Dataset<Row> toMinimum(Dataset<Row> advice, LocalDate asOf, int days) {
    WindowSpec order =
        Window.partitionBy(col(STORE_ID), coalesce(col(SUPPLIER_ID), lit("")), col(ORDER_ON));
    Dataset<Row> lacking = advice;
    for (Minimum minimum : MINIMUMS) {
      lacking = minimum.withMissing(lacking, order);
    }
    Dataset<Row> taken =
        steps(lacking, asOf, days)
            .withColumn(SHORT_OF, shortOf(order))
            .withColumn(
                FILL_UP, when(col(SHORT_OF).isNull().and(needed(order)), col(UNITS)).otherwise(0.0))
            .groupBy(STORE_ID, PRODUCT_ID)
            .agg(
                any_value(struct(columns(advice))).as(ADVICE),
                any_value(col(SHORT_OF)).as(SHORT_OF),
                sum(FILL_UP).as(FILL_UP))
            .select(col(ADVICE + ".*"), col(SHORT_OF), col(FILL_UP));
    Column notPlaced = col(SHORT_OF).isNotNull().and(col(ORDER_QUANTITY).gt(0));
    return taken
        .withColumn(
            REASON,
            when(notPlaced, col(SHORT_OF))
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
        .drop(SHORT_OF);
  }

  /** Each product once without more units, and once for each step by which it may grow. */
  private static Dataset<Row> steps(Dataset<Row> lacking, LocalDate asOf, int days) {
    Column pack = col(PACK_SIZE);
    return lacking
        .withColumn(
            DAILY,
            col(EXPECTED_DEMAND).divide(greatest(datediff(col(COVERS_UNTIL), lit(asOf)), lit(1))))
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
  }

  /** The reason of the first minimum that all steps together do not reach; null of none. */
  private static Column shortOf(WindowSpec order) {
    return coalesce(
        MINIMUMS.stream()
            .map(
                minimum ->
                    when(minimum.sumOf(UNITS, order).lt(col(minimum.missing())), minimum.reason()))
            .toArray(Column[]::new));
  }

  /** Whether the step helps towards a minimum that the steps before it have not reached. */
  private static Column needed(WindowSpec order) {
    WindowSpec before =
        order
            .orderBy(col(COVER).asc_nulls_first(), col(PRODUCT_ID), col(STEP))
            .rowsBetween(Window.unboundedPreceding(), -1);
    return MINIMUMS.stream()
        .map(
            minimum ->
                coalesce(
                    coalesce(minimum.sumOf(UNITS, before), lit(0.0))
                        .lt(col(minimum.missing()))
                        .and(minimum.of(UNITS).gt(0)),
                    lit(false)))
        .reduce(Column::or)
        .orElseThrow();
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
    Column helps =
        MINIMUMS.stream()
            .map(minimum -> col(minimum.missing()).isNotNull().and(minimum.of(PACK_SIZE).gt(0)))
            .reduce(Column::or)
            .orElseThrow();
    Column possible =
        helps.and(col(POSITION).isNotNull()).and(col(DAILY).gt(0)).and(room.geq(col(FIRST)));
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
    return Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
  }
}
