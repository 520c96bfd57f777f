package com.posmodern.ai.recommend.rank;

import static com.posmodern.ai.contract.Columns.BECAUSE_PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.BOUGHT_BEFORE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DUE_ON;
import static com.posmodern.ai.contract.Columns.FIRST_PURCHASED_ON;
import static com.posmodern.ai.contract.Columns.LAST_PURCHASED_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PURCHASES;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.REASON_EN;
import static com.posmodern.ai.contract.Columns.REASON_PT_BR;
import static com.posmodern.ai.contract.Columns.SCORE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.wording.Sentences;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The lists of all customers with a purchase: computed in the partition of the history, one
 * customer after the other, with a few numbers per product in memory; persisted until closed.
 */
public final class PersonalLists implements AutoCloseable {
  /** Columns of {@code results.product_recommendations} except date and version. */
  public static final StructType SCHEMA =
      new StructType()
          .add(CUSTOMER_ID, DataTypes.StringType, false)
          .add(RANK, DataTypes.IntegerType, false)
          .add(PRODUCT_ID, DataTypes.StringType, false)
          .add(SCORE, DataTypes.DoubleType, false)
          .add(REASON, DataTypes.StringType, false)
          .add(BOUGHT_BEFORE, DataTypes.BooleanType, false)
          .add(PURCHASES, DataTypes.LongType, false)
          .add(FIRST_PURCHASED_ON, DataTypes.DateType, true)
          .add(LAST_PURCHASED_ON, DataTypes.DateType, true)
          .add(DUE_ON, DataTypes.DateType, true)
          .add(BECAUSE_PRODUCT_ID, DataTypes.StringType, true)
          .add(REASON_EN, DataTypes.StringType, true)
          .add(REASON_PT_BR, DataTypes.StringType, true);

  private final Dataset<Row> rows;

  /**
   * Ranks for every customer of the histories.
   *
   * @param ranker the serialised XGBoost model; empty for the fixed blend
   * @param withAge customer_id of those whose age is on record; empty when no rule asks for it
   */
  public PersonalLists(
      SparkSession spark,
      Histories histories,
      Products products,
      Assortment assortment,
      Optional<byte[]> ranker,
      Optional<Dataset<Row>> withAge,
      LocalDate asOf,
      RecommendSettings settings) {
    Knowledge knowledge =
        Knowledge.of(
            histories.pool(),
            (int) asOf.toEpochDay(),
            products,
            products.offered(),
            settings.rules().newDays());
    Set<String> withoutAge = new HashSet<>(settings.rules().excludedCategories());
    withoutAge.addAll(settings.rules().excludedWithoutAge());
    ListServer server =
        new ListServer(
            knowledge,
            ranker.orElse(null),
            rules(settings, knowledge, assortment, withoutAge),
            rules(
                settings,
                knowledge,
                assortment,
                new HashSet<>(settings.rules().excludedCategories())),
            settings.boughtOftenPurchases(),
            settings.rules().newDays());
    Broadcast<ListServer> shared =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(server);
    JavaRDD<Row> lists =
        histories.all(withAge).mapPartitions(customers -> shared.value().serve(customers));
    this.rows = spark.createDataFrame(lists, SCHEMA).persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** {@link #SCHEMA}: one row per customer and rank. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** Those of the customers who have no list here; the columns as given. */
  public Dataset<Row> unlisted(Dataset<Row> customers) {
    return customers.join(
        rows.select(CUSTOMER_ID).distinct(), new String[] {CUSTOMER_ID}, "left_anti");
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  private static ListRules rules(
      RecommendSettings settings,
      Knowledge knowledge,
      Assortment assortment,
      Set<String> excluded) {
    return new ListRules(
        settings.listLength(),
        settings.rules(),
        knowledge,
        assortment,
        knowledge.products.categoriesNamed(excluded));
  }

  /** The model's features in order, as stored in {@code models.recommend_ranker}. */
  public static List<String> featureNames() {
    return PairFeature.names();
  }

  /**
   * Adds the remaining columns of {@link #SCHEMA} to a list with customer, rank, product and score.
   */
  public static Column[] withoutHistory() {
    return new Column[] {
      col(CUSTOMER_ID),
      col(RANK),
      col(PRODUCT_ID),
      col(SCORE),
      lit(ListReasons.POPULAR).as(REASON),
      lit(false).as(BOUGHT_BEFORE),
      lit(0L).as(PURCHASES),
      lit(null).cast(DataTypes.DateType).as(FIRST_PURCHASED_ON),
      lit(null).cast(DataTypes.DateType).as(LAST_PURCHASED_ON),
      lit(null).cast(DataTypes.DateType).as(DUE_ON),
      lit(null).cast(DataTypes.StringType).as(BECAUSE_PRODUCT_ID),
      lit(OfferSentences.popular(Sentences.english())).as(REASON_EN),
      lit(OfferSentences.popular(Sentences.brazilian())).as(REASON_PT_BR)
    };
  }
}
