package com.posmodern.ai.recommend.rank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The trees of an XGBoost JSON model as plain arrays: a customer's two hundred candidates are
 * scored without calling native code, whose fixed cost and threads would outweigh the work.
 *
 * <p>With the objective {@code binary:logistic} a score is the probability of a purchase within the
 * days of a label.
 */
final class RankerTrees implements Ranker {
  private static final String LEARNER = "learner";

  private final List<Tree> trees;
  private final double base;
  private final boolean logistic;

  private RankerTrees(List<Tree> trees, double base, boolean logistic) {
    this.trees = trees;
    this.base = base;
    this.logistic = logistic;
  }

  /**
   * Reads a model.
   *
   * @throws PosException bad data: the bytes are not a model
   */
  static RankerTrees load(byte[] json) {
    try {
      JsonNode learner = new ObjectMapper().readTree(json).path(LEARNER);
      List<Tree> trees = new ArrayList<>();
      for (JsonNode tree : learner.path("gradient_booster").path("model").path("trees")) {
        trees.add(
            new Tree(
                ints(tree.path("left_children")),
                ints(tree.path("right_children")),
                ints(tree.path("split_indices")),
                floats(tree.path("split_conditions")),
                ints(tree.path("default_left"))));
      }
      // One number, in brackets since XGBoost 3.1.
      String text = learner.path("learner_model_param").path("base_score").asText();
      double score = Double.parseDouble(text.replaceAll("[\\[\\]]", ""));
      boolean logistic = "binary:logistic".equals(learner.path("objective").path("name").asText());
      return new RankerTrees(trees, logistic ? Math.log(score / (1 - score)) : score, logistic);
    } catch (IOException | NumberFormatException e) {
      throw PosException.badData(
          "the stored ranker cannot be read: " + e.getMessage(),
          "models/recommend_ranker",
          "Run recommend-train again");
    }
  }

  @Override
  public float[] scores(Candidates candidates) {
    float[] scores = new float[candidates.size()];
    for (int row = 0; row < scores.length; row++) {
      double sum = base;
      for (Tree tree : trees) {
        sum += tree.value(candidates.features(), row * PairFeature.COUNT);
      }
      scores[row] = (float) (logistic ? 1 / (1 + Math.exp(-sum)) : sum);
    }
    return scores;
  }

  private static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          array.get(i).isBoolean() ? (array.get(i).asBoolean() ? 1 : 0) : array.get(i).asInt();
    }
    return values;
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  /** A node without a left child is a leaf; its condition is its value. */
  @SuppressWarnings("ArrayRecordComponent") // Read millions of times.
  private record Tree(
      int[] left, int[] right, int[] feature, float[] condition, int[] missingLeft) {
    float value(float[] rows, int at) {
      int node = 0;
      while (left[node] >= 0) {
        float value = rows[at + feature[node]];
        boolean goesLeft = Float.isNaN(value) ? missingLeft[node] == 1 : value < condition[node];
        node = goesLeft ? left[node] : right[node];
      }
      return condition[node];
    }
  }
}
