package com.posmodern.ai.forecast;

import com.posmodern.ai.wording.Sentences;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the forecast of one day is made of, as numbers and as a sentence.
 *
 * @param parts per influence, in their order, in sales units
 * @param simple part of the simple methods
 * @param correction what scaling to the sum of the category adds, and rounding
 * @param english sentence
 * @param brazilian the same in Portuguese
 */
@SuppressWarnings("ArrayRecordComponent") // A handful of numbers per day.
record ForecastReasons(
    double[] parts, double simple, double correction, String english, String brazilian) {
  private static final double WORTH_A_WORD = 0.05;
  private static final int MOST_PARTS = 4;

  private record Named(String name, double value) {}

  /**
   * The reasons of a day.
   *
   * @param parts before the correction, per influence
   * @param blended forecast before the correction
   * @param mean published
   */
  static ForecastReasons of(double[] parts, double blended, double mean, Languages languages) {
    double trees = 0;
    for (double part : parts) {
      trees += part;
    }
    double simple = blended - trees;
    double correction = mean - blended;
    return new ForecastReasons(
        parts,
        simple,
        correction,
        sentence(languages.english(), parts, simple, correction, mean),
        sentence(languages.brazilian(), parts, simple, correction, mean));
  }

  /** A day on which nothing can be sold. */
  static ForecastReasons nothing(Languages languages) {
    return new ForecastReasons(
        new double[Influence.values().length],
        0,
        0,
        languages.english().say("forecast.expected.nothing"),
        languages.brazilian().say("forecast.expected.nothing"));
  }

  /** The level and the simple methods first, then what adds or takes away most. */
  private static String sentence(
      Sentences language, double[] parts, double simple, double correction, double mean) {
    List<Named> changes = new ArrayList<>();
    for (Influence influence : Influence.values()) {
      if (influence != Influence.LEVEL) {
        changes.add(
            new Named(
                influence.name().toLowerCase(java.util.Locale.ROOT), parts[influence.place()]));
      }
    }
    changes.add(new Named("correction", correction));
    List<String> said = new ArrayList<>();
    double level = parts[Influence.LEVEL.place()];
    if (Math.abs(level) >= WORTH_A_WORD) {
      said.add(language.say("forecast.part.level", language.amount(level)));
    }
    if (Math.abs(simple) >= WORTH_A_WORD || said.isEmpty()) {
      said.add(language.say("forecast.part.simple", language.amount(simple)));
    }
    changes.stream()
        .filter(change -> Math.abs(change.value()) >= WORTH_A_WORD)
        .sorted(Comparator.comparingDouble((Named change) -> -Math.abs(change.value())))
        .limit(MOST_PARTS)
        .map(
            change ->
                language.say("forecast.part." + change.name(), language.change(change.value())))
        .forEach(said::add);
    return language.say("forecast.expected", language.amount(mean), String.join(", ", said));
  }

  /** The languages of one task. */
  record Languages(Sentences english, Sentences brazilian) {
    static Languages all() {
      return new Languages(Sentences.english(), Sentences.brazilian());
    }
  }

  /**
   * What a series' forecast is made of before the correction.
   *
   * @param parts per day of the horizon and influence
   */
  @SuppressWarnings("ArrayRecordComponent") // One row of numbers per day.
  record Parts(double[][] parts) implements Serializable {}
}
