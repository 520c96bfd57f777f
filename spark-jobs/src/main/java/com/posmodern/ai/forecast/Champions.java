package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.DemandClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who forecasts each demand class, and how sums are kept right.
 *
 * @param overall the best over all classes; forecasts classes that the backtest did not see
 * @param sums forecasts the sum of a category, and of all; see {@link SumCorrection}
 * @param sumShare from 0, where the sum of the series' forecasts stands, to 1, where the forecast
 *     of the sum does
 */
record Champions(Blend overall, Map<DemandClass, Blend> byClass, Blend sums, double sumShare)
    implements Serializable {
  /** Trees and smoothing. */
  static final String COMBINATION = "combination";

  /** Smoothing only: stands in where trees are no better than the best simple method. */
  static final String SIMPLE = "simple_combination";

  /** With fewer series the blend that is best over all classes is the better choice. */
  private static final int FEWEST_ROWS = 20;

  /** A sum that grew or shrank more than this between origins is no guide. */
  private static final double LARGEST_RATIO = 1.5;

  /** Demand ÷ mean of the recent weeks; below it the series were chosen by chance sales. */
  private static final double SMALLEST_RATIO_OF_RECENT_WEEKS = 0.75;

  private static final double SMALLEST_WEIGHT = 1e-6;

  /** Where nothing could be judged: both kinds of smoothing, and the category for new series. */
  static Champions unjudged() {
    Blend smoothing =
        new Blend(
            new EnumMap<>(Map.of(Candidate.SEASONAL_SMOOTHING, 0.5, Candidate.SMOOTHING, 0.5)));
    return complete(smoothing, new EnumMap<>(DemandClass.class), smoothing);
  }

  /** Trees and smoothing; without trees as {@link #simple}. */
  static Champions choose(Map<DemandClass, ForecastMoments> moments, ForecastSettings settings) {
    return chosen(moments, settings, BlendChoice::best);
  }

  /** Smoothing only. */
  static Champions simple(Map<DemandClass, ForecastMoments> moments, ForecastSettings settings) {
    return chosen(moments, settings, BlendChoice::simple);
  }

  /** One simple method for all classes, as it is. */
  static Champions of(Candidate candidate) {
    Blend only = Blend.of(candidate);
    Map<DemandClass, Blend> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      byClass.put(demandClass, only);
    }
    return complete(only, byClass, only);
  }

  private static Champions chosen(
      Map<DemandClass, ForecastMoments> moments,
      ForecastSettings settings,
      Function<BlendChoice, Blend> choice) {
    ForecastMoments all = ForecastMoments.sum(moments.values());
    Map<DemandClass, Blend> byClass = new EnumMap<>(DemandClass.class);
    moments.forEach(
        (demandClass, own) -> {
          if (own.rows() >= FEWEST_ROWS) {
            byClass.put(demandClass, choice.apply(new BlendChoice(own, settings.tieTolerance())));
          }
        });
    Blend overall = choice.apply(new BlendChoice(all, settings.tieTolerance()));
    return complete(overall, byClass, ofSums(all));
  }

  /**
   * Both count the days before a first sale and are linear in demand, but for the weekdays that a
   * category's series share, so that the sum of a category's series is the method applied to their
   * sum. Multiplied by how demand compared with them after the earlier origins: of the series that
   * sold lately some do not sell again, and a season may rise.
   *
   * <p>Where most of them do not, the mean of the weeks in which they were seen to sell is high by
   * another factor in each category, which one ratio does not mend: smoothing, whose weeks go
   * further back, then forecasts sums alone.
   */
  private static Blend ofSums(ForecastMoments all) {
    boolean mostlySelected =
        all.ratio(Candidate.CATEGORY_WEEKDAYS_ALL_DAYS) < SMALLEST_RATIO_OF_RECENT_WEEKS;
    List<Candidate> candidates =
        mostlySelected
            ? List.of(Candidate.SEASONAL_SMOOTHING_ALL_DAYS)
            : List.of(Candidate.CATEGORY_WEEKDAYS_ALL_DAYS, Candidate.SEASONAL_SMOOTHING_ALL_DAYS);
    Map<Candidate, Double> weights = new EnumMap<>(Candidate.class);
    for (Candidate candidate : candidates) {
      double ratio = Math.min(LARGEST_RATIO, all.ratio(candidate));
      weights.put(candidate, Math.max(SMALLEST_WEIGHT, ratio / candidates.size()));
    }
    return new Blend(weights);
  }

  private static Champions complete(Blend overall, Map<DemandClass, Blend> judged, Blend sums) {
    Map<DemandClass, Blend> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      Blend otherwise =
          demandClass == DemandClass.NEW ? Blend.of(Candidate.CATEGORY_MEAN) : overall;
      byClass.put(demandClass, judged.getOrDefault(demandClass, otherwise));
    }
    return new Champions(overall, byClass, sums, 0);
  }

  Champions withSumShare(double share) {
    return new Champions(overall, byClass, sums, share);
  }

  /** {@link #COMBINATION}, {@link #SIMPLE}, or the candidate that forecasts all on its own. */
  String name() {
    boolean alone = byClass.values().stream().allMatch(overall::equals);
    if (alone && overall.weights().size() == 1) {
      return overall.weights().keySet().iterator().next().id();
    }
    return trained().isEmpty() ? SIMPLE : COMBINATION;
  }

  /** Who forecasts a series of the class, as its rows say. */
  String nameOf(DemandClass demandClass) {
    Map<Candidate, Double> weights = byClass.get(demandClass).weights();
    return weights.size() == 1 ? weights.keySet().iterator().next().id() : name();
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

  /** What the trees' forecast of a series of the class is multiplied by in the blend. */
  double factorOfTrees(DemandClass demandClass, Map<Candidate, float[]> forecasts) {
    return byClass.get(demandClass).factor(Candidate.XGBOOST_TWEEDIE, forecasts);
  }

  /** The forecast of a series of the class, before the correction of sums. */
  float[] blended(DemandClass demandClass, Map<Candidate, float[]> forecasts) {
    return byClass.get(demandClass).of(forecasts);
  }
}
