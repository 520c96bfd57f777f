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
  /** Recalls nearer than this part of each other are the same: about one standard error. */
  private static final double NEAR = 0.005;

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
      List<Trial> trials = new ArrayList<>();
      for (AlsParameters als : candidates) {
        Dataset<Row> confidence = Interactions.confidence(daily, data.cutoff(), als.halfLife());
        ImplicitAls.Factors factors = ImplicitAls.fit(confidence, als, settings);
        Map<String, Map<String, Double>> metrics =
            Holdout.judge(data, factors, sampled, blends, settings);
        double best = 0;
        for (Mixture blend : blends) {
          Trial trial = new Trial(als, blend, metrics.getOrDefault(blend.name(), Map.of()));
          best = Math.max(best, trial.recall());
          trials.add(trial);
        }
        step.accept("search: %s recall@20 %.4f".formatted(als, best));
      }
      Trial best = best(trials);
      return new ModelParameters(
          best.als(), Mixture.blend(best.blend().personal(), best.blend().popularity()));
    } finally {
      daily.unpersist();
    }
  }

  /**
   * The highest recall@20, and among those that come as near as the sample can tell, the best order
   * at the top of the list. Of equals the first tried.
   */
  static Trial best(List<Trial> trials) {
    double highest = trials.stream().mapToDouble(Trial::recall).max().orElse(0);
    return trials.stream()
        .filter(trial -> trial.recall() >= highest * (1 - NEAR))
        .reduce((first, next) -> next.gain() > first.gain() ? next : first)
        .orElseThrow();
  }

  /** One combination and how it did; rounded, so that the last bits of a sum do not decide. */
  record Trial(AlsParameters als, Mixture blend, Map<String, Double> metrics) {
    double recall() {
      return rounded(RankingMetrics.RECALL_20);
    }

    double gain() {
      return rounded(RankingMetrics.NDCG_10);
    }

    private double rounded(String metric) {
      return Math.round(metrics.getOrDefault(metric, 0.0) * 1e6) / 1e6;
    }
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
