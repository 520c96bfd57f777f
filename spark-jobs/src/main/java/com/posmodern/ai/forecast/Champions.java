package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who forecasts each demand class, and how sums are kept right.
 *
 * @param overall the best over all classes; forecasts classes that the backtest did not see
 * @param category forecasts the sum of a category; see {@link CategoryCorrection}
 * @param categoryShare from 0, where the sum of the series' forecasts stands, to 1, where the
 *     forecast of the sum does
 */
record Champions(
    Blend overall, Map<DemandClass, Blend> byClass, Blend category, double categoryShare)
    implements Serializable {
  /** With fewer series the blend that is best over all classes is the better choice. */
  private static final int FEWEST_ROWS = 20;

  /** Where nothing could be judged: both kinds of smoothing, and the category for new series. */
  static Champions unjudged() {
    Blend smoothing =
        new Blend(
            new EnumMap<>(Map.of(Candidate.SEASONAL_SMOOTHING, 0.5, Candidate.SMOOTHING, 0.5)));
    return complete(smoothing, new EnumMap<>(DemandClass.class), smoothing);
  }

  /** The lowest error wins. */
  static Champions choose(Map<DemandClass, ForecastMoments> moments, ForecastSettings settings) {
    ForecastMoments all = ForecastMoments.sum(moments.values());
    Blend overall = new BlendChoice(all, settings.tieTolerance()).best();
    Map<DemandClass, Blend> byClass = new EnumMap<>(DemandClass.class);
    moments.forEach(
        (demandClass, own) -> {
          if (own.rows() >= FEWEST_ROWS) {
            byClass.put(demandClass, new BlendChoice(own, settings.tieTolerance()).best());
          }
        });
    // Each is linear in demand, so that the sum of series is the method applied to their sum.
    Blend category =
        new Blend(
            new EnumMap<>(
                Map.of(
                    Candidate.WEEKDAY_MEAN,
                    Math.max(1e-6, all.scale(Candidate.WEEKDAY_MEAN)) / 2,
                    Candidate.SEASONAL_SMOOTHING,
                    Math.max(1e-6, all.scale(Candidate.SEASONAL_SMOOTHING)) / 2)));
    return complete(overall, byClass, category);
  }

  private static Champions complete(Blend overall, Map<DemandClass, Blend> judged, Blend category) {
    Map<DemandClass, Blend> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      Blend otherwise =
          demandClass == DemandClass.NEW ? Blend.of(Candidate.CATEGORY_MEAN) : overall;
      byClass.put(demandClass, judged.getOrDefault(demandClass, otherwise));
    }
    return new Champions(overall, byClass, category, 0);
  }

  Champions withCategoryShare(double share) {
    return new Champions(overall, byClass, category, share);
  }

  /** Trained candidates that are needed for scoring. */
  Set<Candidate> trained() {
    List<Blend> all = new ArrayList<>(byClass.values());
    all.add(overall);
    Set<Candidate> trained = new TreeSet<>();
    all.forEach(
        blend ->
            blend.weights().keySet().stream().filter(Candidate::trained).forEach(trained::add));
    return trained;
  }

  /** The forecast of a series of the class, before its category's sum is looked at. */
  float[] blended(DemandClass demandClass, Map<Candidate, float[]> forecasts) {
    return byClass.get(demandClass).of(forecasts);
  }
}
