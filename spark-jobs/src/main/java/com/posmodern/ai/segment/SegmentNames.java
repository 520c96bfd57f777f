package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.BASKET_SIZE;
import static com.posmodern.ai.contract.Columns.BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.DISCOUNT_SHARE;
import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.MEAN_HOUR;
import static com.posmodern.ai.contract.Columns.ONLINE_SHARE;
import static com.posmodern.ai.contract.Columns.PROMOTION_SHARE;
import static com.posmodern.ai.contract.Columns.RECENCY;
import static com.posmodern.ai.contract.Columns.WEEKEND_SHARE;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes a readable, unique name for each segment from its most distinctive features. */
final class SegmentNames {
  /** Distance from the median customer, in IQRs, from which a feature is mentioned. */
  private static final double WORTH_A_WORD = 0.5;

  private static final int FEWEST_WORDS = 2;

  private SegmentNames() {}

  /**
   * The words for a feature.
   *
   * @param place position in the name; the noun comes last
   * @param much word for far above the median, or empty
   * @param little word for far below, or empty
   */
  private record Vocabulary(String feature, int place, String much, String little) {}

  private static final List<Vocabulary> WORDS =
      List.of(
          new Vocabulary(RECENCY, 0, "Lapsed", ""),
          new Vocabulary(FREQUENCY, 1, "Frequent", "Occasional"),
          new Vocabulary(WEEKEND_SHARE, 2, "Weekend", "Weekday"),
          new Vocabulary(MEAN_HOUR, 3, "Evening", "Morning"),
          new Vocabulary(ONLINE_SHARE, 4, "Online", ""),
          new Vocabulary(BASKET_SIZE, 5, "Big-basket", "Small-basket"),
          new Vocabulary(BASKET_VALUE, 5, "Big-basket", "Small-basket"),
          new Vocabulary(DISCOUNT_SHARE, 6, "Bargain", "Full-price"),
          new Vocabulary(PROMOTION_SHARE, 6, "Bargain", "Full-price"));

  private static final int DEPARTMENT_PLACE = 7;

  private record Word(String text, int place, double strength) {}

  /**
   * Names one segment.
   *
   * @param taken names of the other segments
   */
  static String name(FeatureSpace space, List<Double> centroid, Collection<String> taken) {
    List<Word> words = words(space, centroid);
    for (int count = FEWEST_WORDS; count <= words.size(); count++) {
      String name = phrase(words.subList(0, count));
      if (!taken.contains(name)) {
        return name;
      }
    }
    String name = phrase(words);
    if (!taken.contains(name)) {
      return name;
    }
    int number = 2;
    while (taken.contains(name + " " + number)) {
      number++;
    }
    return name + " " + number;
  }

  /** Strongest first; one word per position in the phrase. */
  private static List<Word> words(FeatureSpace space, List<Double> centroid) {
    List<Word> all = new ArrayList<>();
    for (int i = 0; i < space.size(); i++) {
      word(space.features().get(i), space.deviation(centroid, i)).ifPresent(all::add);
    }
    all.sort(Comparator.comparingDouble(Word::strength).reversed().thenComparing(Word::text));
    List<Word> chosen = new ArrayList<>();
    for (Word word : all) {
      if (chosen.stream().noneMatch(other -> other.place() == word.place())) {
        chosen.add(word);
      }
    }
    return chosen;
  }

  private static Optional<Word> word(SegmentFeature feature, double deviation) {
    if (Math.abs(deviation) < WORTH_A_WORD) {
      return Optional.empty();
    }
    if (feature.department().isPresent()) {
      return deviation > 0
          ? Optional.of(new Word(feature.department().get(), DEPARTMENT_PLACE, deviation))
          : Optional.empty();
    }
    return WORDS.stream()
        .filter(entry -> entry.feature().equals(feature.name()))
        .map(
            entry ->
                new Word(
                    deviation > 0 ? entry.much() : entry.little(),
                    entry.place(),
                    Math.abs(deviation)))
        .filter(word -> !word.text().isEmpty())
        .findFirst();
  }

  private static String phrase(List<Word> words) {
    if (words.isEmpty()) {
      return "Average shoppers";
    }
    StringBuilder phrase = new StringBuilder();
    for (Word word : words.stream().sorted(Comparator.comparingInt(Word::place)).toList()) {
      // Department names keep the retailer's spelling.
      boolean lower = phrase.length() > 0 && word.place() != DEPARTMENT_PLACE;
      phrase.append(
          lower
              ? Character.toLowerCase(word.text().charAt(0)) + word.text().substring(1)
              : word.text());
      phrase.append(' ');
    }
    return phrase.append("shoppers").toString();
  }
}
