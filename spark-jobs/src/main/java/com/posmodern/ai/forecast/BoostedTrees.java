package com.posmodern.ai.forecast;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;

/**
 * The trees of a Spark GBT as plain arrays: they are kept as bytes, need no Spark to score, and
 * score without a vector object per row.
 */
final class BoostedTrees implements Forecaster {
  private static final int LEAF = -1;

  private final double[] treeWeights;
  private final List<Tree> trees;

  private BoostedTrees(double[] treeWeights, List<Tree> trees) {
    this.treeWeights = treeWeights;
    this.trees = trees;
  }

  /** Stands for a missing feature: Spark's trees cannot handle missing values. */
  static double known(float feature) {
    return Float.isNaN(feature) ? -1 : feature;
  }

  static BoostedTrees of(GBTRegressionModel model) {
    List<Tree> trees = new ArrayList<>();
    for (DecisionTreeRegressionModel tree : model.trees()) {
      Tree copy = new Tree(tree.numNodes());
      copy.add(tree.rootNode());
      trees.add(copy);
    }
    return new BoostedTrees(model.treeWeights(), trees);
  }

  @Override
  public float[] predict(float[] rows, int count) {
    float[] values = new float[count];
    for (int row = 0; row < count; row++) {
      double sum = 0;
      for (int tree = 0; tree < treeWeights.length; tree++) {
        sum += treeWeights[tree] * trees.get(tree).value(rows, row * Feature.COUNT);
      }
      values[row] = (float) sum;
    }
    return values;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(treeWeights.length);
      for (int i = 0; i < treeWeights.length; i++) {
        out.writeDouble(treeWeights[i]);
        trees.get(i).write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static BoostedTrees ofBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      double[] weights = new double[in.readInt()];
      List<Tree> trees = new ArrayList<>(weights.length);
      for (int i = 0; i < weights.length; i++) {
        weights[i] = in.readDouble();
        trees.add(Tree.read(in));
      }
      return new BoostedTrees(weights, trees);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nodes in pre-order: the left child follows its parent. */
  private static final class Tree {
    private final int[] features;
    private final double[] values;
    private final int[] right;
    private int size;

    Tree(int nodes) {
      this.features = new int[nodes];
      this.values = new double[nodes];
      this.right = new int[nodes];
    }

    private void add(Node node) {
      int index = size++;
      if (node instanceof InternalNode inner && inner.split() instanceof ContinuousSplit split) {
        features[index] = split.featureIndex();
        values[index] = split.threshold();
        add(inner.leftChild());
        right[index] = size;
        add(inner.rightChild());
      } else {
        features[index] = LEAF;
        values[index] = node.prediction();
      }
    }

    double value(float[] rows, int offset) {
      int node = 0;
      while (features[node] != LEAF) {
        node = known(rows[offset + features[node]]) <= values[node] ? node + 1 : right[node];
      }
      return values[node];
    }

    void write(DataOutputStream out) throws IOException {
      out.writeInt(size);
      for (int i = 0; i < size; i++) {
        out.writeInt(features[i]);
        out.writeDouble(values[i]);
        out.writeInt(right[i]);
      }
    }

    static Tree read(DataInputStream in) throws IOException {
      Tree tree = new Tree(in.readInt());
      for (tree.size = 0; tree.size < tree.features.length; tree.size++) {
        tree.features[tree.size] = in.readInt();
        tree.values[tree.size] = in.readDouble();
        tree.right[tree.size] = in.readInt();
      }
      return tree;
    }
  }
}
