package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.COUNTED_ON;
import static com.posmodern.ai.contract.Columns.EXPECTED_ON;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.ORDERED_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.RECEIVED_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.ReplenishmentSettings;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a store has of a product and what is on its way: on hand + on order, the inventory position
 * that periodic review orders by (Silver, Pyke and Thomas, "Inventory and Production Management in
 * Supply Chains", 4th edition, section 6.2).
 */
final class StockPosition {
  private static final String COUNTED = "_counted";
  private static final String MOVED = "_moved";
  private static final String OPEN_ORDERS = "_open_orders";
  private static final String[] SERIES = {STORE_ID, PRODUCT_ID};

  private final ReplenishmentInput input;
  private final ReplenishmentSettings settings;

  StockPosition(ReplenishmentInput input, ReplenishmentSettings settings) {
    this.input = input;
    this.settings = settings;
  }

  /**
   * Adds {@code on_hand} and {@code counted_on}: the newest count of the last stock days, less
   * sales and plus returns and receipts after it. Null where there is no such count: a late stock
   * file does not mean an empty shelf. Counts below zero are zero.
   */
  Dataset<Row> withOnHand(Dataset<Row> series) {
    if (input.inventory().isEmpty()) {
      return series
          .withColumn(ON_HAND, lit(null).cast(DataTypes.DoubleType))
          .withColumn(COUNTED_ON, lit(null).cast(DataTypes.DateType));
    }
    LocalDate oldest = input.asOf().minusDays(settings.stockDays());
    Dataset<Row> counts =
        input
            .inventory()
            .get()
            .where(col(BUSINESS_DATE).between(lit(oldest), lit(input.asOf())))
            .groupBy(STORE_ID, PRODUCT_ID)
            .agg(
                max(struct(col(BUSINESS_DATE), col(ON_HAND).cast("double").as(ON_HAND)))
                    .as(COUNTED));
    Column counted = greatest(col(COUNTED + "." + ON_HAND), lit(0.0));
    Column daysSince = datediff(lit(input.asOf()), col(COUNTED + "." + BUSINESS_DATE));
    Column moved = coalesce(sumOf(slice(col(MOVED), lit(1), daysSince)), lit(0.0));
    return series
        .join(counts, SERIES, "left")
        .join(movements(), SERIES, "left")
        .withColumn(
            ON_HAND,
            when(col(COUNTED).isNotNull(), greatest(round(counted.plus(moved), 3), lit(0.0))))
        .withColumn(COUNTED_ON, col(COUNTED + "." + BUSINESS_DATE))
        .drop(COUNTED, MOVED);
  }

  /** Units in less units out of each of the last stock days, the as-of date first. */
  private Dataset<Row> movements() {
    Column day = col(BUSINESS_DATE);
    Dataset<Row> movements =
        input
            .accepted()
            .select(col(STORE_ID), col(PRODUCT_ID), day, negate(col(QUANTITY)).as(QUANTITY));
    if (input.onOrder().isPresent()) {
      movements =
          movements.unionByName(
              input
                  .onOrder()
                  .get()
                  .select(
                      col(STORE_ID),
                      col(PRODUCT_ID),
                      col(RECEIVED_ON).as(BUSINESS_DATE),
                      col(QUANTITY).cast("double").as(QUANTITY)));
    }
    LocalDate oldest = input.asOf().minusDays(settings.stockDays());
    Column[] days =
        IntStream.range(0, settings.stockDays())
            .mapToObj(
                back ->
                    coalesce(
                        sum(when(day.equalTo(lit(input.asOf().minusDays(back))), col(QUANTITY))),
                        lit(0.0)))
            .toArray(Column[]::new);
    return movements
        .where(day.gt(lit(oldest)).and(day.leq(lit(input.asOf()))))
        .groupBy(STORE_ID, PRODUCT_ID)
        .agg(array(days).as(MOVED));
  }

  /**
   * Adds the units on their way that arrive by a day.
   *
   * <p>An overdue delivery still counts for some days, then no longer: an order that never arrives
   * must not keep a shelf empty for ever.
   *
   * @param until date column of the series
   * @param name of the new column
   */
  Dataset<Row> withOnOrder(Dataset<Row> series, Column until, String name) {
    if (input.onOrder().isEmpty()) {
      return series.withColumn(name, lit(0.0));
    }
    Column open = col(RECEIVED_ON).isNull().or(col(RECEIVED_ON).gt(lit(input.asOf())));
    Column placed = col(ORDERED_ON).isNull().or(col(ORDERED_ON).leq(lit(input.asOf())));
    Column expected = col(EXPECTED_ON).geq(lit(input.asOf().minusDays(settings.overdueDays())));
    Dataset<Row> orders =
        input
            .onOrder()
            .get()
            .where(open.and(placed).and(expected))
            .groupBy(STORE_ID, PRODUCT_ID)
            .agg(
                collect_list(struct(col(EXPECTED_ON), col(QUANTITY).cast("double").as(QUANTITY)))
                    .as(OPEN_ORDERS));
    Column inTime =
        transform(
            filter(col(OPEN_ORDERS), order -> order.getField(EXPECTED_ON).leq(until)),
            order -> order.getField(QUANTITY));
    return series
        .join(orders, SERIES, "left")
        .withColumn(name, coalesce(round(sumOf(inTime), 3), lit(0.0)))
        .drop(OPEN_ORDERS);
  }

  private static Column sumOf(Column numbers) {
    return aggregate(numbers, lit(0.0), Column::plus);
  }
}
