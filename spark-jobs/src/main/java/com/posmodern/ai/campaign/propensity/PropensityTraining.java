package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.config.PropensitySettings;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Trains one kind of propensity, and judges it on later rows beside the simple methods. */
public final class PropensityTraining {
  private final PropensityKind kind;
  private final PropensitySettings settings;

  public PropensityTraining(PropensityKind kind, PropensitySettings settings) {
    this.kind = kind;
    this.settings = settings;
  }

  /**
   * The outcome.
   *
   * @param model the bytes for use, trained on all rows, the judged ones included
   * @param judged predictions of the calibrated trees for the judged rows, in their order
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes of a model, and a column of a table.
  public record Trained(byte[] model, long rows, double[] judged, Evaluation evaluation) {}

  /** Why nothing can be learnt of the rows; empty when it can. */
  String obstacle(Examples past, Examples later) {
    String few = tooFew(past, "to learn from");
    return few.isEmpty() ? tooFew(later, "to be judged on") : few;
  }

  private String tooFew(Examples rows, String purpose) {
    int least = settings.minEvents();
    int events = rows.events();
    int others = rows.size() - events;
    if (events >= least && (kind.isAmount() || others >= least)) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%s: %,d rows where it happened and %,d where it did not %s, %,d of each needed",
        kind.model(),
        events,
        others,
        purpose,
        least);
  }

  Trained train(Examples past, Examples later) {
    PropensityRecipe recipe = new PropensityRecipe(kind, settings);
    PropensityJudge judge = new PropensityJudge(later, kind);
    double[] trees = recipe.trees(past).scores(later);
    double[] cells = recipe.cells(past).scores(later);
    double[] logistic = kind.isAmount() ? cells : recipe.logistic(past).scores(later);
    List<Metric> metrics = new ArrayList<>(judge.metrics(PropensityJudge.TREES, trees));
    metrics.addAll(judge.metrics(PropensityJudge.CELLS, cells));
    boolean cellsAreBest = judge.loss(cells) <= judge.loss(logistic);
    if (!kind.isAmount()) {
      metrics.addAll(judge.metrics(PropensityJudge.LOGISTIC, logistic));
    }
    PropensityJudge.Skill skill = judge.skill(trees, cellsAreBest ? cells : logistic);
    String simple = cellsAreBest ? PropensityJudge.CELLS : PropensityJudge.LOGISTIC;
    boolean loses = skill.skill() < 0;
    Examples all = concat(past, later);
    PropensityModel model =
        loses ? cellsAreBest ? recipe.cells(all) : recipe.logistic(all) : recipe.trees(all);
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("published", loses ? simple : PropensityJudge.TREES);
    parameters.put("best_simple", simple);
    parameters.put("trees", settings.trees().toString());
    parameters.put("training_rows", Integer.toString(all.size()));
    parameters.put("judged_rows", Integer.toString(later.size()));
    String standIn =
        loses
            ? String.format(
                Locale.ROOT,
                "%s stands in for the trees, which were %.1f %% worse",
                simple,
                -100 * skill.skill())
            : "";
    return new Trained(
        model.toBytes(),
        all.size(),
        trees,
        new Evaluation(
            kind.model(),
            parameters,
            metrics,
            // What is published is then as good as the best simple method, being it.
            loses ? 0 : skill.skill(),
            skill.error(),
            standIn));
  }

  private static Examples concat(Examples one, Examples other) {
    float[] features =
        Arrays.copyOf(one.features(), one.features().length + other.features().length);
    System.arraycopy(other.features(), 0, features, one.features().length, other.features().length);
    float[] labels = Arrays.copyOf(one.labels(), one.size() + other.size());
    System.arraycopy(other.labels(), 0, labels, one.size(), other.size());
    long[] customers = Arrays.copyOf(one.customers(), one.size() + other.size());
    System.arraycopy(other.customers(), 0, customers, one.size(), other.size());
    int[] cuts = Arrays.copyOf(one.cuts(), one.size() + other.size());
    System.arraycopy(other.cuts(), 0, cuts, one.size(), other.size());
    return new Examples(one.width(), features, labels, customers, cuts);
  }
}
