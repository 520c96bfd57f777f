package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.COUNTED_ON;
import static com.posmodern.ai.contract.Columns.COVERS_UNTIL;
import static com.posmodern.ai.contract.Columns.EXPECTED_DEMAND;
import static com.posmodern.ai.contract.Columns.FILL_UP;
import static com.posmodern.ai.contract.Columns.LAST_ORDER_ON;
import static com.posmodern.ai.contract.Columns.LEAD_TIME;
import static com.posmodern.ai.contract.Columns.LISTED_UNTIL;
import static com.posmodern.ai.contract.Columns.MAXIMUM_STOCK;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER_PALLETS;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER_VALUE;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.ON_ORDER;
import static com.posmodern.ai.contract.Columns.ORDER_ON;
import static com.posmodern.ai.contract.Columns.ORDER_QUANTITY;
import static com.posmodern.ai.contract.Columns.ORDER_UP_TO;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRESENTATION_MINIMUM;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.REORDER_LEVEL;
import static com.posmodern.ai.contract.Columns.SAFETY_STOCK;
import static com.posmodern.ai.contract.Columns.SERVICE_LEVEL;
import static com.posmodern.ai.contract.Columns.SHELF_LIFE;
import static com.posmodern.ai.contract.Columns.STOCK_COVER;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.SUPPLIER_ID;
import static com.posmodern.ai.contract.Columns.TERMS;
import static com.posmodern.ai.contract.Columns.UNITS_PER_PALLET;
import static com.posmodern.ai.contract.Columns.UNIT_COST;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.ReplenishmentSettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Order advice by the periodic order-up-to policy (R, S): on every order day, order up to what
 * suffices, with the service level's probability, until the next order has arrived (Silver, Pyke
 * and Thomas, "Inventory and Production Management in Supply Chains", 4th edition, chapter 6). What
 * is on hand and on order counts; whole packs and smallest orders may bring more, never beyond
 * {@code order_up_to}.
 *
 * <p>Reasons: {@code no_demand}, {@code stock_unknown} (no quantity), {@code enough_stock}, {@code
 * enough_on_order}, {@code shelf_full} (below the level, and no order fits), {@code out_of_stock},
 * {@code below_expected_demand}, {@code below_safety_stock}; for the whole order of a supplier
 * {@code fills_up_order}, {@code below_minimum_value} and {@code below_minimum_pallets} (no order).
 *
 * <p>By the assortment: {@code not_listed}, and {@code ended} where no order would arrive before
 * the last day.
 */
public final class Replenishment {
  private Replenishment() {}

  /** The advice of {@link Orders} alone. */
  public static Dataset<Row> advise(ReplenishmentInput input, ReplenishmentSettings settings) {
    return Orders.of(input, settings).advice();
  }

  /**
   * Rows of {@code results.replenishment_advice} without the as-of date, one per store × product
   * that is forecast.
   */
  static Dataset<Row> advise(
      ReplenishmentInput input, LevelError.Known levelError, ReplenishmentSettings settings) {
    Dataset<Row> series =
        Listing.with(
            OrderTerms.with(ForecastDemand.bySeries(input.forecast()), input, settings),
            input.assortment(),
            input.asOf());
    StockPosition stock = new StockPosition(input, settings);
    Dataset<Row> stocked =
        stock.withOnOrder(
            stock.withOnHand(ForecastDemand.withLevel(series, input, levelError, settings)),
            col(COVERS_UNTIL),
            ON_ORDER);
    // A shelf too small for one order would never get one.
    Column most =
        when(
            col(MAXIMUM_STOCK).isNotNull(),
            greatest(floor(col(MAXIMUM_STOCK)), col(MINIMUM_ORDER)));
    Column level = least(col(REORDER_LEVEL), most);
    // A part of a unit counts as a whole one, so that whole packs never exceed the level.
    Column position = ceil(col(ON_HAND).plus(col(ON_ORDER))).cast("double");
    Column missing = level.minus(position);
    Column packs = ceil(missing.divide(col(PACK_SIZE))).multiply(col(PACK_SIZE));
    Column wanted = greatest(packs, col(MINIMUM_ORDER)).cast("double");
    Column room =
        floor(most.minus(position).divide(col(PACK_SIZE))).multiply(col(PACK_SIZE)).cast("double");
    Column fitting = least(wanted, room);
    Column full = fitting.lt(col(MINIMUM_ORDER));
    Column ended = coalesce(col(LAST_ORDER_ON).lt(col(ORDER_ON)), lit(false));
    Column unlisted = col(Listing.LISTED).equalTo(false);
    Column quantity =
        when(position.isNotNull().and(ended.or(unlisted)), 0.0)
            .when(position.geq(level), 0.0)
            .when(position.isNotNull(), when(full, 0.0).otherwise(fitting));
    Column surplus = greatest(col(PACK_SIZE), col(MINIMUM_ORDER)).minus(1);
    Column days = datediff(col(COVERS_UNTIL), lit(input.asOf()));
    Column dailyDemand = col(EXPECTED_DEMAND).divide(days);
    Dataset<Row> advice =
        stocked.select(
            col(MODEL_VERSION),
            col(STORE_ID),
            col(PRODUCT_ID),
            col(ON_HAND),
            col(COUNTED_ON),
            col(ON_ORDER),
            col(LEAD_TIME),
            col(ORDER_ON),
            col(COVERS_UNTIL),
            col(SERVICE_LEVEL),
            col(EXPECTED_DEMAND),
            col(SAFETY_STOCK),
            level.as(REORDER_LEVEL),
            col(PACK_SIZE),
            col(MINIMUM_ORDER),
            when(level.gt(0), least(level.plus(surplus), most)).otherwise(0.0).as(ORDER_UP_TO),
            quantity.as(ORDER_QUANTITY),
            when(dailyDemand.gt(0), round(col(ON_HAND).divide(dailyDemand), 2)).as(STOCK_COVER),
            when(unlisted, "not_listed")
                .when(ended.and(position.lt(level)), "ended")
                .otherwise(reason(position, level, full))
                .as(REASON),
            col(SUPPLIER_ID),
            col(TERMS),
            col(MINIMUM_ORDER_VALUE),
            col(MINIMUM_ORDER_PALLETS),
            col(MAXIMUM_STOCK),
            col(PRESENTATION_MINIMUM),
            col(SHELF_LIFE),
            col(LISTED_UNTIL),
            col(LAST_ORDER_ON),
            // A product that is no longer ordered cannot help an order up to its minimum.
            when(ended.or(unlisted), 0.0).otherwise(col(UNIT_COST)).as(UNIT_COST),
            when(not(ended.or(unlisted)), col(UNITS_PER_PALLET)).as(UNITS_PER_PALLET));
    return input
        .supplyTerms()
        .map(terms -> FillUp.toMinimum(advice, input.asOf(), settings.fillUpDays()))
        .orElseGet(() -> advice.withColumn(FILL_UP, lit(0.0)))
        .drop(UNIT_COST, UNITS_PER_PALLET);
  }

  private static Column reason(Column position, Column level, Column full) {
    return when(col(ON_HAND).isNull(), "stock_unknown")
        .when(level.leq(0), "no_demand")
        .when(ceil(col(ON_HAND)).geq(level), "enough_stock")
        .when(position.geq(level), "enough_on_order")
        .when(full, "shelf_full")
        .when(col(ON_HAND).leq(0), "out_of_stock")
        .when(col(ON_HAND).plus(col(ON_ORDER)).lt(col(EXPECTED_DEMAND)), "below_expected_demand")
        .otherwise("below_safety_stock");
  }
}
