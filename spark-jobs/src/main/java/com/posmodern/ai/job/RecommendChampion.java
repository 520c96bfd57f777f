package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.FROM_CONTENT;
import static com.posmodern.ai.contract.Columns.MODEL;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PARAMETERS;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_INDEX;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.recommend.ModelParameters;
import com.posmodern.ai.recommend.RecommendTraining;
import com.posmodern.ai.recommend.Recommendations.Model;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the tables of the recommender that may score. */
final class RecommendChampion {
  private final JobContext context;
  private final Champion champion;

  private RecommendChampion(JobContext context, Champion champion) {
    this.context = context;
    this.champion = champion;
  }

  /** Empty when the gate has never accepted a recommender up to the as-of date. */
  static Optional<RecommendChampion> of(JobContext context) {
    return context
        .registry()
        .champion(RecommendTraining.MODEL)
        .map(champion -> new RecommendChampion(context, champion));
  }

  String version() {
    return champion.version();
  }

  Model model() {
    return new Model(
        rows(Table.CUSTOMER_INDEX).select(CUSTOMER_ID, CUSTOMER_INDEX),
        rows(Table.PRODUCT_INDEX).select(PRODUCT_ID, PRODUCT_INDEX),
        rows(Table.CUSTOMER_FACTORS).select(CUSTOMER_ID, FACTORS),
        productFactors(),
        parameters().blend());
  }

  /** Columns product_id, factors, from_content. */
  Dataset<Row> productFactors() {
    return rows(Table.PRODUCT_FACTORS).select(PRODUCT_ID, FACTORS, FROM_CONTENT);
  }

  private ModelParameters parameters() {
    return history(Table.MODEL_REGISTRY)
        .where(
            col(MODEL)
                .equalTo(RecommendTraining.MODEL)
                .and(col(MODEL_VERSION).equalTo(champion.version())))
        .select(PARAMETERS)
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst()
        .map(row -> ModelParameters.from(row.getJavaMap(0)))
        .orElseThrow(() -> missing(Table.MODEL_REGISTRY));
  }

  private Dataset<Row> rows(Table table) {
    return history(table).where(Lake.isOf(champion.asOf()));
  }

  private Dataset<Row> history(Table table) {
    return context.readHistory(table).orElseThrow(() -> missing(table));
  }

  private PosException missing(Table table) {
    return PosException.badData(
        "nothing of the champion %s".formatted(champion.version()),
        table.path(),
        "Run recommend-train again");
  }
}
