package com.posmodern.ai.behaviour.anomaly;

import static com.posmodern.ai.contract.Columns.ABOVE;
import static com.posmodern.ai.contract.Columns.BASIS;
import static com.posmodern.ai.contract.Columns.CAUSE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DEVIATIONS;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.EVIDENCE;
import static com.posmodern.ai.contract.Columns.EXPECTED_DEMAND;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.LEVEL;
import static com.posmodern.ai.contract.Columns.LOWER;
import static com.posmodern.ai.contract.Columns.MEASURE;
import static com.posmodern.ai.contract.Columns.MONEY_AT_STAKE;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UPPER;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * One incident for the chain, rather than the same one for each store.
 *
 * <p>What at least half of the stores, and two of them, have at the same time is one row of the
 * store {@value DemandAnomalies#ALL}: a season, the weather of a whole region, a price of the
 * chain. A store that lies more than {@value #FAR} times as far from what was expected as the
 * median of these stores has something of its own, and keeps its row.
 */
final class ChainIncidents {
  private static final int FEWEST_STORES = 2;
  private static final double SHARE = 0.5;
  private static final double FAR = 2;

  private static final String STORES = "__stores";
  private static final String BEGINS = "__begins";
  private static final String RUN = "__run";
  private static final String TOGETHER = "__together";
  private static final String AWAY = "__away";
  private static final String COMMON = "__common";
  private static final String OWN = "__own";
  private static final String[] SAME = {LEVEL, ITEM_ID, MEASURE, ABOVE};

  private ChainIncidents() {}

  /**
   * The incidents with those in common merged into one.
   *
   * @param incidents rows of {@link SeriesJudge#ROW}
   * @param demand store_id: the stores of the chain
   */
  static Dataset<Row> merged(Dataset<Row> incidents, Dataset<Row> demand) {
    Dataset<Row> runs = runs(incidents);
    WindowSpec run = Window.partitionBy(columns(SAME, RUN));
    Dataset<Row> placed =
        runs.crossJoin(broadcast(demand.agg(count_distinct(col(STORE_ID)).as(STORES))))
            .withColumn(TOGETHER, size(collect_set(STORE_ID).over(run)))
            .withColumn(AWAY, abs(log(part(DEMAND).divide(part(EXPECTED_DEMAND)))));
    Column chain =
        col(TOGETHER).geq(FEWEST_STORES).and(col(TOGETHER).geq(col(STORES).multiply(SHARE)));
    Dataset<Row> told =
        placed
            .withColumn(COMMON, chain)
            .withColumn(OWN, col(AWAY).gt(median(col(AWAY)).over(run).multiply(FAR)));
    Column[] row = columns(incidents.columns());
    return told.where(not(col(COMMON)).or(col(OWN)))
        .select(row)
        .unionByName(ofChain(told.where(col(COMMON))).select(row));
  }

  /** Numbers the stretches of days in which stores have the same, one after the other. */
  private static Dataset<Row> runs(Dataset<Row> incidents) {
    WindowSpec same = Window.partitionBy(columns(SAME)).orderBy(STARTS_ON, ENDS_ON, STORE_ID);
    Column before = max(ENDS_ON).over(same.rowsBetween(Window.unboundedPreceding(), -1));
    return incidents
        .withColumn(BEGINS, coalesce(col(STARTS_ON).gt(before), lit(true)).cast("int"))
        .withColumn(RUN, sum(BEGINS).over(same.rowsBetween(Window.unboundedPreceding(), 0)))
        .drop(BEGINS);
  }

  private static Dataset<Row> ofChain(Dataset<Row> common) {
    return common
        .groupBy(columns(SAME, RUN))
        .agg(
            min(STARTS_ON).as(STARTS_ON),
            max(ENDS_ON).as(ENDS_ON),
            total(DEMAND),
            total(EXPECTED_DEMAND),
            total(LOWER),
            total(UPPER),
            // Of deviations that agree, as if stores were independent (Stouffer 1949).
            sum(DEVIATIONS).divide(sqrt(count(lit(1)))).as(DEVIATIONS),
            sum(MONEY_AT_STAKE).as(MONEY_AT_STAKE),
            min(BASIS).as(BASIS),
            max_by(col(CAUSE), col(MONEY_AT_STAKE)).as(CAUSE),
            format_string(
                    "in %s of %s stores; %s",
                    max(TOGETHER), max(STORES), max_by(col(EVIDENCE), col(MONEY_AT_STAKE)))
                .as(EVIDENCE))
        .withColumn(STORE_ID, lit(DemandAnomalies.ALL));
  }

  /** Units and money add up over stores, prices do not. */
  private static Column total(String name) {
    return when(max(MEASURE).equalTo(Measure.PRICE.name()), avg(name))
        .otherwise(sum(name))
        .as(name);
  }

  private static Column part(String name) {
    return greatest(col(name), lit(0.5));
  }

  private static Column[] columns(String[] names, String... more) {
    return Stream.concat(Arrays.stream(names), Arrays.stream(more))
        .map(functions::col)
        .toArray(Column[]::new);
  }
}
