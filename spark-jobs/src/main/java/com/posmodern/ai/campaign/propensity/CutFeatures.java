package com.posmodern.ai.campaign.propensity;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Features of customers, and of customers and categories, as of one or several days (cuts): of the
 * purchase days of the year up to each cut. The same for learning and for use.
 */
final class CutFeatures {
  /** Column with the day that a row is as of. */
  static final String CUT = "_cut";

  static final int WINDOW_DAYS = 365;

  private static final String AGE = "_age";
  private static final String STORE = "_store";
  private static final String BUYERS_28 = "_buyers_28";
  private static final String BUYERS_84 = "_buyers_84";
  private static final String ALL_28 = "_all_28";
  private static final String ALL_84 = "_all_84";

  /** Age of the same 28 days of the year as those after the cut, a year earlier. */
  private static final int YEAR_AGO = WINDOW_DAYS - 28;

  private CutFeatures() {}

  /** One row per cut and customer with a purchase in the window. */
  static Dataset<Row> customers(Dataset<Row> days, Collection<LocalDate> cuts) {
    Column visits = count(lit(1));
    Dataset<Row> rows =
        atCuts(days, cuts)
            .groupBy(col(CUT), col(CUSTOMER_ID))
            .agg(
                min(col(AGE)).as(name(PropensityFeature.RECENCY)),
                tenure(PropensityFeature.TENURE),
                count_if(col(AGE).lt(28)).as(name(PropensityFeature.DAYS_28)),
                count_if(col(AGE).lt(84)).as(name(PropensityFeature.DAYS_84)),
                visits.as(name(PropensityFeature.DAYS_365)),
                money(col(AGE).lt(28)).as(name(PropensityFeature.VALUE_28)),
                money(col(AGE).lt(84)).as(name(PropensityFeature.VALUE_84)),
                money(lit(true)).as(name(PropensityFeature.VALUE_365)),
                avg(col(PurchaseDays.GAP)).as(name(PropensityFeature.MEAN_GAP)),
                stddev_pop(col(PurchaseDays.GAP)).as(name(PropensityFeature.GAP_SPREAD)),
                min_by(col(PurchaseDays.GAP), col(AGE)).as(name(PropensityFeature.LAST_GAP)),
                stddev_pop(col(REVENUE)).as(name(PropensityFeature.BASKET_VALUE_SPREAD)),
                avg(col(PurchaseDays.LINES)).as(name(PropensityFeature.BASKET_LINES)),
                avg(col(PurchaseDays.CATEGORIES)).as(name(PropensityFeature.BASKET_CATEGORIES)),
                try_divide(sum(col(PurchaseDays.PROMOTED)), sum(col(PurchaseDays.LINES)))
                    .as(name(PropensityFeature.PROMOTION_SHARE)),
                try_divide(
                        round(sum(col(PurchaseDays.DISCOUNTS)), 2),
                        round(sum(col(PurchaseDays.SHELF_VALUE)), 2))
                    .as(name(PropensityFeature.DISCOUNT_SHARE)),
                avg(col(PurchaseDays.ONLINE)).as(name(PropensityFeature.ONLINE_SHARE)),
                avg(when(weekday(col(BUSINESS_DATE)).geq(5), 1).otherwise(0))
                    .as(name(PropensityFeature.WEEKEND_SHARE)),
                avg(when(dayofmonth(col(BUSINESS_DATE)).leq(10), 1).otherwise(0))
                    .as(name(PropensityFeature.MONTH_START_SHARE)),
                yearAgo(PropensityFeature.DAYS_YEAR_AGO),
                min_by(col(STORE_ID), col(AGE)).as(STORE))
            .withColumn(
                name(PropensityFeature.DAYS_TREND),
                ratio(
                    col(name(PropensityFeature.DAYS_28)).multiply(3.0), PropensityFeature.DAYS_84))
            .withColumn(
                name(PropensityFeature.VALUE_TREND),
                ratio(
                    col(name(PropensityFeature.VALUE_28)).multiply(3.0),
                    PropensityFeature.VALUE_84))
            .withColumn(
                name(PropensityFeature.OVERDUE),
                ratio(PropensityFeature.RECENCY, PropensityFeature.MEAN_GAP))
            .withColumn(
                name(PropensityFeature.BASKET_VALUE),
                ratio(PropensityFeature.VALUE_365, PropensityFeature.DAYS_365));
    Dataset<Row> stores =
        rows.groupBy(col(CUT), col(STORE))
            .agg(
                avg(when(col(name(PropensityFeature.RECENCY)).lt(28), 1).otherwise(0))
                    .as(name(PropensityFeature.STORE_ACTIVITY)));
    return rows.join(broadcast(stores), new String[] {CUT, STORE}, "left").drop(STORE);
  }

  /**
   * One row per cut, customer and category bought in the window, or bought by most others.
   *
   * @param categoryDays of {@link PurchaseDays#gapsOfCategories}
   * @param customers of {@link #customers}, at the same cuts
   * @param popular number of categories added for those who have never bought them
   * @param excluded categories that nobody is profiled by
   */
  static Dataset<Row> categories(
      Dataset<Row> categoryDays,
      Dataset<Row> customers,
      Collection<LocalDate> cuts,
      int popular,
      Collection<String> excluded) {
    Dataset<Row> wanted =
        excluded.isEmpty()
            ? categoryDays
            : categoryDays.where(not(col(CATEGORY).isin(excluded.toArray())));
    Dataset<Row> bought =
        atCuts(wanted, cuts)
            .groupBy(col(CUT), col(CUSTOMER_ID), col(CATEGORY))
            .agg(
                min(col(AGE)).as(name(PropensityFeature.CATEGORY_RECENCY)),
                tenure(PropensityFeature.CATEGORY_TENURE),
                count_if(col(AGE).lt(28)).as(name(PropensityFeature.CATEGORY_DAYS_28)),
                count_if(col(AGE).lt(84)).as(name(PropensityFeature.CATEGORY_DAYS_84)),
                count(lit(1)).as(name(PropensityFeature.CATEGORY_DAYS_365)),
                money(lit(true)).as(name(PropensityFeature.CATEGORY_VALUE_365)),
                avg(col(PurchaseDays.GAP)).as(name(PropensityFeature.CATEGORY_MEAN_GAP)),
                min_by(col(PurchaseDays.GAP), col(AGE))
                    .as(name(PropensityFeature.CATEGORY_LAST_GAP)),
                count_if(col(AGE).geq(YEAR_AGO))
                    .as(name(PropensityFeature.CATEGORY_DAYS_YEAR_AGO)));
    Dataset<Row> figures = figures(bought, customers);
    String[] key = {CUT, CUSTOMER_ID, CATEGORY};
    Dataset<Row> tried =
        customers
            .select(col(CUT), col(CUSTOMER_ID))
            .join(broadcast(mostBought(figures, popular)), new String[] {CUT})
            .select(col(CUT), col(CUSTOMER_ID), col(CATEGORY));
    return bought
        .join(tried, key, "full_outer")
        .join(broadcast(figures.drop(BUYERS_84)), new String[] {CUT, CATEGORY}, "left")
        .join(customers, new String[] {CUT, CUSTOMER_ID})
        .withColumn(
            name(PropensityFeature.CATEGORY_SHARE),
            ratio(PropensityFeature.CATEGORY_DAYS_365, PropensityFeature.DAYS_365))
        .withColumn(
            name(PropensityFeature.CATEGORY_SHARE_84),
            ratio(PropensityFeature.CATEGORY_DAYS_84, PropensityFeature.DAYS_84))
        .withColumn(
            name(PropensityFeature.CATEGORY_OVERDUE),
            ratio(PropensityFeature.CATEGORY_RECENCY, PropensityFeature.CATEGORY_MEAN_GAP))
        .withColumn(
            name(PropensityFeature.CATEGORY_DAYS_YEAR_AGO),
            when(
                col(name(PropensityFeature.TENURE)).geq(WINDOW_DAYS),
                col(name(PropensityFeature.CATEGORY_DAYS_YEAR_AGO))));
  }

  /** How many customers buy each category: one row per cut and category. */
  private static Dataset<Row> figures(Dataset<Row> bought, Dataset<Row> customers) {
    Dataset<Row> active =
        customers
            .groupBy(col(CUT))
            .agg(
                count_if(col(name(PropensityFeature.RECENCY)).lt(28)).as(ALL_28),
                count_if(col(name(PropensityFeature.RECENCY)).lt(84)).as(ALL_84));
    return bought
        .groupBy(col(CUT), col(CATEGORY))
        .agg(
            count_if(col(name(PropensityFeature.CATEGORY_RECENCY)).lt(28)).as(BUYERS_28),
            count_if(col(name(PropensityFeature.CATEGORY_RECENCY)).lt(84)).as(BUYERS_84))
        .join(broadcast(active), new String[] {CUT})
        .select(
            col(CUT),
            col(CATEGORY),
            col(BUYERS_84),
            try_divide(col(BUYERS_28), col(ALL_28)).as(name(PropensityFeature.CATEGORY_POPULARITY)),
            try_divide(col(BUYERS_28), greatest(col(BUYERS_84), lit(1)))
                .as(name(PropensityFeature.CATEGORY_POPULARITY_TREND)));
  }

  private static Dataset<Row> mostBought(Dataset<Row> figures, int popular) {
    return figures
        .withColumn(
            AGE,
            row_number()
                .over(Window.partitionBy(col(CUT)).orderBy(col(BUYERS_84).desc(), col(CATEGORY))))
        .where(col(AGE).leq(popular))
        .select(col(CUT), col(CATEGORY));
  }

  /** Every day once for each cut whose window it lies in; with its age in days. */
  private static Dataset<Row> atCuts(Dataset<Row> days, Collection<LocalDate> cuts) {
    Column all = array(cuts.stream().map(cut -> lit(Date.valueOf(cut))).toArray(Column[]::new));
    return days.withColumn(CUT, explode(all))
        .withColumn(AGE, datediff(col(CUT), col(BUSINESS_DATE)))
        .where(col(AGE).geq(0).and(col(AGE).lt(WINDOW_DAYS)));
  }

  private static Column tenure(PropensityFeature feature) {
    return max(datediff(col(CUT), col(PurchaseDays.FIRST))).as(name(feature));
  }

  /** Unknown for customers who were not there a year ago. */
  private static Column yearAgo(PropensityFeature feature) {
    return when(
            max(datediff(col(CUT), col(PurchaseDays.FIRST))).geq(WINDOW_DAYS),
            count_if(col(AGE).geq(YEAR_AGO)))
        .as(name(feature));
  }

  private static Column money(Column when) {
    return round(sum(when(when, col(REVENUE)).otherwise(0.0)), 2);
  }

  /** One feature ÷ another; null where that is 0 or unknown. */
  private static Column ratio(PropensityFeature part, PropensityFeature whole) {
    return ratio(col(name(part)), whole);
  }

  private static Column ratio(Column part, PropensityFeature whole) {
    return try_divide(part, col(name(whole)));
  }

  static String name(PropensityFeature feature) {
    return feature.column();
  }
}
