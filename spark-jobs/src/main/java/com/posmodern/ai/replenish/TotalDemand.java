package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.ACTUAL;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.ORIGIN;
import static com.posmodern.ai.contract.Columns.P10;
import static com.posmodern.ai.contract.Columns.P50;
import static com.posmodern.ai.contract.Columns.P90;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SCOPE;
import static com.posmodern.ai.contract.Columns.SERIES;
import static com.posmodern.ai.contract.Columns.TARGET_DATE;
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

import java.util.HashMap;
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
 * a unit, and no loop for each of millions of rows. A single series keeps its own quantiles.
 */
final class TotalDemand {
  /** Standard deviations between the 10 % and the 90 % quantile of a normal distribution. */
  private static final double INTERVAL = 2.5631;

  private static final String OF = "_of";
  private static final String SQUARES = "_squares";
  private static final String VARIANCE = "_variance";

  /** Standard normal quantile of 90 %. */
  private static final double Z = 1.2816;

  /** Smaller sums say more about chance than about what their series share. */
  private static final double LEAST_SUM = 0.5;

  private TotalDemand() {}

  /**
   * Rows of {@code results.demand_forecast_total} without the as-of date.
   *
   * @param sharedErrors see {@link #sharedErrors}
   */
  static Dataset<Row> of(
      Dataset<Row> forecast, Dataset<Row> products, Map<String, Double> sharedErrors) {
    Column sd = col(P90).minus(col(P10)).divide(INTERVAL);
    Dataset<Row> sums =
        byItem(forecast, products)
            .groupBy(
                col(OF + "." + SCOPE), col(OF + "." + ITEM_ID), col(TARGET_DATE), col(HORIZON_DAYS))
            .agg(
                max(MODEL_VERSION).as(MODEL_VERSION),
                count(lit(1)).as(SERIES),
                round(sum(MEAN), 6).as(MEAN),
                round(sum(pow(col(MEAN), 2)), 6).as(SQUARES),
                round(sum(greatest(col(MEAN), pow(sd, 2))), 6).as(VARIANCE),
                max(P10).as(P10),
                max(P50).as(P50),
                max(P90).as(P90));
    Column shared = greatest(pow(col(MEAN), 2).minus(col(SQUARES)), lit(0.0));
    Column error = lit(0.0);
    for (Map.Entry<String, Double> one : new TreeMap<>(sharedErrors).entrySet()) {
      error = when(col(SCOPE).equalTo(one.getKey()), one.getValue()).otherwise(error);
    }
    Column single = col(SERIES).equalTo(1);
    return sums.withColumn(VARIANCE, col(VARIANCE).plus(shared.multiply(error)))
        .select(
            col(MODEL_VERSION),
            col(SCOPE),
            col(ITEM_ID),
            col(TARGET_DATE),
            col(HORIZON_DAYS),
            col(SERIES),
            col(MEAN),
            when(single, col(P10)).otherwise(least(quantile(-Z), quantile(0))).as(P10),
            when(single, col(P50)).otherwise(quantile(0)).as(P50),
            when(single, col(P90)).otherwise(greatest(quantile(Z), quantile(0))).as(P90));
  }

  /** Each row twice: for its product and for its category. */
  private static Dataset<Row> byItem(Dataset<Row> rows, Dataset<Row> products) {
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

  /** In whole units; skewness of the negative binomial: (2 variance ÷ mean - 1) ÷ σ. */
  private static Column quantile(double z) {
    Column mean = greatest(col(MEAN), lit(1e-9));
    Column sigma = sqrt(greatest(col(VARIANCE), lit(1e-9)));
    Column skewness = col(VARIANCE).multiply(2).divide(mean).minus(1).divide(sigma);
    Column standard = skewness.multiply((z * z - 1) / 6).plus(z);
    return when(
            col(MEAN).gt(0), greatest(round(col(MEAN).plus(sigma.multiply(standard))), lit(0.0)))
        .otherwise(0.0);
  }

  /**
   * Squared coefficient of variation of the error that the series of a product, or of a category,
   * share on a day, by scope, pooled over the days of a backtest; none where they share nothing.
   *
   * @param backtest rows of {@code models.forecast_backtest}
   */
  static Map<String, Double> sharedErrors(Dataset<Row> backtest, Dataset<Row> products) {
    Column error = col(ACTUAL).minus(col(MEAN));
    Column weight = pow(greatest(sum(MEAN), lit(LEAST_SUM)), -2);
    List<Row> scopes =
        byItem(backtest, products)
            .groupBy(col(OF + "." + SCOPE), col(OF + "." + ITEM_ID), col(ORIGIN), col(TARGET_DATE))
            .agg(
                weight.multiply(pow(sum(error), 2).minus(sum(pow(error, 2)))).as(VARIANCE),
                weight.multiply(pow(sum(MEAN), 2).minus(sum(pow(col(MEAN), 2)))).as(SQUARES),
                sum(MEAN).as(MEAN),
                count(lit(1)).as(SERIES))
            .where(col(SERIES).gt(1).and(col(MEAN).gt(LEAST_SUM)))
            .groupBy(SCOPE)
            .agg(round(sum(VARIANCE), 6).as(VARIANCE), round(sum(SQUARES), 6).as(SQUARES))
            .collectAsList();
    Map<String, Double> errors = new HashMap<>();
    for (Row scope : scopes) {
      double shared = scope.<Double>getAs(VARIANCE);
      double possible = scope.<Double>getAs(SQUARES);
      if (shared > 0 && possible > 0) {
        errors.put(scope.getAs(SCOPE), shared / possible);
      }
    }
    return errors;
  }
}
