package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much is asked for or talked about products and categories, as it was known on each day:
 * small, since it grows with the terms of the settings and days only.
 */
final class KnownTrends implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where the lake has none. */
  static final KnownTrends NONE = new Builder().build();

  /** By what it is about: the values of each of its terms. */
  private final Map<String, List<TermValues>> products;

  private final Map<String, List<TermValues>> categories;

  private KnownTrends(
      Map<String, List<TermValues>> products, Map<String, List<TermValues>> categories) {
    this.products = products;
    this.categories = categories;
  }

  /** True when a term is about the product or its category. */
  boolean about(String productId, String category) {
    return products.containsKey(productId) || categories.containsKey(category);
  }

  /** True when anything was told. */
  boolean any() {
    return !products.isEmpty() || !categories.isEmpty();
  }

  /** Mean of {@link TermValues#ratio} over the terms of the product itself; NaN without any. */
  double ofProduct(String productId, int days, int moreDays, int origin) {
    return mean(products.getOrDefault(productId, List.of()), days, moreDays, origin);
  }

  /** As {@link #ofProduct}, over the terms of a category. */
  double ofCategory(String category, int days, int moreDays, int origin) {
    return mean(categories.getOrDefault(category, List.of()), days, moreDays, origin);
  }

  private static double mean(List<TermValues> terms, int days, int moreDays, int origin) {
    double sum = 0;
    int known = 0;
    for (TermValues term : terms) {
      double ratio = term.ratio(days, moreDays, origin);
      if (!Double.isNaN(ratio)) {
        sum += ratio;
        known++;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }

  /** Collects values, in any order. */
  static final class Builder {
    private final Map<String, TermValues.Reach> sources = new HashMap<>();

    /** By item, and source and term. */
    private final Map<String, Map<String, TermValues>> products = new HashMap<>();

    private final Map<String, Map<String, TermValues>> categories = new HashMap<>();

    /**
     * Adds a value of a term that is about a product.
     *
     * @param day epoch day that the value is about
     * @param knownFrom epoch day
     */
    Builder ofProduct(
        String source, String term, String productId, int day, int knownFrom, double value) {
      return add(products, source, term, productId, new TermValues.Told(day, knownFrom, value));
    }

    /** As {@link #ofProduct}, of a term that is about a category. */
    Builder ofCategory(
        String source, String term, String category, int day, int knownFrom, double value) {
      return add(categories, source, term, category, new TermValues.Told(day, knownFrom, value));
    }

    private Builder add(
        Map<String, Map<String, TermValues>> items,
        String source,
        String term,
        String item,
        TermValues.Told told) {
      TermValues.Reach reach = sources.computeIfAbsent(source, name -> new TermValues.Reach());
      reach.add(told);
      items
          .computeIfAbsent(item, id -> new TreeMap<>())
          .computeIfAbsent(Key.of(source, term), key -> new TermValues(reach, new ArrayList<>()))
          .values()
          .add(told);
      return this;
    }

    KnownTrends build() {
      sources.values().forEach(TermValues.Reach::accumulate);
      return new KnownTrends(sorted(products), sorted(categories));
    }

    private static Map<String, List<TermValues>> sorted(
        Map<String, Map<String, TermValues>> items) {
      Map<String, List<TermValues>> sorted = new HashMap<>();
      items.forEach(
          (item, terms) ->
              sorted.put(
                  item, new ArrayList<>(terms.values().stream().map(TermValues::sorted).toList())));
      return sorted;
    }
  }
}
