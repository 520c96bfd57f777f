package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.campaign.propensity.PropensityFeature.Reason;
import com.posmodern.ai.wording.Sentences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The three strongest reasons of a score in one sentence: what raises it first, then what lowers
 * it. The parts of features that say the same are added up. Not safe for several threads.
 */
final class PropensityReasons {
  private static final int STRONGEST = 3;

  private final List<PropensityFeature> features;
  private final Sentences sentences;

  PropensityReasons(PropensityKind kind, Sentences sentences) {
    this.features = kind.features();
    this.sentences = sentences;
  }

  /**
   * The sentence of a row.
   *
   * @param rows features, row by row
   * @param parts contributions of the row's features
   */
  String of(float[] rows, int row, float[] parts) {
    Map<Reason, Double> sums = new EnumMap<>(Reason.class);
    for (int i = 0; i < features.size(); i++) {
      sums.merge(features.get(i).reason(), (double) parts[i], Double::sum);
    }
    List<Map.Entry<Reason, Double>> strongest = new ArrayList<>(sums.entrySet());
    strongest.sort(
        Comparator.comparingDouble((Map.Entry<Reason, Double> part) -> -Math.abs(part.getValue())));
    List<String> raising = new ArrayList<>();
    List<String> lowering = new ArrayList<>();
    for (Map.Entry<Reason, Double> part :
        strongest.subList(0, Math.min(STRONGEST, strongest.size()))) {
      if (part.getValue() != 0) {
        (part.getValue() > 0 ? raising : lowering)
            .add(phrase(part.getKey(), rows, row * features.size()));
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

  private String phrase(Reason reason, float[] rows, int at) {
    String key = "propensity.because." + reason.name().toLowerCase(Locale.ROOT);
    return switch (reason) {
      case RECENCY -> days(key, rows, at, PropensityFeature.RECENCY);
      case TENURE -> days(key, rows, at, PropensityFeature.TENURE);
      case FREQUENCY -> days(key, rows, at, PropensityFeature.DAYS_84);
      case TREND -> sentences.say(key, whole(value(rows, at, PropensityFeature.DAYS_28)));
      case VALUE -> sentences.say(key, whole(value(rows, at, PropensityFeature.VALUE_365)));
      case RHYTHM -> days(key, rows, at, PropensityFeature.MEAN_GAP);
      case BASKET -> sentences.say(key, whole(value(rows, at, PropensityFeature.BASKET_VALUE)));
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
    return Float.isNaN(value) ? sentences.say(key + ".unknown") : sentences.say(key, whole(value));
  }

  private String percent(String key, float[] rows, int at, PropensityFeature feature) {
    float value = value(rows, at, feature);
    return Float.isNaN(value)
        ? sentences.say(key + ".unknown")
        : sentences.say(key, whole(value * 100));
  }

  private float value(float[] rows, int at, PropensityFeature feature) {
    return rows[at + features.indexOf(feature)];
  }

  private static long whole(float value) {
    return Float.isNaN(value) ? 0 : Math.round(value);
  }
}
