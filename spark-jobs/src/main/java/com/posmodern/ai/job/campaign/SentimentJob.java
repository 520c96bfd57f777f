package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.REVIEW_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
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
    Dataset<Row> texts = SentimentTexts.ofReviews(context, reviews.get());
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
        SentimentTexts.ofReplies(context)
            .map(said -> ofReviews.unionByName(SentimentTables.ofReplies(said, trained.model())))
            .orElse(ofReviews)
            .withColumn(MODEL_VERSION, lit(judged.version())));
    return JobOutcome.ok("%,d texts learnt from, %s".formatted(trained.texts(), judged.verdict()));
  }
}
