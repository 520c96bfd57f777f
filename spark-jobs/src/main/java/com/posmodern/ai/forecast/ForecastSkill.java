package com.posmodern.ai.forecast;

import com.posmodern.ai.model.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The published forecast beside another one, mostly the best simple method, on the same rows.
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
    return over(report, best.get().id());
  }

  /** The published forecast beside that of a former version, on the same rows. */
  static Evaluation.Paired beside(BacktestReport report, String version) {
    ForecastSkill skill = over(report, FormerForecaster.NAME);
    return new Evaluation.Paired(version, skill.skill(), skill.standardError());
  }

  private static ForecastSkill over(BacktestReport report, String other) {
    return new ForecastSkill(
        other,
        1 - wrmsse(report, Scoreboard.PUBLISHED) / wrmsse(report, other),
        Math.hypot(report.scoreboard().skillError(other), errorOfWeeks(report, other)));
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
