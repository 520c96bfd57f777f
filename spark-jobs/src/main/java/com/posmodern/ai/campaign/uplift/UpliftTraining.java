package com.posmodern.ai.campaign.uplift;

import com.posmodern.ai.config.PropensitySettings;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import com.posmodern.ai.model.UpliftFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns the effect of messages, and judges whether its order is better than that by propensity.
 */
public final class UpliftTraining {
  /** Name in the registry. */
  public static final String MODEL = UpliftFigures.UPLIFT;

  private final PropensitySettings settings;
  private final int minCustomers;

  /**
   * With the settings of propensities.
   *
   * @param minCustomers customers with a message, and without one, below which nothing is learnt
   */
  public UpliftTraining(PropensitySettings settings, int minCustomers) {
    this.settings = settings;
    this.minCustomers = minCustomers;
  }

  /**
   * The outcome.
   *
   * @param model the bytes for use
   * @param rows customers of campaigns that it was learnt from
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes of a model, and a column of a table.
  public record Trained(byte[] model, long rows, Evaluation evaluation) {}

  /** Why nothing can be learnt of the rows; empty when it can. */
  String obstacle(UpliftRows rows) {
    long treated = rows.treatedCustomers();
    long controls = rows.controlCustomers();
    return Math.min(treated, controls) >= minCustomers
        ? ""
        : String.format(
            Locale.ROOT,
            "audiences are ordered by propensity: earlier campaigns that sent messages have %,d"
                + " measured customers with a message and %,d without one, uplift needs %,d of"
                + " each",
            treated,
            controls,
            minCustomers);
  }

  /** Trains on all rows; every row is judged by trees that have not seen its customer. */
  Trained train(UpliftRows whole) {
    UpliftRows rows = whole.cut();
    double[] effects = new double[rows.size()];
    double[] expected = new double[rows.size()];
    for (int fold = 0; fold < settings.folds(); fold++) {
      crossFit(rows, fold, effects, expected);
    }
    UpliftJudge judge = new UpliftJudge(rows, expected);
    UpliftJudge.Difference difference = judge.difference(effects, rows.usual());
    List<Metric> metrics = new ArrayList<>(judge.metrics(UpliftFigures.UPLIFT, effects));
    metrics.addAll(judge.metrics(UpliftFigures.PROPENSITY, rows.usual()));
    boolean used = difference.isProven();
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("method", "X-learner");
    parameters.put(UpliftFigures.PUBLISHED, used ? UpliftFigures.UPLIFT : UpliftFigures.PROPENSITY);
    parameters.put("training_rows", Integer.toString(rows.size()));
    parameters.put("with_message", Integer.toString(rows.treatedRows()));
    String standIn =
        used
            ? ""
            : String.format(
                Locale.ROOT,
                "the order by propensity stays: that by uplift brings %.2f more per customer, two"
                    + " standard errors are %.2f",
                difference.value(),
                2 * difference.error());
    UpliftModel model =
        used ? XLearner.train(rows, settings).model() : UpliftModel.none(rows.width());
    double mean = Math.max(rows.meanOutcome(), Double.MIN_NORMAL);
    return new Trained(
        model.toBytes(),
        rows.size(),
        new Evaluation(
            MODEL,
            parameters,
            metrics,
            used ? difference.value() / mean : 0,
            difference.error() / mean,
            standIn));
  }

  private void crossFit(UpliftRows rows, int fold, double[] effects, double[] expected) {
    int folds = settings.folds();
    UpliftRows mine = rows.where(row -> rows.fold(row, folds) == fold);
    UpliftRows others = rows.where(row -> rows.fold(row, folds) != fold);
    if (mine.size() == 0) {
      return;
    }
    XLearner learner = XLearner.train(others, settings);
    double[] theirs = learner.model().effects(mine);
    double[] without = UpliftTrees.predict(learner.ofControls(), mine);
    double[] with = UpliftTrees.predict(learner.ofTreated(), mine);
    int next = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.fold(row, folds) == fold) {
        double share = rows.shares()[row];
        effects[row] = theirs[next];
        // The mix of both that leaves the least noise.
        expected[row] = (1 - share) * with[next] + share * without[next];
        next++;
      }
    }
  }
}
