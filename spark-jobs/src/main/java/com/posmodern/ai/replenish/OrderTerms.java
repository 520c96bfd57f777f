package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.COVERS_UNTIL;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.LEAD_TIME;
import static com.posmodern.ai.contract.Columns.LEAD_TIME_SPREAD;
import static com.posmodern.ai.contract.Columns.LIST_PRICE;
import static com.posmodern.ai.contract.Columns.MAXIMUM_STOCK;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER_PALLETS;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER_VALUE;
import static com.posmodern.ai.contract.Columns.ORDER_DAYS;
import static com.posmodern.ai.contract.Columns.ORDER_ON;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRESENTATION_MINIMUM;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SERVICE_CLASS;
import static com.posmodern.ai.contract.Columns.SERVICE_LEVEL;
import static com.posmodern.ai.contract.Columns.SHELF_LIFE;
import static com.posmodern.ai.contract.Columns.SUPPLIER_ID;
import static com.posmodern.ai.contract.Columns.UNITS_PER_PALLET;
import static com.posmodern.ai.contract.Columns.UNIT_COST;
import static com.posmodern.ai.replenish.SupplyTerms.term;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.ReplenishmentSettings;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The terms on which a product is ordered for a store: the supplier's, and the settings where the
 * supplier states none.
 */
final class OrderTerms {
  /** Days ahead in which every order calendar has two order days. */
  private static final int TWO_WEEKS = 14;

  /** Above it a level depends on a tail of the distribution that was never observed. */
  private static final double MOST_SERVICE = 0.99;

  private static final String NEXT_ORDER = "_next_order";

  private OrderTerms() {}

  /**
   * Adds lead time and its spread, order day, last day covered, pack, smallest order, pallet,
   * limits of the shelf, cost and service level.
   *
   * <p>An order is placed on the morning of {@code order_on} and is on the shelf on the morning
   * lead time days later; the next one follows on the order day after it, or a review period later.
   * So this one has to last through the day before the next one arrives, or for its shelf life.
   */
  static Dataset<Row> with(
      Dataset<Row> series, ReplenishmentInput input, ReplenishmentSettings settings) {
    Dataset<Row> products =
        input
            .products()
            .select(
                col(PRODUCT_ID),
                col(PACK_SIZE),
                col(LIST_PRICE).cast("double").as(LIST_PRICE),
                col(DISCONTINUED_ON))
            .dropDuplicates(PRODUCT_ID);
    Dataset<Row> packed = series.join(products, new String[] {PRODUCT_ID}, "left");
    Dataset<Row> stated =
        input
            .supplyTerms()
            .map(terms -> SupplyTerms.with(packed, terms))
            .orElseGet(() -> SupplyTerms.none(packed));
    Column pack = coalesce(col(term(PACK_SIZE)), col(PACK_SIZE), lit(settings.defaultPackSize()));
    Column leadTime = coalesce(col(term(LEAD_TIME)), lit(settings.leadTimeDays()));
    Column days = orderDays(col(term(ORDER_DAYS)), input.asOf());
    Column first = coalesce(get(days, lit(0)), lit(1));
    Column second = coalesce(get(days, lit(1)), lit(1 + settings.reviewDays()));
    return dropTerms(
        stated
            .withColumn(PACK_SIZE, pack)
            .withColumn(SUPPLIER_ID, col(term(SUPPLIER_ID)))
            .withColumn(LEAD_TIME, leadTime)
            .withColumn(LEAD_TIME_SPREAD, coalesce(col(term(LEAD_TIME_SPREAD)), lit(0.0)))
            .withColumn(ORDER_ON, date_add(lit(input.asOf()), first))
            .withColumn(NEXT_ORDER, date_add(lit(input.asOf()), second))
            .withColumn(
                COVERS_UNTIL,
                date_add(
                    least(
                        col(NEXT_ORDER),
                        // Goods that spoil before the next delivery cannot last until then.
                        coalesce(date_add(col(ORDER_ON), col(term(SHELF_LIFE))), col(NEXT_ORDER))),
                    col(LEAD_TIME).minus(1)))
            .withColumn(
                MINIMUM_ORDER,
                greatest(
                        ceil(coalesce(col(term(MINIMUM_ORDER)), lit(0.0)).divide(col(PACK_SIZE))),
                        lit(1L))
                    .multiply(col(PACK_SIZE))
                    .cast("double"))
            .withColumn(MINIMUM_ORDER_VALUE, nullif(col(term(MINIMUM_ORDER_VALUE)), lit(0.0)))
            .withColumn(MINIMUM_ORDER_PALLETS, nullif(col(term(MINIMUM_ORDER_PALLETS)), lit(0.0)))
            .withColumn(UNITS_PER_PALLET, col(term(UNITS_PER_PALLET)))
            .withColumn(UNIT_COST, coalesce(col(term(UNIT_COST)), col(LIST_PRICE), lit(0.0)))
            .withColumn(MAXIMUM_STOCK, col(term(MAXIMUM_STOCK)))
            .withColumn(PRESENTATION_MINIMUM, coalesce(col(term(PRESENTATION_MINIMUM)), lit(0.0)))
            .withColumn(SHELF_LIFE, col(term(SHELF_LIFE)))
            .withColumn(ORDER_DAYS, col(term(ORDER_DAYS)))
            .withColumn(SERVICE_LEVEL, serviceLevel(settings)),
        LIST_PRICE,
        NEXT_ORDER);
  }

  /** Days from the as-of date to the coming order days, in order; null without a calendar. */
  private static Column orderDays(Column calendar, LocalDate asOf) {
    return array_compact(
        array(
            IntStream.rangeClosed(1, TWO_WEEKS)
                .mapToObj(
                    ahead ->
                        when(
                            calendar.contains(
                                asOf.plusDays(ahead).getDayOfWeek().name().substring(0, 3)),
                            lit(ahead)))
                .toArray(Column[]::new)));
  }

  private static Column serviceLevel(ReplenishmentSettings settings) {
    Column level = lit(settings.serviceLevel());
    for (Map.Entry<String, Double> one : new TreeMap<>(settings.serviceClasses()).entrySet()) {
      level = when(col(term(SERVICE_CLASS)).equalTo(one.getKey()), one.getValue()).otherwise(level);
    }
    return when(col(term(SERVICE_CLASS)).isNull().and(spoils()), criticalRatio(settings))
        .otherwise(level);
  }

  /** Whether what is left of an order is waste before the next one arrives. */
  private static Column spoils() {
    return coalesce(date_add(col(ORDER_ON), col(term(SHELF_LIFE))).leq(col(NEXT_ORDER)), lit(false))
        .and(
            coalesce(
                col(term(UNIT_COST)).gt(0).and(col(LIST_PRICE).gt(col(term(UNIT_COST)))),
                lit(false)));
  }

  /**
   * The newsvendor's service level, cost of a unit short ÷ (cost of a unit short + cost of a unit
   * wasted), Arrow, Harris and Marschak, "Optimal Inventory Policy" (Econometrica 1951); within
   * what the settings allow for any class.
   */
  private static Column criticalRatio(ReplenishmentSettings settings) {
    Column cost = col(term(UNIT_COST));
    Column shortage = col(LIST_PRICE).minus(cost).multiply(settings.lostSaleMargins());
    return least(greatest(shortage.divide(shortage.plus(cost)), lit(0.5)), lit(MOST_SERVICE));
  }

  private static Dataset<Row> dropTerms(Dataset<Row> rows, String... others) {
    return rows.drop(
            SupplyTerms.TYPES.keySet().stream().map(SupplyTerms::term).toArray(String[]::new))
        .drop(others);
  }
}
