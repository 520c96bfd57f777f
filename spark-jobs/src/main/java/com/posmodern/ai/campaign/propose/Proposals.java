package com.posmodern.ai.campaign.propose;

import static com.posmodern.ai.contract.Columns.BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DUE_ON;
import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.LIST_PRICE;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.ORDER_UP_TO;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_NAME;
import static com.posmodern.ai.contract.Columns.RECENCY;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.SHELF_LIFE;
import static com.posmodern.ai.contract.Columns.STOCK_COVER;
import static com.posmodern.ai.contract.Columns.TENURE;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import com.posmodern.ai.config.Campaign.Goal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the night's tables suggest, the highest expected gain first.
 *
 * @param products {@code source.products}
 * @param response share of recipients expected to buy because of a message
 * @param sensitive categories that no campaign may be about
 */
public record Proposals(Dataset<Row> products, double response, Set<String> sensitive) {
  /** Most proposals of a kind. */
  private static final int MOST = 3;

  /** Stock that lasts longer than this is too much. */
  private static final int COVER_DAYS = 56;

  /** A customer who has not come for so many of their own intervals may not come back. */
  private static final int INTERVALS = 2;

  private static final int FEWEST_BASKETS = 3;
  private static final int DUE_WITHIN = 14;
  private static final String WANT = "want";
  private static final String SURPLUS = "surplus";

  /** Days for which a draft is. */
  private static final String WITHIN = "within";

  private static final String GAIN = "gain";
  private static final String VALUE = "value";

  /**
   * All that the tables suggest.
   *
   * @param recommendations rows of {@code results.product_recommendations} of the as-of date
   * @param advice rows of {@code results.replenishment_advice} of the as-of date
   * @param segments rows of {@code results.customer_segments} of the as-of date
   * @param features rows of {@code features.customer_features}, asked for where there are segments
   */
  public List<Proposal> all(
      LocalDate asOf,
      Optional<Dataset<Row>> recommendations,
      Optional<Dataset<Row>> advice,
      Optional<Dataset<Row>> segments,
      Supplier<Dataset<Row>> features) {
    List<Proposal> all = new ArrayList<>();
    if (recommendations.isPresent() && advice.isPresent()) {
      all.addAll(overstock(advice.get(), recommendations.get()));
      all.addAll(nearExpiry(advice.get(), recommendations.get()));
    }
    segments.ifPresent(some -> all.addAll(lapsing(features.get(), some)));
    recommendations.ifPresent(some -> all.addAll(due(some, asOf)));
    all.sort(Comparator.comparingDouble(Proposal::gain).reversed());
    return all;
  }

  /**
   * Products with stock for more than eight weeks above the level to order up to, which are among
   * the recommendations of customers; without those that {@link #nearExpiry} names.
   */
  public List<Proposal> overstock(Dataset<Row> advice, Dataset<Row> recommendations) {
    return surplus(
            advice
                .where(not(spoils()))
                .where(col(STOCK_COVER).gt(COVER_DAYS).and(col(ON_HAND).gt(col(ORDER_UP_TO))))
                .groupBy(col(PRODUCT_ID))
                .agg(
                    sum(col(ON_HAND).minus(col(ORDER_UP_TO))).as(SURPLUS),
                    lit(Proposal.LONGEST_DAYS).as(WITHIN)),
            recommendations)
        .stream()
        .map(
            row ->
                ofProduct(
                    Goal.OVERSTOCK,
                    row,
                    String.format(
                        Locale.ROOT,
                        "%.0f units too many, with stock for more than %d days",
                        row.<Double>getAs(SURPLUS),
                        COVER_DAYS)))
        .toList();
  }

  /**
   * Products of which there is more than is sold before it spoils, though all of it came in today,
   * and which are among the recommendations of customers. The draft ends when they spoil at the
   * latest.
   */
  public List<Proposal> nearExpiry(Dataset<Row> advice, Dataset<Row> recommendations) {
    Column sold = col(ON_HAND).multiply(col(SHELF_LIFE)).divide(col(STOCK_COVER));
    return surplus(
            advice
                .where(spoils())
                .groupBy(col(PRODUCT_ID))
                .agg(
                    sum(col(ON_HAND).minus(sold)).as(SURPLUS),
                    least(min(col(SHELF_LIFE)), lit(Proposal.LONGEST_DAYS)).as(WITHIN)),
            recommendations)
        .stream()
        .map(
            row ->
                ofProduct(
                    Goal.NEAR_EXPIRY,
                    row,
                    String.format(
                        Locale.ROOT,
                        "%.0f units are not sold before they spoil",
                        row.<Double>getAs(SURPLUS))))
        .toList();
  }

  private static Column spoils() {
    return coalesce(col(STOCK_COVER).gt(col(SHELF_LIFE)), lit(false));
  }

  /** Of products with a surplus those that are wanted, worth most first. */
  private List<Row> surplus(Dataset<Row> surplus, Dataset<Row> recommendations) {
    Dataset<Row> wanted =
        recommendations.groupBy(col(PRODUCT_ID)).agg(count_distinct(col(CUSTOMER_ID)).as(WANT));
    Column sold = least(col(SURPLUS), col(WANT).multiply(response));
    return top(
        surplus
            .join(wanted, PRODUCT_ID)
            .join(mayBeNamed(), PRODUCT_ID)
            .withColumn(GAIN, sold.multiply(col(LIST_PRICE))));
  }

  private static Proposal ofProduct(Goal goal, Row row, String why) {
    return new Proposal(
        goal,
        row.getAs(PRODUCT_NAME),
        Optional.empty(),
        List.of(row.<String>getAs(PRODUCT_ID)),
        Optional.empty(),
        row.<Integer>getAs(WITHIN),
        row.getAs(WANT),
        row.getAs(GAIN),
        why);
  }

  /** Segments whose customers stay away for more than twice their own interval. */
  public List<Proposal> lapsing(Dataset<Row> features, Dataset<Row> segments) {
    Column interval = col(TENURE).minus(col(RECENCY)).divide(col(FREQUENCY).minus(1));
    return top(
            features
                .where(col(FREQUENCY).geq(FEWEST_BASKETS))
                .where(col(RECENCY).gt(interval.multiply(INTERVALS)))
                .join(segments.select(CUSTOMER_ID, SEGMENT_NAME), CUSTOMER_ID)
                .groupBy(col(SEGMENT_NAME))
                .agg(count(lit(1)).as(WANT), avg(col(BASKET_VALUE)).as(VALUE))
                .withColumn(GAIN, col(WANT).multiply(response).multiply(col(VALUE))))
        .stream()
        .limit(1)
        .map(
            row ->
                new Proposal(
                    Goal.WIN_BACK,
                    row.getAs(SEGMENT_NAME),
                    Optional.empty(),
                    List.of(),
                    Optional.of(row.<String>getAs(SEGMENT_NAME)),
                    Proposal.LONGEST_DAYS,
                    row.getAs(WANT),
                    row.getAs(GAIN),
                    "customers of the segment stay away for more than twice their own interval"))
        .toList();
  }

  /** Categories of which customers would buy something again within two weeks. */
  public List<Proposal> due(Dataset<Row> recommendations, LocalDate asOf) {
    return top(
            recommendations
                .where(
                    col(DUE_ON)
                        .gt(lit(Date.valueOf(asOf)))
                        .and(col(DUE_ON).leq(lit(Date.valueOf(asOf.plusDays(DUE_WITHIN))))))
                .join(mayBeNamed(), PRODUCT_ID)
                .groupBy(col(CATEGORY), col(CUSTOMER_ID))
                .agg(sum(col(LIST_PRICE).cast("double")).as(VALUE))
                .groupBy(col(CATEGORY))
                .agg(count(lit(1)).as(WANT), sum(col(VALUE)).multiply(response).as(GAIN)))
        .stream()
        .limit(1)
        .map(
            row ->
                new Proposal(
                    Goal.CATEGORY_GROWTH,
                    row.getAs(CATEGORY),
                    Optional.of(row.<String>getAs(CATEGORY)),
                    List.of(),
                    Optional.empty(),
                    Proposal.LONGEST_DAYS,
                    row.getAs(WANT),
                    row.getAs(GAIN),
                    "customers are due to buy in the category within %d days"
                        .formatted(DUE_WITHIN)))
        .toList();
  }

  private Dataset<Row> mayBeNamed() {
    return products
        .where(not(col(CATEGORY).isin(sensitive.toArray())).and(col(LIST_PRICE).isNotNull()))
        .groupBy(col(PRODUCT_ID))
        .agg(
            first(col(PRODUCT_NAME)).as(PRODUCT_NAME),
            first(col(CATEGORY)).as(CATEGORY),
            first(col(LIST_PRICE)).cast("double").as(LIST_PRICE));
  }

  private static List<Row> top(Dataset<Row> rows) {
    return rows.where(col(GAIN).gt(0)).orderBy(col(GAIN).desc()).limit(MOST).collectAsList();
  }
}
