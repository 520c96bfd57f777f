package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;

import com.posmodern.ai.config.RecommendSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Chooses the parameters by recall@20 of the blend after the cutoff, on a sample of customers that
 * takes no part in the evaluation that the gate sees.
 */
final class ParameterSearch {
  private ParameterSearch() {}

  /** Share of the customers that the search may use: bounded, and never more than half. */
  static double share(TrainingData data, RecommendSettings settings) {
    return Math.min(0.5, settings.als().searchCustomers() / (double) data.customers());
  }

  static ModelParameters best(
      TrainingData data, RecommendSettings settings, Consumer<String> step) {
    List<AlsParameters> candidates = AlsParameters.candidates(settings);
    List<Mixture> blends = blends(settings);
    Column sampled = HashSample.between(CUSTOMER_INDEX, settings.seed(), 0, share(data, settings));
    Dataset<Row> daily = data.daily().where(sampled).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      ModelParameters best = new ModelParameters(candidates.get(0), blends.get(0));
      double bestRecall = -1;
      for (AlsParameters als : candidates) {
        Dataset<Row> confidence = Interactions.confidence(daily, data.cutoff(), als.halfLife());
        ImplicitAls.Factors factors = ImplicitAls.fit(confidence, als, settings);
        Map<String, Map<String, Double>> metrics =
            Holdout.judge(data, factors, sampled, blends, settings);
        double bestOfFit = -1;
        for (Mixture blend : blends) {
          double recall = recall(metrics, blend);
          bestOfFit = Math.max(bestOfFit, recall);
          if (recall > bestRecall) {
            bestRecall = recall;
            best = new ModelParameters(als, blend);
          }
        }
        step.accept("search: %s recall@20 %.4f".formatted(als, bestOfFit));
      }
      return new ModelParameters(
          best.als(), Mixture.blend(best.blend().personal(), best.blend().popularity()));
    } finally {
      daily.unpersist();
    }
  }

  /** Rounded, so that the last bits of a sum do not decide. */
  private static double recall(Map<String, Map<String, Double>> metrics, Mixture mixture) {
    Double recall = metrics.getOrDefault(mixture.name(), Map.of()).get(RankingMetrics.RECALL_20);
    return recall == null ? 0 : Math.round(recall * 1e6) / 1e6;
  }

  private static List<Mixture> blends(RecommendSettings settings) {
    List<Mixture> blends = new ArrayList<>();
    for (double personal : settings.personalWeights()) {
      for (double popularity : settings.popularityWeights()) {
        blends.add(
            Mixture.blend(personal, popularity)
                .named("blend %s %s".formatted(personal, popularity)));
      }
    }
    return blends;
  }
}
