package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.recommend.TopScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Products that similar customers bought in their last visits (UP-CF@r of Faggioli et al., UMAP
 * 2020), among a bounded number of customers of the pool.
 */
final class CustomerNeighbours implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NEAREST = 100;
  private static final int LAST_VISITS = 25;

  private final int customers;
  private final int[][] postings;
  private final float[] norms;
  private final int[][] recent;
  private final float[][] shares;
  private final Map<String, Integer> places = new HashMap<>();

  private CustomerNeighbours(int customers, int[][] postings) {
    this.customers = customers;
    this.postings = postings;
    this.norms = new float[customers];
    this.recent = new int[customers][];
    this.shares = new float[customers][];
  }

  /**
   * @param pool customers, of whom a bounded number may be neighbours
   * @param baskets distinct products of each customer
   */
  static CustomerNeighbours of(
      List<PurchaseHistory> pool, List<int[]> baskets, int most, int day, int products) {
    int customers = Math.min(most, pool.size());
    // Spread over the pool, which is ordered by random pseudonyms.
    List<int[]> chosen = new ArrayList<>(baskets.subList(0, customers));
    CustomerNeighbours all = new CustomerNeighbours(customers, Postings.of(chosen, products));
    SparseScores counts = new SparseScores(products);
    for (int customer = 0; customer < customers; customer++) {
      all.norms[customer] = (float) Math.sqrt(Math.max(1, chosen.get(customer).length));
      all.places.put(pool.get(customer).customer(), customer);
      all.readLastVisits(customer, pool.get(customer), day, counts);
    }
    return all;
  }

  private void readLastVisits(int customer, PurchaseHistory history, int day, SparseScores counts) {
    int visits = 0;
    int before = Integer.MIN_VALUE;
    for (int i = history.until(day) - 1; i >= 0; i--) {
      if (history.days()[i] != before) {
        if (visits == LAST_VISITS) {
          break;
        }
        visits++;
        before = history.days()[i];
      }
      counts.add(history.products()[i], 1);
    }
    recent[customer] = new int[counts.size()];
    shares[customer] = new float[counts.size()];
    for (int i = 0; i < counts.size(); i++) {
      recent[customer][i] = counts.touched(i);
      shares[customer][i] = counts.sum(counts.touched(i)) / visits;
    }
    counts.clear();
  }

  int customers() {
    return customers;
  }

  /**
   * Adds the purchases of the nearest customers, each weighted by the third power of the
   * similarity.
   *
   * @param customer the customer, who is excluded as a neighbour
   * @param bought distinct products of the customer
   * @param common empty buffer with a sum per customer of {@link #customers}; it is empty again
   *     afterwards
   */
  void addTo(SparseScores scores, String customer, int[] bought, SparseScores common) {
    for (int product : bought) {
      for (int other : postings[product]) {
        common.add(other, 1);
      }
    }
    int self = places.getOrDefault(customer, -1);
    double own = Math.sqrt(bought.length);
    TopScores nearest = new TopScores(NEAREST);
    for (int i = 0; i < common.size(); i++) {
      int other = common.touched(i);
      if (other != self) {
        nearest.offer(other, (float) (common.sum(other) / own / norms[other]));
      }
    }
    for (int other : nearest.numbers()) {
      double cosine = common.sum(other) / own / norms[other];
      float weight = (float) (cosine * cosine * cosine);
      for (int i = 0; i < recent[other].length; i++) {
        scores.add(recent[other][i], weight * shares[other][i]);
      }
    }
    common.clear();
  }
}
