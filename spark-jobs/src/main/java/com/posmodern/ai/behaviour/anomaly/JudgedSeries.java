package com.posmodern.ai.behaviour.anomaly;

import static com.posmodern.ai.contract.Columns.ATTENDANCE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.EVENT_NAME;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.LEVEL;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.P10;
import static com.posmodern.ai.contract.Columns.P90;
import static com.posmodern.ai.contract.Columns.RETURNED;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;

import com.posmodern.ai.behaviour.anomaly.DemandAnomalies.Input;
import com.posmodern.ai.config.BehaviourSettings.AnomalySettings;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Series with all that {@link ItemJudge} judges them by. */
final class JudgedSeries {
  private JudgedSeries() {}

  /**
   * One row per item: level, item, its stores, each with its days in the order that {@link
   * SeriesDays} reads, those that are unknown, events nearby.
   */
  static Dataset<Row> of(Input input, LocalDate asOf, AnomalySettings settings) {
    Dataset<Row> series =
        LevelDays.of(input, asOf, settings)
            .groupBy(LEVEL, STORE_ID, ITEM_ID)
            .agg(
                collect_list(
                        struct(
                            unix_date(col(BUSINESS_DATE)),
                            col(DEMAND),
                            col(REVENUE),
                            col(MEAN),
                            col(P10),
                            col(P90),
                            col(ON_PROMOTION),
                            col(STOCK_OUT),
                            col(RETURNED),
                            col(LevelDays.VALUE),
                            col(LevelDays.GIVEN_AWAY),
                            col(UNIT_PRICE),
                            col(LevelDays.SOLD),
                            col(LevelDays.FEW_RETURNED),
                            col(LevelDays.PRODUCTS)))
                    .as("days"));
    return withStoreDays(series, input, asOf, settings);
  }

  /** Adds the store's days without complete sales, and those with an event nearby. */
  private static Dataset<Row> withStoreDays(
      Dataset<Row> series, Input input, LocalDate asOf, AnomalySettings settings) {
    Dataset<Row> noStore = input.demand().select(STORE_ID).limit(0);
    Dataset<Row> unknown =
        perStore(
            input
                .arrivals()
                .map(
                    rows ->
                        rows.where(
                            col(STATE)
                                .notEqual("open")
                                .and(
                                    col(BUSINESS_DATE)
                                        .gt(lit(asOf.minusDays(settings.historyDays())))))),
            "unknown",
            "business_date:int,state:string",
            noStore,
            unix_date(col(BUSINESS_DATE)),
            col(STATE));
    Dataset<Row> events =
        perStore(
            input
                .events()
                .map(
                    rows ->
                        rows.where(
                            col(ENDS_ON)
                                .gt(lit(asOf.minusDays(settings.judgedDays())))
                                .and(col(STARTS_ON).leq(lit(asOf))))),
            "events",
            "starts:int,ends:int,name:string,attendance:double",
            noStore,
            unix_date(col(STARTS_ON)),
            unix_date(col(ENDS_ON)),
            col(EVENT_NAME),
            col(ATTENDANCE).cast("double"));
    return series
        .join(broadcast(unknown), new String[] {STORE_ID}, "left")
        .join(broadcast(events), new String[] {STORE_ID}, "left")
        .groupBy(LEVEL, ITEM_ID)
        .agg(
            // In an order, so that sums over stores are the same in each run.
            array_sort(collect_list(struct(STORE_ID, "days", "unknown", "events"))).as("stores"));
  }

  /**
   * The rows of each store as one set of structs.
   *
   * @param fields of the structs, for a lake without the table
   * @param noStore store_id, no row
   */
  private static Dataset<Row> perStore(
      Optional<Dataset<Row>> rows,
      String name,
      String fields,
      Dataset<Row> noStore,
      Column... columns) {
    return rows.map(found -> found.groupBy(STORE_ID).agg(collect_set(struct(columns)).as(name)))
        .orElseGet(
            () -> noStore.withColumn(name, lit(null).cast("array<struct<%s>>".formatted(fields))));
  }
}
