package com.posmodern.ai.behaviour.anomaly;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DISCOUNT_RATE;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.LEVEL;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.P10;
import static com.posmodern.ai.contract.Columns.P90;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RETURNED;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TARGET_DATE;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.behaviour.anomaly.DemandAnomalies.Input;
import com.posmodern.ai.config.BehaviourSettings.AnomalySettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What happened in a series, and what was expected of it, on each day: at every level. */
final class LevelDays {
  /** Units sold before returns, as far as known. */
  static final String SOLD = "sold";

  /** Value of what was sold, at shelf prices. */
  static final String VALUE = "value";

  /**
   * Units returned, of each product {@value #ONE_RETURN} at most, a tenth of what was sold or a
   * quarter of what came back: a dozen that one customer brings back is no burst.
   */
  static final String FEW_RETURNED = "few_returned";

  /** Discounts outside promotions, in money. */
  static final String GIVEN_AWAY = "given_away";

  /** Products that sold. */
  static final String PRODUCTS = "products";

  private static final double ONE_RETURN = 3;

  private static final double RETURNS_OF_SOLD = 0.1;
  private static final double RETURNS_OF_HEAP = 0.25;

  /** What adds up over products; zero on a day of which only the forecast is known. */
  private static final List<String> SUMS =
      List.of(
          DEMAND,
          REVENUE,
          ON_PROMOTION,
          STOCK_OUT,
          RETURNED,
          FEW_RETURNED,
          SOLD,
          VALUE,
          GIVEN_AWAY,
          PRODUCTS);

  /** Neither quantiles nor prices add up: only products have them. */
  private static final List<String> OF_PRODUCTS = List.of(P10, P90, UNIT_PRICE);

  /** Days before those judged from which it is learnt how right the forecasts are. */
  private static final int LEARNT_DAYS = 14;

  /** Days; what was forecast before tells nothing beyond the weekdays of the newest weeks. */
  private static final int LONGEST_LEAD = 7;

  private static final String OF = "of";
  private static final String NEWEST = "newest";

  private LevelDays() {}

  /** One row per series and day on which something happened or was expected. */
  static Dataset<Row> of(Input input, LocalDate asOf, AnomalySettings settings) {
    Column product = col(LEVEL).equalTo(DemandAnomalies.PRODUCT);
    List<Column> known = new ArrayList<>();
    SUMS.forEach(name -> known.add(coalesce(sum(name), lit(0.0)).as(name)));
    OF_PRODUCTS.forEach(name -> known.add(max(when(product, col(name))).as(name)));
    return ofProducts(input, asOf, settings)
        .join(
            broadcast(input.products().select(PRODUCT_ID, CATEGORY)),
            new String[] {PRODUCT_ID},
            "left")
        .withColumn(
            OF,
            explode(
                array(
                    level(DemandAnomalies.PRODUCT, col(PRODUCT_ID)),
                    level(
                        DemandAnomalies.CATEGORIES,
                        coalesce(col(CATEGORY), lit(DemandAnomalies.UNKNOWN_CATEGORY))),
                    level(DemandAnomalies.STORE, lit(DemandAnomalies.ALL)))))
        .select(col("*"), col(OF + ".*"))
        .groupBy(LEVEL, STORE_ID, ITEM_ID, BUSINESS_DATE)
        .agg(sum(MEAN).as(MEAN), known.toArray(Column[]::new));
  }

  private static Column level(String level, Column item) {
    return struct(lit(level).as(LEVEL), item.as(ITEM_ID));
  }

  private static Dataset<Row> ofProducts(Input input, LocalDate asOf, AnomalySettings settings) {
    Dataset<Row> happened = happened(input.demand(), asOf, settings);
    boolean missingAreNull = true;
    return happened.unionByName(
        input
            .forecasts()
            .map(rows -> expected(rows, asOf, settings))
            .orElseGet(() -> withoutForecast(happened.limit(0))),
        missingAreNull);
  }

  private static Dataset<Row> happened(
      Dataset<Row> demand, LocalDate asOf, AnomalySettings settings) {
    // Where at least as much was returned as sold, demand is zero and does not tell how much.
    Column sold = when(col(DEMAND).gt(0), col(DEMAND).plus(col(RETURNED))).otherwise(0.0);
    Column value = coalesce(sold.multiply(col(UNIT_PRICE)), lit(0.0));
    return demand
        .where(
            col(BUSINESS_DATE)
                .gt(lit(asOf.minusDays(settings.historyDays())))
                .and(col(BUSINESS_DATE).leq(lit(asOf))))
        .select(
            col(STORE_ID),
            col(PRODUCT_ID),
            col(BUSINESS_DATE),
            col(DEMAND),
            col(REVENUE),
            when(col(ON_PROMOTION), col(DEMAND)).otherwise(0.0).as(ON_PROMOTION),
            when(col(STOCK_OUT), 1.0).otherwise(0.0).as(STOCK_OUT),
            col(RETURNED),
            least(
                    col(RETURNED),
                    greatest(
                        lit(ONE_RETURN),
                        sold.multiply(RETURNS_OF_SOLD),
                        col(RETURNED).multiply(RETURNS_OF_HEAP)))
                .as(FEW_RETURNED),
            sold.as(SOLD),
            value.as(VALUE),
            when(col(ON_PROMOTION), 0.0)
                .otherwise(value.multiply(col(DISCOUNT_RATE)))
                .as(GIVEN_AWAY),
            when(col(DEMAND).gt(0), 1.0).otherwise(0.0).as(PRODUCTS),
            col(UNIT_PRICE));
  }

  /**
   * For each judged day, and those before from which the forecasts' level is learnt, the newest
   * forecast that was made before it, in the week before.
   */
  private static Dataset<Row> expected(
      Dataset<Row> forecasts, LocalDate asOf, AnomalySettings settings) {
    LocalDate before = asOf.minusDays(settings.judgedDays() + (long) LEARNT_DAYS);
    return forecasts
        .where(
            col(AS_OF_DATE)
                // Of the dates of nights first, so that only their files are read.
                .gt(lit(before.minusDays(LONGEST_LEAD)))
                .and(col(TARGET_DATE).gt(lit(before)))
                .and(col(TARGET_DATE).leq(lit(asOf)))
                .and(col(AS_OF_DATE).lt(col(TARGET_DATE)))
                .and(col(AS_OF_DATE).geq(date_sub(col(TARGET_DATE), LONGEST_LEAD))))
        .groupBy(col(STORE_ID), col(PRODUCT_ID), col(TARGET_DATE).as(BUSINESS_DATE))
        .agg(max_by(struct(col(MEAN), col(P10), col(P90)), col(AS_OF_DATE)).as(NEWEST))
        .select(col(STORE_ID), col(PRODUCT_ID), col(BUSINESS_DATE), col(NEWEST + ".*"));
  }

  private static Dataset<Row> withoutForecast(Dataset<Row> days) {
    Column unknown = lit(null).cast("double");
    return days.select(
        col(STORE_ID),
        col(PRODUCT_ID),
        col(BUSINESS_DATE),
        unknown.as(MEAN),
        unknown.as(P10),
        unknown.as(P90));
  }
}
