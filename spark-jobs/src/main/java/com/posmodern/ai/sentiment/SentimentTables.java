package com.posmodern.ai.sentiment;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.LEVEL;
import static com.posmodern.ai.contract.Columns.MEAN_RATING;
import static com.posmodern.ai.contract.Columns.MONTH;
import static com.posmodern.ai.contract.Columns.NEGATIVE_SHARE;
import static com.posmodern.ai.contract.Columns.POSITIVE_SHARE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.SUBJECT;
import static com.posmodern.ai.contract.Columns.TEXTS;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts sentiment per product, category, store, campaign and month: {@code
 * results.review_sentiment}.
 */
public final class SentimentTables {
  private static final String SAID = "_said";
  private static final String UNKNOWN = "UNKNOWN";

  /** Stands for all subjects, and for all months. */
  private static final String ALL = "ALL";

  private static final StructType SCHEMA =
      new StructType()
          .add(PRODUCT_ID, DataTypes.StringType, true)
          .add(CATEGORY, DataTypes.StringType, true)
          .add(STORE_ID, DataTypes.StringType, true)
          .add(CAMPAIGN_ID, DataTypes.StringType, true)
          .add(MONTH, DataTypes.StringType, false)
          .add("stars", DataTypes.IntegerType, true)
          .add(SAID, DataTypes.IntegerType, false);

  private SentimentTables() {}

  /**
   * The table without as-of date and version: a row per product, category and store, and per month
   * and over all. No text is among its columns.
   *
   * @param texts product_id, category, store_id (null where unknown), month (2026-06), stars, text
   * @param model bytes of a trained model
   */
  public static Dataset<Row> of(Dataset<Row> texts, byte[] model) {
    Dataset<Row> said = said(texts.withColumn(CAMPAIGN_ID, lit(null).cast("string")), model);
    Column subjects =
        array(
            struct(lit("PRODUCT").as(LEVEL), known(PRODUCT_ID)),
            struct(lit("CATEGORY").as(LEVEL), known(CATEGORY)),
            struct(lit("STORE").as(LEVEL), known(STORE_ID)),
            struct(lit(ALL).as(LEVEL), lit(ALL).as(SUBJECT)));
    return counted(said, subjects);
  }

  /**
   * The same of replies to campaigns, which have no stars: a row per campaign and month.
   *
   * @param replies campaign_id, month, text
   */
  public static Dataset<Row> ofReplies(Dataset<Row> replies, byte[] model) {
    Column none = lit(null).cast("string");
    return counted(
        said(
            replies
                .withColumn(PRODUCT_ID, none)
                .withColumn(CATEGORY, none)
                .withColumn(STORE_ID, none)
                .withColumn("stars", lit(null).cast("int")),
            model),
        array(struct(lit("CAMPAIGN").as(LEVEL), known(CAMPAIGN_ID))));
  }

  private static Dataset<Row> said(Dataset<Row> texts, byte[] model) {
    return texts
        .select(
            col(PRODUCT_ID),
            col(CATEGORY),
            col(STORE_ID),
            col(CAMPAIGN_ID),
            col(MONTH),
            col("stars"),
            col("text"))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) part -> classified(part, model),
            Encoders.row(SCHEMA));
  }

  private static Dataset<Row> counted(Dataset<Row> said, Column subjects) {
    return said.withColumn("_subject", explode(subjects))
        .withColumn(MONTH, explode(array(col(MONTH), lit(ALL))))
        .groupBy(col("_subject." + LEVEL), col("_subject." + SUBJECT), col(MONTH))
        .agg(
            count(lit(1)).as(TEXTS),
            share(Sentiment.POSITIVE).as(POSITIVE_SHARE),
            share(Sentiment.NEGATIVE).as(NEGATIVE_SHARE),
            round(avg(col("stars")), 6).as(MEAN_RATING));
  }

  private static Column known(String column) {
    return coalesce(col(column), lit(UNKNOWN)).as(SUBJECT);
  }

  private static Column share(Sentiment sentiment) {
    return round(avg(when(col(SAID).equalTo(sentiment.label()), 1.0).otherwise(0.0)), 6);
  }

  private static java.util.Iterator<Row> classified(java.util.Iterator<Row> part, byte[] bytes) {
    SentimentModel model = SentimentModel.ofBytes(bytes);
    List<Row> rows = new ArrayList<>();
    part.forEachRemaining(
        row ->
            rows.add(
                RowFactory.create(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    row.get(3),
                    row.get(4),
                    row.get(5),
                    model.of(row.getString(6)).label())));
    return rows.iterator();
  }
}
