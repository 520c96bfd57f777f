package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CANDIDATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.recommend.BlockedRanking.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Judges mixtures on the purchases after the cutoff. */
final class Holdout {
  private Holdout() {}

  /**
   * Metrics of each mixture over the customers drawn.
   *
   * @param factors of a model fitted on data up to the cutoff
   * @param drawn which customers, a condition on customer_index
   * @return by mixture name and metric name; a mixture without a single list has no entry
   */
  static Map<String, Map<String, Double>> judge(
      TrainingData data,
      ImplicitAls.Factors factors,
      Column drawn,
      List<Mixture> mixtures,
      RecommendSettings settings) {
    Dataset<Row> bought = data.bought().where(drawn);
    Dataset<Row> customers = bought.select(CUSTOMER_INDEX).distinct();
    Dataset<Row> interactions = data.interactionsBefore();
    Limits limits =
        new Limits(
            settings.listLength(),
            settings.rules().maxPerCategory(),
            settings.rules().excludeAlreadyBought());
    Dataset<Row> lists =
        BlockedRanking.rank(
                RankingInputs.customers(
                    customers, factors.customers(), interactions.join(customers, CUSTOMER_INDEX)),
                RankingInputs.products(data.productsBefore(), factors.products(), interactions),
                mixtures,
                limits)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
      RankingMetrics.of(lists, bought, settings.listLength(), data.offeredBefore())
          .collectAsList()
          .forEach(row -> metrics.put(row.getAs(CANDIDATE), values(row)));
      return metrics;
    } finally {
      lists.unpersist();
    }
  }

  private static Map<String, Double> values(Row row) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String name : row.schema().fieldNames()) {
      if (!name.equals(CANDIDATE)) {
        values.put(name, row.<Double>getAs(name));
      }
    }
    return values;
  }
}
