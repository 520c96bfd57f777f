package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.CYCLES;
import static com.posmodern.ai.contract.Columns.CYCLE_SERVICE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DEMAND_CLASS;
import static com.posmodern.ai.contract.Columns.FILL_RATE;
import static com.posmodern.ai.contract.Columns.FILL_RATE_AIM;
import static com.posmodern.ai.contract.Columns.LOST_UNITS;
import static com.posmodern.ai.contract.Columns.MEAN_STOCK;
import static com.posmodern.ai.contract.Columns.MEAN_STOCK_VALUE;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.MORE_DAYS;
import static com.posmodern.ai.contract.Columns.ORDERS_PER_WEEK;
import static com.posmodern.ai.contract.Columns.POLICY;
import static com.posmodern.ai.contract.Columns.SCOPE;
import static com.posmodern.ai.contract.Columns.SERVICE_LEVEL;
import static com.posmodern.ai.contract.Columns.SHELVES;
import static com.posmodern.ai.contract.Columns.STOCK_COVER;
import static com.posmodern.ai.contract.Columns.WASTED_UNITS;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.DemandClass;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Totals over the shelves of each policy, overall and per demand class. */
final class OrderBacktestSums {
  private static final String DAYS = "_days";
  private static final String SOLD_OUT = "_sold_out";
  private static final String STOCK_VALUE = "_stock_value";
  private static final String ORDERS = "_orders";
  private static final String PROMISED_LOST = "_promised_lost";
  private static final int WEEK = 7;

  /** A shelf from an origin on under one policy. */
  static final StructType SHELF =
      new StructType()
          .add(MODEL_VERSION, "string")
          .add(DEMAND_CLASS, "string")
          .add(POLICY, "string")
          .add(MORE_DAYS, "int")
          .add(SERVICE_LEVEL, "double")
          .add(DAYS, "bigint")
          .add(CYCLES, "bigint")
          .add(SOLD_OUT, "bigint")
          .add(DEMAND, "double")
          .add(LOST_UNITS, "double")
          .add(MEAN_STOCK, "double")
          .add(STOCK_VALUE, "double")
          .add(WASTED_UNITS, "double")
          .add(ORDERS, "bigint")
          .add(PROMISED_LOST, "double");

  private OrderBacktestSums() {}

  static Dataset<Row> of(Dataset<Row> shelves) {
    return shelves
        .withColumn(SCOPE, explode(array(lit(DemandClass.ALL), col(DEMAND_CLASS))))
        .groupBy(POLICY, MORE_DAYS, SCOPE)
        .agg(
            max(MODEL_VERSION).as(MODEL_VERSION),
            count(lit(1)).as(SHELVES),
            total(CYCLES),
            share(SERVICE_LEVEL, CYCLES).as(SERVICE_LEVEL),
            lit(1).minus(share(SOLD_OUT, CYCLES)).as(CYCLE_SERVICE),
            when(col(POLICY).equalTo("advice"), lit(1).minus(share(PROMISED_LOST, DEMAND)))
                .as(FILL_RATE_AIM),
            lit(1).minus(share(LOST_UNITS, DEMAND)).as(FILL_RATE),
            total(DEMAND),
            total(LOST_UNITS),
            total(WASTED_UNITS),
            // A shelf-day is a day of one shelf; stock of all shelves on a mean day.
            round(sum(MEAN_STOCK).divide(sum(DAYS)).multiply(count(lit(1))), 4).as(MEAN_STOCK),
            round(sum(STOCK_VALUE).divide(sum(DAYS)).multiply(count(lit(1))), 4)
                .as(MEAN_STOCK_VALUE),
            share(MEAN_STOCK, DEMAND).as(STOCK_COVER),
            round(sum(ORDERS).multiply(WEEK).divide(sum(DAYS)), 6).as(ORDERS_PER_WEEK))
        .where(col(DEMAND).gt(0));
  }

  private static Column total(String name) {
    return round(sum(name), 4).as(name);
  }

  private static Column share(String part, String whole) {
    return round(sum(part).divide(when(sum(whole).gt(0), sum(whole))), 6);
  }
}
