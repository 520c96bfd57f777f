package com.posmodern.ai.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The published forecast beside the best simple method, on the same rows.
 *
 * @param baseline name of that method; empty where nothing could be judged
 * @param skill 1 - mean WRMSSE of the levels ÷ that of the baseline; 0 where nothing was judged
 * @param standardError of the skill: of the series judged (bootstrap) and of the weeks judged
 *     (their spread), since sums have few series and share their days
 */
record ForecastSkill(String baseline, double skill, double standardError) {

  static ForecastSkill of(BacktestReport report) {
    double published = wrmsse(report, Scoreboard.PUBLISHED);
    Optional<Candidate> best = bestSimple(report);
    if (!Double.isFinite(published) || best.isEmpty()) {
      // As good as any baseline, as there is none.
      return new ForecastSkill("", 0, 0);
    }
    String baseline = best.get().id();
    double ofSeries = report.scoreboard().skillError(baseline);
    return new ForecastSkill(
        baseline,
        1 - published / wrmsse(report, baseline),
        Math.hypot(ofSeries, errorOfWeeks(report, baseline)));
  }

  /** The best of all simple methods; empty where nothing could be judged. */
  static Optional<Candidate> bestSimple(BacktestReport report) {
    return Arrays.stream(Candidate.values())
        .filter(Candidate::baseline)
        .filter(candidate -> wrmsse(report, candidate.id()) > 0)
        .min(Comparator.comparingDouble(candidate -> wrmsse(report, candidate.id())));
  }

  /** Mean over the levels; NaN where there is none. */
  static double wrmsse(BacktestReport report, String forecaster) {
    return meanOfLevels(report, forecaster, WeeklyAccuracy::wrmsse);
  }

  private static double errorOfWeeks(BacktestReport report, String baseline) {
    int weeks = report.scoreboard().lowest(baseline).wrmsseByWeek().size();
    List<Double> skills = new ArrayList<>();
    for (int i = 0; i < weeks; i++) {
      int week = i;
      Function<WeeklyAccuracy, Double> ofWeek = a -> a.wrmsseByWeek().get(week);
      double skill =
          1
              - meanOfLevels(report, Scoreboard.PUBLISHED, ofWeek)
                  / meanOfLevels(report, baseline, ofWeek);
      if (Double.isFinite(skill)) {
        skills.add(skill);
      }
    }
    double mean = skills.stream().mapToDouble(s -> s).average().orElse(0);
    double squares = skills.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum();
    int count = skills.size();
    return count > 1 ? Math.sqrt(squares / (count - 1) / count) : 0;
  }

  private static double meanOfLevels(
      BacktestReport report, String forecaster, Function<WeeklyAccuracy, Double> value) {
    Map<Level, WeeklyAccuracy> levels = report.levels().getOrDefault(forecaster, Map.of());
    double total = value.apply(report.scoreboard().lowest(forecaster));
    for (WeeklyAccuracy level : levels.values()) {
      total += value.apply(level);
    }
    return total / (levels.size() + 1);
  }
}
