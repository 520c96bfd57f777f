package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.config.PropensitySettings;
import java.util.stream.IntStream;

/**
 * How a model is made of rows, the same for judging and for use: trees on all rows, and a
 * calibration of their cross-fitted scores, each of a customer whom the trees had not seen.
 */
final class PropensityRecipe {
  private final PropensityKind kind;
  private final PropensitySettings settings;

  PropensityRecipe(PropensityKind kind, PropensitySettings settings) {
    this.kind = kind;
    this.settings = settings;
  }

  PropensityModel trees(Examples rows) {
    int folds = settings.folds();
    double[] crossFitted = new double[rows.size()];
    for (int fold = 0; fold < folds; fold++) {
      int out = fold;
      int[] left =
          IntStream.range(0, rows.size()).filter(row -> rows.fold(row, folds) == out).toArray();
      Examples others = rows.where(row -> rows.fold(row, folds) != out);
      if (left.length == 0 || others.size() == 0) {
        continue;
      }
      Examples mine = rows.rows(left);
      try (TreeScorer scorer =
          TreeScorer.load(TreeScorer.train(others, kind, settings), rows.width())) {
        double[] scores = scorer.scores(mine.features(), mine.size());
        for (int i = 0; i < left.length; i++) {
          crossFitted[left[i]] = scores[i];
        }
      }
    }
    return PropensityModel.of(
        rows.width(),
        TreeScorer.train(rows, kind, settings),
        IsotonicCalibration.fit(
            crossFitted, rows.labels(), kind.isAmount() ? Double.POSITIVE_INFINITY : 1));
  }

  PropensityModel cells(Examples rows) {
    return PropensityModel.of(
        RfmCells.fit(rows, kind.rfm().stream().mapToInt(kind.features()::indexOf).toArray()));
  }

  /** Of probabilities only. */
  PropensityModel logistic(Examples rows) {
    return PropensityModel.of(LogisticRegression.fit(rows));
  }
}
