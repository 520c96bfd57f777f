package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What launches sold by the words of their names: a new "red retrospot bag" sells like launches
 * that were red, retrospot or bags, the rare words counting most.
 *
 * <p>A kernel regression whose kernel is the number of shared words, weighted as in text search
 * (Spärck Jones, "A statistical interpretation of term specificity and its application in
 * retrieval", Journal of Documentation 28, 1972): as this kernel is a sum over words, the sums of
 * each word are enough, and no product is compared with another.
 *
 * @param words totals of launches by category and word
 */
record SimilarNames(Map<String, WeeklyTotals> words) implements Serializable {
  /** So many words at most are kept, those launched most. */
  static final int MOST_WORDS = 10_000;

  /** The level without words counts like a word in one of e³ products. */
  private static final double BASE_WEIGHT = 3;

  /** A word of so many launches is believed half. */
  private static final double HALF_BELIEVED = 5;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{2,}");

  /** The different words of a name, in lower case, of two letters or digits at least. */
  static Set<String> wordsOf(String name) {
    return WORD.matcher(name.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Keys of a product's words. */
  static List<String> keysOf(ProductAttributes product) {
    return wordsOf(product.name()).stream().map(word -> Key.of(product.category(), word)).toList();
  }

  /** Key of all launches of a category. */
  static String everyWord(ProductAttributes product) {
    return Key.of(product.category(), "");
  }

  /**
   * Demand per store and day of launches with such a name; the level without words where no launch
   * shares one.
   *
   * @param base level by category and price
   */
  double demand(ProductAttributes product, double base, int from, int origin) {
    WeeklyTotals all = words.get(everyWord(product));
    if (all == null) {
      return base;
    }
    double everything = all.seriesDaysOf(from, origin);
    double sum = BASE_WEIGHT * base;
    double weights = BASE_WEIGHT;
    for (String key : keysOf(product)) {
      WeeklyTotals totals = words.get(key);
      double known = totals == null ? 0 : totals.seriesDaysOf(from, origin);
      if (known > 0) {
        double launches = known / LaunchForecasts.YOUNG_DAYS;
        double weight = Math.log(1 + everything / known) * launches / (launches + HALF_BELIEVED);
        sum += weight * totals.unitsOf(from, origin) / known;
        weights += weight;
      }
    }
    return sum / weights;
  }
}
