package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.campaign.propensity.PropensityFeature.Reason;
import com.posmodern.ai.wording.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The three strongest reasons of a score in one sentence: what raises it first, then what lowers
 * it. The parts of features that say the same are added up. Not safe for several threads.
 */
final class PropensityReasons {
  private static final int STRONGEST = 3;

  /** Amounts of money beyond it are formatted each time; days and shares never come so far. */
  private static final long LARGEST_KEPT = 10_000;

  private final int width;
  private final Sentences sentences;
  private final Map<PropensityFeature, Integer> places = new EnumMap<>(PropensityFeature.class);
  private final List<Reason> reasons = List.of(Reason.values());
  private final int[] reasonOf;
  private final double[] sums = new double[reasons.size()];
  private final Map<String, Map<Long, String>> written = new HashMap<>();

  PropensityReasons(PropensityKind kind, Sentences sentences) {
    List<PropensityFeature> features = kind.features();
    this.width = features.size();
    this.sentences = sentences;
    this.reasonOf = new int[width];
    for (int i = 0; i < width; i++) {
      places.put(features.get(i), i);
      reasonOf[i] = reasons.indexOf(features.get(i).reason());
    }
  }

  /**
   * The sentence of a row.
   *
   * @param rows features, row by row
   * @param parts contributions of the row's features
   */
  String of(float[] rows, int row, float[] parts) {
    Arrays.fill(sums, 0);
    for (int i = 0; i < width; i++) {
      sums[reasonOf[i]] += parts[i];
    }
    List<String> raising = new ArrayList<>();
    List<String> lowering = new ArrayList<>();
    for (int place = 0; place < STRONGEST; place++) {
      int strongest = strongest();
      double sum = sums[strongest];
      if (sum != 0) {
        (sum > 0 ? raising : lowering).add(phrase(reasons.get(strongest), rows, row * width));
        sums[strongest] = 0;
      }
    }
    if (raising.isEmpty() && lowering.isEmpty()) {
      return sentences.say("propensity.usual");
    }
    String up = String.join(", ", raising);
    String down = String.join(", ", lowering);
    if (lowering.isEmpty()) {
      return sentences.say("propensity.raised", up);
    }
    return raising.isEmpty()
        ? sentences.say("propensity.lowered", down)
        : sentences.say("propensity.both", up, down);
  }

  /** The reason with the largest part, whichever its sign; the first of equal ones. */
  private int strongest() {
    int best = 0;
    for (int reason = 1; reason < sums.length; reason++) {
      if (Math.abs(sums[reason]) > Math.abs(sums[best])) {
        best = reason;
      }
    }
    return best;
  }

  private String phrase(Reason reason, float[] rows, int at) {
    String key = "propensity.because." + reason.name().toLowerCase(Locale.ROOT);
    return switch (reason) {
      case RECENCY -> days(key, rows, at, PropensityFeature.RECENCY);
      case TENURE -> days(key, rows, at, PropensityFeature.TENURE);
      case FREQUENCY -> days(key, rows, at, PropensityFeature.DAYS_84);
      case TREND -> say(key, value(rows, at, PropensityFeature.DAYS_28));
      case VALUE -> say(key, value(rows, at, PropensityFeature.VALUE_365));
      case RHYTHM -> days(key, rows, at, PropensityFeature.MEAN_GAP);
      case BASKET -> say(key, value(rows, at, PropensityFeature.BASKET_VALUE));
      case PROMOTION -> percent(key, rows, at, PropensityFeature.DISCOUNT_SHARE);
      case CHANNEL -> percent(key, rows, at, PropensityFeature.ONLINE_SHARE);
      case TIME -> percent(key, rows, at, PropensityFeature.WEEKEND_SHARE);
      case SEASON, STORE -> sentences.say(key);
      case CATEGORY_RECENCY -> days(key, rows, at, PropensityFeature.CATEGORY_RECENCY);
      case CATEGORY_FREQUENCY -> days(key, rows, at, PropensityFeature.CATEGORY_DAYS_365);
      case CATEGORY_SHARE -> percent(key, rows, at, PropensityFeature.CATEGORY_SHARE);
      case CATEGORY_RHYTHM -> days(key, rows, at, PropensityFeature.CATEGORY_MEAN_GAP);
      case CATEGORY_POPULARITY -> percent(key, rows, at, PropensityFeature.CATEGORY_POPULARITY);
      case OFFERS -> days(key, rows, at, PropensityFeature.OFFERS_TAKEN);
    };
  }

  private String days(String key, float[] rows, int at, PropensityFeature feature) {
    float value = value(rows, at, feature);
    return Float.isNaN(value) ? sentences.say(key + ".unknown") : say(key, value);
  }

  private String percent(String key, float[] rows, int at, PropensityFeature feature) {
    float value = value(rows, at, feature);
    return Float.isNaN(value) ? sentences.say(key + ".unknown") : say(key, value * 100);
  }

  /** A phrase with a whole number; formatting one costs more than a score. */
  private String say(String key, float value) {
    long whole = whole(value);
    return Math.abs(whole) > LARGEST_KEPT
        ? sentences.say(key, whole)
        : written
            .computeIfAbsent(key, any -> new HashMap<>())
            .computeIfAbsent(whole, number -> sentences.say(key, number));
  }

  private float value(float[] rows, int at, PropensityFeature feature) {
    return rows[at + places.get(feature)];
  }

  private static long whole(float value) {
    return Float.isNaN(value) ? 0 : Math.round(value);
  }
}
