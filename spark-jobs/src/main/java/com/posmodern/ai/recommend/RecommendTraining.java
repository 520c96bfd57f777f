package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_INDEX;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import com.posmodern.ai.recommend.ImplicitAls.Factors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Search, honest evaluation, and the fit that scores. */
public final class RecommendTraining {
  /** Name in the registry. */
  public static final String MODEL = "recommend";

  private static final List<Mixture> BASELINES = List.of(Mixture.PERSONAL, Mixture.POPULARITY);

  private RecommendTraining() {}

  /** Chooses the parameters on a sample of the customers; see {@link ParameterSearch}. */
  public static ModelParameters search(
      TrainingData data, RecommendSettings settings, Consumer<String> step) {
    return ParameterSearch.best(data, settings, step);
  }

  /**
   * Fits on everything up to the cutoff and judges the blend, ALS alone and the two baselines on
   * customers that the search has not seen.
   *
   * @return skill: recall@20 of the blend over the better baseline's, less one
   */
  public static Evaluation evaluate(
      TrainingData data, ModelParameters parameters, RecommendSettings settings) {
    double from = ParameterSearch.share(data, settings);
    double share = settings.evaluationCustomers() / (double) data.judgedCustomers();
    Column unseen =
        HashSample.between(CUSTOMER_INDEX, settings.seed(), from, Math.min(1, from + share));
    Dataset<Row> confidence =
        Interactions.confidence(data.daily(), data.cutoff(), parameters.als().halfLife());
    Factors factors = ImplicitAls.fit(confidence, parameters.als(), settings);
    List<Mixture> candidates =
        List.of(parameters.blend(), Mixture.ALS, Mixture.PERSONAL, Mixture.POPULARITY);
    Map<String, Map<String, Double>> measured =
        Holdout.judge(data, factors, unseen, candidates, settings);
    List<Metric> metrics = new ArrayList<>();
    for (Mixture candidate : candidates) {
      boolean baseline = BASELINES.contains(candidate);
      measured
          .getOrDefault(candidate.name(), Map.of())
          .forEach(
              (name, value) ->
                  metrics.add(
                      new Metric(candidate.name(), Metric.ALL, name, value, baseline, true)));
    }
    return new Evaluation(
        MODEL, parameters.asMap(settings), metrics, skill(measured, parameters.blend()));
  }

  /**
   * Fits on everything up to the as-of date.
   *
   * @param catalogue as of the as-of date
   * @return customer_id, factors; and product_id, factors, from_content, for every product of the
   *     catalogue that was bought or is like one that was
   */
  public static Fitted fit(
      TrainingData data,
      ModelParameters parameters,
      Dataset<Row> catalogue,
      RecommendSettings settings) {
    Dataset<Row> confidence =
        Interactions.confidence(data.daily(), data.asOf(), parameters.als().halfLife());
    Factors factors = ImplicitAls.fit(confidence, parameters.als(), settings);
    return new Fitted(
        factors.customers().join(data.customerIndex(), CUSTOMER_INDEX).select(CUSTOMER_ID, FACTORS),
        Content.complete(
            catalogue,
            factors.products().join(data.productIndex(), PRODUCT_INDEX).select(PRODUCT_ID, FACTORS),
            settings.similar().contentNeighbours()));
  }

  /** Factors by key, ready for their tables. */
  public record Fitted(Dataset<Row> customers, Dataset<Row> products) {}

  /** NaN where the best baseline and the blend never hit at all. */
  private static double skill(Map<String, Map<String, Double>> measured, Mixture blend) {
    double best =
        Math.max(recall(measured, Mixture.PERSONAL), recall(measured, Mixture.POPULARITY));
    double achieved = recall(measured, blend);
    if (best == 0) {
      return achieved > 0 ? 1 : Double.NaN;
    }
    return achieved / best - 1;
  }

  private static double recall(Map<String, Map<String, Double>> measured, Mixture mixture) {
    Double recall = measured.getOrDefault(mixture.name(), Map.of()).get(RankingMetrics.RECALL_20);
    return recall == null ? 0 : recall;
  }
}
