package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares methods on rows that are later than all they were trained on. */
final class PropensityJudge {
  /** Candidate: the trees with their calibration. */
  static final String TREES = "xgboost";

  static final String CELLS = "rfm_cells";
  static final String LOGISTIC = "logistic_regression";

  private static final int TENTHS = 10;

  private final Examples rows;
  private final PropensityKind kind;

  PropensityJudge(Examples rows, PropensityKind kind) {
    this.rows = rows;
    this.kind = kind;
  }

  /** What was compared: the skill of the first against the second. */
  record Skill(double skill, double error) {}

  double loss(double[] predictions) {
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      sum += Losses.of(predictions[row], rows.labels()[row], kind);
    }
    return sum / rows.size();
  }

  /**
   * The share of the simple method's loss that is saved, and its standard error from the
   * differences of the customers, as the rows of a customer resemble each other.
   */
  Skill skill(double[] predictions, double[] simple) {
    Map<Long, double[]> customers = new HashMap<>();
    double saved = 0;
    double whole = 0;
    for (int row = 0; row < rows.size(); row++) {
      double theirs = Losses.of(simple[row], rows.labels()[row], kind);
      double gain = theirs - Losses.of(predictions[row], rows.labels()[row], kind);
      double[] sums = customers.computeIfAbsent(rows.customers()[row], any -> new double[2]);
      sums[0] += gain;
      sums[1] += theirs;
      saved += gain;
      whole += theirs;
    }
    double skill = saved / whole;
    double squares = 0;
    for (double[] sums : customers.values()) {
      double off = sums[0] - skill * sums[1];
      squares += off * off;
    }
    return new Skill(skill, Math.sqrt(squares) / whole);
  }

  /** A method's metrics. */
  List<Metric> metrics(String candidate, double[] predictions) {
    boolean simple = !candidate.equals(TREES);
    List<Metric> metrics = new ArrayList<>();
    if (kind.isAmount()) {
      metrics.add(lower(candidate, "tweedie_deviance", loss(predictions), simple));
      metrics.add(lower(candidate, "mean_absolute_error", absolute(predictions), simple));
      metrics.add(
          new Metric(
              candidate,
              Metric.ALL,
              "predicted_to_actual",
              Arrays.stream(predictions).average().orElse(0) / rows.meanLabel(),
              simple,
              true));
      return metrics;
    }
    metrics.add(
        new Metric(
            candidate, Metric.ALL, "auc", Losses.auc(predictions, rows.labels()), simple, true));
    metrics.add(lower(candidate, "log_loss", loss(predictions), simple));
    metrics.add(lower(candidate, "brier", brier(predictions), simple));
    metrics.addAll(calibration(candidate, predictions, simple));
    return metrics;
  }

  /** Tenths of the rows by their prediction: what was said, and what happened. */
  private List<Metric> calibration(String candidate, double[] predictions, boolean simple) {
    Integer[] order = new Integer[predictions.length];
    Arrays.setAll(order, row -> row);
    Arrays.sort(order, Comparator.comparingDouble(row -> predictions[row]));
    List<Metric> metrics = new ArrayList<>();
    double wrong = 0;
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      int from = (int) ((long) order.length * tenth / TENTHS);
      int to = (int) ((long) order.length * (tenth + 1) / TENTHS);
      if (to == from) {
        continue;
      }
      double said = 0;
      double happened = 0;
      for (int i = from; i < to; i++) {
        said += predictions[order[i]];
        happened += rows.labels()[order[i]];
      }
      wrong += Math.abs(said - happened);
      String scope = Metric.tenth(tenth + 1);
      metrics.add(new Metric(candidate, scope, "predicted", said / (to - from), simple, true));
      metrics.add(new Metric(candidate, scope, "observed", happened / (to - from), simple, true));
    }
    metrics.add(lower(candidate, "calibration_error", wrong / order.length, simple));
    return metrics;
  }

  private double brier(double[] predictions) {
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      double off = predictions[row] - rows.labels()[row];
      sum += off * off;
    }
    return sum / rows.size();
  }

  private double absolute(double[] predictions) {
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      sum += Math.abs(predictions[row] - rows.labels()[row]);
    }
    return sum / rows.size();
  }

  private static Metric lower(String candidate, String name, double value, boolean simple) {
    return new Metric(candidate, Metric.ALL, name, value, simple, false);
  }
}
