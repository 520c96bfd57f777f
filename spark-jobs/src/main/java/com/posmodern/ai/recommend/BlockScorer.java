package com.posmodern.ai.recommend;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.recommend.BlockedRanking.Limits;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/**
 * Scores a block of customers against a block of products and keeps the best of each customer.
 *
 * <p>The BLAS in plain Java and not a native one: the same bits on every machine.
 */
final class BlockScorer implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Customers multiplied at once: their scores fit the processor's second-level cache. */
  private static final int TILE = 64;

  private final ArrayList<Mixture> mixtures;
  private final Limits limits;

  BlockScorer(List<Mixture> mixtures, Limits limits) {
    this.mixtures = new ArrayList<>(mixtures);
    this.limits = limits;
  }

  /** Per customer one list per mixture. */
  Iterator<Tuple2<Integer, BestList[]>> lists(CustomerBlock customers, ProductBlock products) {
    List<Tuple2<Integer, BestList[]>> lists = new ArrayList<>(customers.size());
    float[] als = new float[TILE * products.size()];
    double[] personal = new double[products.size()];
    for (int first = 0; first < customers.size(); first += TILE) {
      int count = Math.min(TILE, customers.size() - first);
      multiply(customers, first, count, products, als);
      for (int i = 0; i < count; i++) {
        int customer = first + i;
        Arrays.fill(personal, Double.NaN);
        for (int k = 0; k < customers.purchased[customer].length; k++) {
          int place = products.place(customers.purchased[customer][k]);
          if (place >= 0) {
            personal[place] = customers.purchaseScores[customer][k];
          }
        }
        lists.add(
            new Tuple2<>(
                customers.customers[customer], best(als, i * products.size(), personal, products)));
      }
    }
    return lists.iterator();
  }

  /** Scores of customer i and product j at {@code scores[i * products + j]}. */
  private static void multiply(
      CustomerBlock customers, int first, int count, ProductBlock products, float[] scores) {
    int rank = products.rank;
    if (rank == 0 || customers.rank == 0) {
      Arrays.fill(scores, 0f);
      return;
    }
    if (rank != customers.rank) {
      throw PosException.badData(
          "customers have %d factors, products %d".formatted(customers.rank, rank),
          "recommend",
          "Train again: the factor tables are of different models");
    }
    int size = products.size();
    JavaBLAS.getInstance()
        .sgemm(
            "T",
            "N",
            size,
            count,
            rank,
            1f,
            products.factors,
            0,
            rank,
            customers.factors,
            first * rank,
            rank,
            0f,
            scores,
            0,
            size);
  }

  /**
   * @param personal score of what the customer bought, NaN for the rest
   */
  private BestList[] best(float[] als, int offset, double[] personal, ProductBlock products) {
    BestList[] lists = new BestList[mixtures.size()];
    for (int i = 0; i < lists.length; i++) {
      Mixture mixture = mixtures.get(i);
      BestList list = new BestList(limits.listLength(), limits.maxPerCategory());
      for (int j = 0; j < products.size(); j++) {
        boolean purchased = !Double.isNaN(personal[j]);
        if (purchased ? limits.excludePurchased() : mixture.boughtOnly()) {
          continue;
        }
        double score =
            mixture.score(als[offset + j], purchased ? personal[j] : 0, products.popularity[j]);
        list.offer(products.products[j], score, products.categories[j]);
      }
      lists[i] = list;
    }
    return lists;
  }
}
