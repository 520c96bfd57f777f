package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.recommend.TopScores;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Products bought by the same customers: cosine of the products' buyers, shrunk when they are few
 * (Sarwar et al., "Item-based Collaborative Filtering", WWW 2001), the nearest of each product.
 */
final class ProductNeighbours implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NEAREST = 100;
  private static final int SHRINKAGE = 10;

  private static final int[] NOBODY = {};
  private static final float[] NOTHING = {};

  private final int[][] neighbours;
  private final float[][] similarity;

  private ProductNeighbours(int products) {
    neighbours = new int[products][];
    similarity = new float[products][];
  }

  /**
   * Counts common buyers, in parallel over the products on the driver's cores.
   *
   * @param baskets distinct products of each customer of the pool, bounded in number
   * @param postings of these baskets, as of {@link Postings}
   */
  static ProductNeighbours of(List<int[]> baskets, int[][] postings) {
    int products = postings.length;
    ProductNeighbours all = new ProductNeighbours(products);
    ThreadLocal<SparseScores> common = ThreadLocal.withInitial(() -> new SparseScores(products));
    IntStream.range(0, products)
        .parallel()
        .forEach(product -> all.fill(product, baskets, postings, common.get()));
    return all;
  }

  private void fill(int product, List<int[]> baskets, int[][] postings, SparseScores common) {
    if (postings[product].length < 2) {
      neighbours[product] = NOBODY;
      similarity[product] = NOTHING;
      return;
    }
    for (int customer : postings[product]) {
      for (int other : baskets.get(customer)) {
        common.add(other, 1);
      }
    }
    TopScores top = new TopScores(NEAREST);
    for (int i = 0; i < common.size(); i++) {
      int other = common.touched(i);
      if (other != product && common.sum(other) >= 2) {
        top.offer(other, cosine(common.sum(other), postings[product], postings[other]));
      }
    }
    neighbours[product] = top.numbers();
    similarity[product] = new float[neighbours[product].length];
    for (int i = 0; i < neighbours[product].length; i++) {
      int other = neighbours[product][i];
      similarity[product][i] = cosine(common.sum(other), postings[product], postings[other]);
    }
    common.clear();
  }

  private static float cosine(float common, int[] buyers, int[] others) {
    return (float)
        (common / Math.sqrt((buyers.length + SHRINKAGE) * (double) (others.length + SHRINKAGE)));
  }

  /** Adds the neighbours of a product that the customer bought. */
  void addTo(SparseScores scores, int product, float weight) {
    for (int i = 0; i < neighbours[product].length; i++) {
      scores.add(neighbours[product][i], weight * similarity[product][i]);
    }
  }

  /** The nearest products of a product. */
  void forEach(int product, NeighbourVisitor visitor) {
    for (int i = 0; i < neighbours[product].length; i++) {
      visitor.visit(neighbours[product][i], similarity[product][i]);
    }
  }

  /** The nearest products of a product, nearest first. */
  int[] nearest(int product, int most) {
    return Arrays.copyOf(neighbours[product], Math.min(most, neighbours[product].length));
  }

  /** Receives a neighbour and its similarity. */
  interface NeighbourVisitor {
    void visit(int product, float similarity);
  }
}
