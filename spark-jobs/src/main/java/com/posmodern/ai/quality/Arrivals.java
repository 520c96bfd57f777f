package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.LAST_HOUR;
import static com.posmodern.ai.contract.Columns.LINES;
import static com.posmodern.ai.contract.Columns.LOCAL_HOUR;
import static com.posmodern.ai.contract.Columns.OPEN;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.RECEIPTS;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.USUAL_LAST_HOUR;
import static com.posmodern.ai.contract.Columns.USUAL_LINES;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.QualitySettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * The state of a store's day: open, closed, partly arrived or missing. A day without a line counts
 * as zero demand only in a store so small that chance explains it; otherwise its demand is unknown.
 */
public final class Arrivals {
  private static final int RECENT_DAYS = 56;
  private static final int SAME_WEEKDAYS = 8;

  /**
   * A store with fewer usual lines may sell nothing on a day by chance: exp(-10) is 1 in 22,000.
   */
  private static final double FEW_LINES = 10;

  /** Number of observed same weekdays needed before a store counts as closed on that weekday. */
  private static final int FEWEST_WEEKS = 4;

  /** A store without data for longer than this counts as closed, not late. */
  private static final int LATE_DAYS = 3;

  private static final String NEXT = "_next";
  private static final String GAP_DAYS = "_gap_days";
  private static final String TRAILING = "_trailing";
  private static final String AFTER = "_after";
  private static final String WEEKS_SEEN = "_weeks_seen";
  private static final String WEEKS_OPEN = "_weeks_open";

  private Arrivals() {}

  /**
   * {@code ops.arrivals} without its as-of date.
   *
   * @param accepted rows of {@code features.accepted_sales} up to the as-of date
   * @param storeDays valid rows of the opening calendar
   */
  public static Dataset<Row> of(
      Dataset<Row> accepted,
      Optional<Dataset<Row>> storeDays,
      LocalDate asOf,
      QualitySettings settings) {
    Dataset<Row> sold = soldDays(accepted, asOf);
    Dataset<Row> days = planned(sold.unionByName(emptyDays(sold, asOf)), storeDays, asOf);
    WindowSpec weekdays =
        Window.partitionBy(col(STORE_ID), weekday(col(BUSINESS_DATE)))
            .orderBy(unix_date(col(BUSINESS_DATE)));
    WindowSpec lastWeeks = weekdays.rangeBetween(-RECENT_DAYS, -1);
    return days.withColumn(WEEKS_SEEN, count(lit(1)).over(lastWeeks))
        .withColumn(WEEKS_OPEN, count_if(col(LINES).gt(0)).over(lastWeeks))
        .withColumn(STATE, state(settings))
        .withColumn(REASON, reason())
        .where(
            col(BUSINESS_DATE).gt(lit(asOf.minusDays(RECENT_DAYS))).or(col(STATE).notEqual("open")))
        .select(
            col(STORE_ID),
            col(BUSINESS_DATE),
            col(LINES),
            col(RECEIPTS),
            col(REVENUE),
            col(LAST_HOUR),
            round(col(USUAL_LINES), 2).as(USUAL_LINES),
            round(col(USUAL_LAST_HOUR), 2).as(USUAL_LAST_HOUR),
            col(STATE),
            col(REASON));
  }

  /**
   * Stores whose as-of date is partly arrived or missing, with the state: "S3 missing".
   *
   * @param arrivals rows of {@code ops.arrivals}
   */
  public static List<String> late(Dataset<Row> arrivals, LocalDate asOf) {
    return arrivals
        .where(col(BUSINESS_DATE).equalTo(lit(asOf)).and(incomplete()))
        .select(org.apache.spark.sql.functions.concat_ws(" ", col(STORE_ID), col(STATE)))
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  /** Condition on rows of {@code ops.arrivals}: sales of the day are still to come. */
  public static Column incomplete() {
    return col(STATE).isin("partly", "missing");
  }

  /** Days with lines, with the usual number of lines before and after. */
  private static Dataset<Row> soldDays(Dataset<Row> accepted, LocalDate asOf) {
    WindowSpec weekdays =
        Window.partitionBy(col(STORE_ID), weekday(col(BUSINESS_DATE))).orderBy(col(BUSINESS_DATE));
    WindowSpec before = weekdays.rowsBetween(-SAME_WEEKDAYS, -1);
    WindowSpec after = weekdays.rowsBetween(1, SAME_WEEKDAYS);
    Column recent = col(BUSINESS_DATE).gt(lit(asOf.minusDays(RECENT_DAYS)));
    return accepted
        .groupBy(STORE_ID, BUSINESS_DATE)
        .agg(
            count(lit(1)).as(LINES),
            count_distinct(when(recent, col(SALE_ID))).as(RECEIPTS),
            round(sum(REVENUE), 2).as(REVENUE),
            max(LOCAL_HOUR).as(LAST_HOUR))
        .withColumn(RECEIPTS, when(recent, col(RECEIPTS)))
        .withColumn(USUAL_LINES, avg(LINES).over(before))
        .withColumn(USUAL_LAST_HOUR, avg(LAST_HOUR).over(before))
        .withColumn(AFTER, avg(LINES).over(after))
        .withColumn(GAP_DAYS, lit(0))
        .withColumn(TRAILING, lit(false));
  }

  /** Days without lines from a store's first sale to the as-of date. */
  private static Dataset<Row> emptyDays(Dataset<Row> sold, LocalDate asOf) {
    WindowSpec days = Window.partitionBy(STORE_ID).orderBy(BUSINESS_DATE);
    WindowSpec fourWeeks = days.rowsBetween(-27, 0);
    Column end = coalesce(col(NEXT), lit(asOf.plusDays(1)));
    return sold.withColumn(NEXT, lead(BUSINESS_DATE, 1).over(days))
        .withColumn(USUAL_LINES, avg(LINES).over(fourWeeks))
        .withColumn(USUAL_LAST_HOUR, avg(LAST_HOUR).over(fourWeeks))
        .withColumn(GAP_DAYS, datediff(end, col(BUSINESS_DATE)).minus(1))
        .where(col(GAP_DAYS).gt(0))
        .select(
            col(STORE_ID),
            explode(sequence(date_add(col(BUSINESS_DATE), 1), date_sub(end, 1))).as(BUSINESS_DATE),
            lit(0L).as(LINES),
            lit(0L).as(RECEIPTS),
            lit(0.0).as(REVENUE),
            lit(null).cast(DataTypes.IntegerType).as(LAST_HOUR),
            col(USUAL_LINES),
            col(USUAL_LAST_HOUR),
            lit(null).cast(DataTypes.DoubleType).as(AFTER),
            col(GAP_DAYS),
            col(NEXT).isNull().as(TRAILING));
  }

  private static Dataset<Row> planned(
      Dataset<Row> days, Optional<Dataset<Row>> storeDays, LocalDate asOf) {
    if (storeDays.isEmpty()) {
      return days.withColumn(OPEN, lit(null).cast(DataTypes.BooleanType));
    }
    Dataset<Row> plan =
        storeDays
            .get()
            .where(col(BUSINESS_DATE).leq(lit(asOf)))
            .groupBy(STORE_ID, BUSINESS_DATE)
            .agg(min(OPEN).as(OPEN));
    return days.join(broadcast(plan), new String[] {STORE_ID, BUSINESS_DATE}, "left");
  }

  private static Column state(QualitySettings settings) {
    Column enough = lit(settings.arrivedShare());
    Column few =
        col(USUAL_LINES)
            .geq(FEW_LINES)
            .and(col(LINES).lt(col(USUAL_LINES).multiply(enough)))
            .and(col(AFTER).isNull().or(col(LINES).lt(col(AFTER).multiply(enough))));
    return when(col(LINES).gt(0), when(few, "partly").otherwise("open"))
        .when(not(col(OPEN)), "closed")
        .when(col(USUAL_LINES).lt(FEW_LINES), "open")
        .when(weekly(), "closed")
        .when(col(OPEN).or(col(TRAILING).and(col(GAP_DAYS).leq(LATE_DAYS))), "missing")
        .otherwise("closed");
  }

  private static Column reason() {
    return when(col(STATE).equalTo("partly"), "few_lines")
        .when(col(LINES).gt(0), "lines")
        .when(not(col(OPEN)), "planned")
        .when(col(STATE).equalTo("open"), "few_usual")
        .when(weekly(), "weekly")
        .otherwise("no_lines");
  }

  /**
   * Whether the store was not open on this weekday in any of the last weeks, but was open on other
   * days.
   */
  private static Column weekly() {
    return coalesce(not(col(OPEN)), lit(true))
        .and(col(WEEKS_SEEN).geq(FEWEST_WEEKS))
        .and(col(WEEKS_OPEN).equalTo(0))
        .and(col(GAP_DAYS).leq(LATE_DAYS));
  }
}
