package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MONTH;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PREFERRED_STORE_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RATING;
import static com.posmodern.ai.contract.Columns.REPLY_TEXT;
import static com.posmodern.ai.contract.Columns.REVIEW_TEXT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trim;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.quality.ValidRows;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What customers said up to the as-of date: of this job alone, texts are in no table that others
 * read.
 */
final class SentimentTexts {
  private SentimentTexts() {}

  /** What customers answered to campaigns; empty when nobody ever did. */
  static Optional<Dataset<Row>> ofReplies(JobContext context) {
    return context
        .readOptional(Table.CAMPAIGN_EVENTS)
        .map(
            events ->
                ValidRows.of(Table.CAMPAIGN_EVENTS, events)
                    .where(col(KIND).equalTo("replied"))
                    .where(to_date(col(OCCURRED_AT)).leq(lit(context.asOf())))
                    .where(length(trim(col(REPLY_TEXT))).gt(0))
                    .select(
                        col(CAMPAIGN_ID),
                        date_format(col(OCCURRED_AT), "yyyy-MM").as(MONTH),
                        col(REPLY_TEXT).as("text")));
  }

  /**
   * What customers said in reviews, with {@code text}, {@code stars}, category, store and month.
   */
  static Dataset<Row> ofReviews(JobContext context, Dataset<Row> reviews) {
    Dataset<Row> products = context.valid(Table.PRODUCTS).select(PRODUCT_ID, CATEGORY);
    Dataset<Row> said =
        // Not by valid, which keeps small tables for other jobs: texts are for this job alone.
        ValidRows.of(Table.REVIEWS, reviews)
            .where(to_date(col(OCCURRED_AT)).leq(lit(context.asOf())))
            .where(length(trim(col(REVIEW_TEXT))).gt(0))
            .join(broadcast(products), new String[] {PRODUCT_ID}, "left")
            .withColumn("stars", col(RATING))
            .withColumn("text", col(REVIEW_TEXT))
            .withColumn(MONTH, date_format(col(OCCURRED_AT), "yyyy-MM"));
    // A review names no store: it is the one that the customer mostly goes to.
    return context
        .readOptional(Table.CUSTOMER_FEATURES)
        .map(
            customers ->
                said.join(
                    customers.select(col(CUSTOMER_ID), col(PREFERRED_STORE_ID).as(STORE_ID)),
                    new String[] {CUSTOMER_ID},
                    "left"))
        .orElseGet(() -> said.withColumn(STORE_ID, lit(null).cast("string")));
  }
}
