package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.P10;
import static com.posmodern.ai.contract.Columns.P50;
import static com.posmodern.ai.contract.Columns.P90;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SCOPE;
import static com.posmodern.ai.contract.Columns.SERIES;
import static com.posmodern.ai.contract.Columns.TARGET_DATE;
import static com.posmodern.ai.contract.ForecastInterval.NORMAL_QUANTILE;
import static com.posmodern.ai.contract.ForecastInterval.NORMAL_WIDTH;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The forecast over all stores, per product and per category.
 *
 * <p>Means add up. The variance of a sum is that of its series, read from their intervals, and what
 * their errors share on a day: E[(Σe)²] = Σ E[e²] + c² ((Σm)² - Σm²), with c² from the backtest,
 * apart for the stores of a product and the series of a category: a product that does well does so
 * in many stores, which the sum of everything hardly shows. Of that mean and variance the quantiles
 * are those of the negative binomial distribution, by its Cornish-Fisher expansion: exact to about
 * a unit, and no loop for each of millions of rows. Their distance from the mean is then stretched
 * on each side as past sums say; see {@link SumErrors}. A single series keeps its own quantiles.
 */
final class TotalDemand {
  static final String OF = "_of";
  static final String SQUARES = "_squares";
  private static final String VARIANCE = "_variance";

  private TotalDemand() {}

  /**
   * Rows of {@code results.demand_forecast_total} without the as-of date.
   *
   * @param errors of sums in the past
   */
  static Dataset<Row> of(Dataset<Row> forecast, Dataset<Row> products, SumErrors errors) {
    Column single = col(SERIES).equalTo(1);
    Column lowest = quantile(-NORMAL_QUANTILE, errors.below());
    Column highest = quantile(NORMAL_QUANTILE, errors.above());
    Column middle = quantile(0, lit(1.0));
    return withShared(
            summed(
                byItem(forecast, products),
                List.of(col(TARGET_DATE), col(HORIZON_DAYS)),
                List.of(max(MODEL_VERSION).as(MODEL_VERSION))),
            errors.shared())
        .select(
            col(MODEL_VERSION),
            col(SCOPE),
            col(ITEM_ID),
            col(TARGET_DATE),
            col(HORIZON_DAYS),
            col(SERIES),
            col(MEAN),
            when(single, col(P10)).otherwise(least(lowest, middle)).as(P10),
            when(single, col(P50)).otherwise(middle).as(P50),
            when(single, col(P90)).otherwise(greatest(highest, middle)).as(P90));
  }

  /**
   * Sums of means and of their squares, the variance where series err apart, and the number of
   * series, per scope and item.
   *
   * @param rows of {@link #byItem}
   */
  static Dataset<Row> summed(Dataset<Row> rows, List<Column> perDay, List<Column> more) {
    Column sd = col(P90).minus(col(P10)).divide(NORMAL_WIDTH);
    List<Column> keys = new ArrayList<>(List.of(col(OF + "." + SCOPE), col(OF + "." + ITEM_ID)));
    keys.addAll(perDay);
    List<Column> sums =
        new ArrayList<>(
            List.of(
                round(sum(MEAN), 6).as(MEAN),
                round(sum(pow(col(MEAN), 2)), 6).as(SQUARES),
                round(sum(greatest(col(MEAN), pow(sd, 2))), 6).as(VARIANCE),
                max(P10).as(P10),
                max(P50).as(P50),
                max(P90).as(P90)));
    sums.addAll(more);
    return rows.groupBy(keys.toArray(new Column[0]))
        .agg(count(lit(1)).as(SERIES), sums.toArray(new Column[0]));
  }

  /**
   * Adds to the variance what the series of an item err together.
   *
   * @param sums of {@link #summed}
   * @param shared see {@link SumErrors}
   */
  static Dataset<Row> withShared(Dataset<Row> sums, Map<String, Double> shared) {
    Column error = lit(0.0);
    for (Map.Entry<String, Double> one : new TreeMap<>(shared).entrySet()) {
      error = when(col(SCOPE).equalTo(one.getKey()), one.getValue()).otherwise(error);
    }
    Column together = greatest(pow(col(MEAN), 2).minus(col(SQUARES)), lit(0.0));
    return sums.withColumn(VARIANCE, col(VARIANCE).plus(together.multiply(error)));
  }

  /** Each row twice: for its product and for its category. */
  static Dataset<Row> byItem(Dataset<Row> rows, Dataset<Row> products) {
    return rows.join(
            products.select(PRODUCT_ID, CATEGORY).dropDuplicates(PRODUCT_ID),
            new String[] {PRODUCT_ID},
            "left")
        .withColumn(
            OF,
            explode(
                array(
                    struct(lit("product").as(SCOPE), col(PRODUCT_ID).as(ITEM_ID)),
                    struct(
                        lit("category").as(SCOPE),
                        coalesce(col(CATEGORY), lit("unknown")).as(ITEM_ID)))));
  }

  private static Column quantile(double z, Column factor) {
    Column value = col(MEAN).plus(distance(z).multiply(factor));
    return when(col(MEAN).gt(0), greatest(round(value), lit(0.0))).otherwise(0.0);
  }

  /**
   * From the mean to a quantile; skewness of the negative binomial: (2 variance ÷ mean - 1) ÷ σ.
   *
   * @param z standard normal quantile
   */
  static Column distance(double z) {
    Column mean = greatest(col(MEAN), lit(1e-9));
    Column sigma = sqrt(greatest(col(VARIANCE), lit(1e-9)));
    Column skewness = col(VARIANCE).multiply(2).divide(mean).minus(1).divide(sigma);
    return sigma.multiply(skewness.multiply((z * z - 1) / 6).plus(z));
  }
}
