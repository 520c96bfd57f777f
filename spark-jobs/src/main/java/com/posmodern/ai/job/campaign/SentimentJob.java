package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.MONTH;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PREFERRED_STORE_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RATING;
import static com.posmodern.ai.contract.Columns.REPLY_TEXT;
import static com.posmodern.ai.contract.Columns.REVIEW_ID;
import static com.posmodern.ai.contract.Columns.REVIEW_TEXT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.quality.ValidRows;
import com.posmodern.ai.sentiment.SentimentTables;
import com.posmodern.ai.sentiment.SentimentTraining;
import com.posmodern.ai.sentiment.SentimentTraining.Trained;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns from rated reviews what is praise and blame, and writes {@code results.review_sentiment}.
 */
public final class SentimentJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "sentiment",
              "praise and blame in reviews and replies, per product, store, campaign and month")
          .reads(Table.PRODUCTS)
          .readsIfPresent(Table.REVIEWS, Table.CUSTOMER_FEATURES, Table.CAMPAIGN_EVENTS)
          .readsTextsOf(Table.REVIEWS, Table.CAMPAIGN_EVENTS)
          .writes(Table.REVIEW_SENTIMENT, Table.MODEL_METRICS, Table.MODEL_REGISTRY);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    long started = System.nanoTime();
    Optional<Dataset<Row>> reviews = context.readOptional(Table.REVIEWS);
    if (reviews.isEmpty()) {
      return JobOutcome.skipped("the lake has no reviews");
    }
    Dataset<Row> texts = texts(context, reviews.get());
    if (texts.isEmpty()) {
      return JobOutcome.skipped("no review up to " + context.asOf() + " has a text");
    }
    Trained trained =
        SentimentTraining.train(
            texts.select(col("text"), col("stars"), xxhash64(col(REVIEW_ID)).as("draw")));
    ModelVersion judged =
        context.registry().judge(trained.evaluation(), (System.nanoTime() - started) / 1e9);
    if (!judged.accepted()) {
      return JobOutcome.rejected(judged.verdict());
    }
    Dataset<Row> ofReviews = SentimentTables.of(texts, trained.model());
    context.write(
        Table.REVIEW_SENTIMENT,
        replies(context)
            .map(said -> ofReviews.unionByName(SentimentTables.ofReplies(said, trained.model())))
            .orElse(ofReviews)
            .withColumn(MODEL_VERSION, lit(judged.version())));
    return JobOutcome.ok("%,d texts learnt from, %s".formatted(trained.texts(), judged.verdict()));
  }

  /** What customers answered to campaigns; empty when nobody ever did. */
  private static Optional<Dataset<Row>> replies(JobContext context) {
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

  private static Dataset<Row> texts(JobContext context, Dataset<Row> reviews) {
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
