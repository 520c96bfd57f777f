package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.config.RecommendSettings.Rules;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Selects a list from ranked candidates. The rules never shorten a list: while it is not full they
 * are relaxed one after the other, the most important last.
 *
 * <ol>
 *   <li>all rules: at most so many of a category that are new to the customer, in the usual store's
 *       assortment (what the customer bought before: not sold out there), and not bought before
 *       where the settings ask for it;
 *   <li>without the limit per category;
 *   <li>without the usual store: products that any store has;
 *   <li>also products bought before;
 *   <li>also products that are not stocked.
 * </ol>
 *
 * <p>Products no longer on sale and categories excluded by the settings are never recommended.
 */
final class ListRules implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int length;
  private final int maxPerCategory;
  private final boolean excludeAlreadyBought;
  private final Products products;
  private final Assortment assortment;
  private final boolean[] excluded;
  private final boolean[] offered;

  /**
   * @param knowledge knowledge whose offered products count as stocked
   * @param excluded by category number
   */
  ListRules(
      int length, Rules rules, Knowledge knowledge, Assortment assortment, boolean[] excluded) {
    this.length = length;
    this.maxPerCategory = rules.maxPerCategory();
    this.excludeAlreadyBought = rules.excludeAlreadyBought();
    this.products = knowledge.products;
    this.offered = knowledge.offered;
    this.assortment = assortment;
    this.excluded = excluded.clone();
  }

  /** Rows of the candidates best first; equal scores in the order of the product. */
  static int[] order(Candidates candidates, float[] scores) {
    return IntStream.range(0, candidates.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(row -> -scores[row])
                .thenComparingInt(row -> candidates.products()[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The list.
   *
   * @param order rows of the candidates, best first
   * @return rows of the candidates, best first
   */
  int[] choose(Candidates candidates, int[] order) {
    boolean[] taken = new boolean[candidates.size()];
    int[] perCategory = new int[products.categories()];
    int size = 0;
    for (Step step : Step.values()) {
      for (int row : order) {
        if (size == length) {
          break;
        }
        if (!taken[row] && allowed(step, candidates, row, perCategory)) {
          taken[row] = true;
          if (!candidates.bought(row)) {
            perCategory[products.category(candidates.products()[row])]++;
          }
          size++;
        }
      }
    }
    return Arrays.stream(order).filter(row -> taken[row]).toArray();
  }

  private boolean allowed(Step step, Candidates candidates, int row, int[] perCategory) {
    int product = candidates.products()[row];
    int category = products.category(product);
    if (excluded[category] || !products.onSale(product)) {
      return false;
    }
    boolean stocked = offered[product] || step == Step.STOCKED_OR_NOT;
    boolean mayRepeat = !excludeAlreadyBought || step.compareTo(Step.BOUGHT_TOO) >= 0;
    boolean anyStore = step.compareTo(Step.ANY_STORE) >= 0;
    boolean anyCategory = step.compareTo(Step.ANY_CATEGORY) >= 0;
    boolean bought = candidates.bought(row);
    return stocked
        && (mayRepeat || !bought)
        && (anyStore || inUsualStore(candidates.store(), product, bought))
        // The limit is for variety; of what customers buy anyway they want to see all.
        && (anyCategory || bought || perCategory[category] < maxPerCategory);
  }

  /** That nobody bought it there for long says little of what this customer buys and finds. */
  private boolean inUsualStore(int store, int product, boolean bought) {
    return bought ? !assortment.isSoldOut(store, product) : assortment.has(store, product);
  }

  private enum Step {
    ALL_RULES,
    ANY_CATEGORY,
    ANY_STORE,
    BOUGHT_TOO,
    STOCKED_OR_NOT
  }
}
