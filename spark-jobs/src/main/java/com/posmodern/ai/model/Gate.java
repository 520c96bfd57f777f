package com.posmodern.ai.model;

import com.posmodern.ai.config.GateSettings;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether a candidate may replace the champion.
 *
 * <p>All are judged by their skill relative to the best simple method of their own night, which
 * stays comparable when the data move. A candidate is rejected only for what two standard errors
 * cannot explain, so that noise alone rejects it on fewer than one night in twenty. It is held
 * against the mean of the versions accepted lately, and not against the last one: a single lucky
 * night does not lock its champion in, and many small steps down do not pass because each is small.
 * A champion beyond its maximum age is held against nobody. Where a version from before the holdout
 * is kept, it is scored on tonight's holdout as well, and the paired difference, on rows that
 * neither has seen, can reject the candidate too. A simple method that stands in for what was
 * trained is otherwise accepted: nothing trained tonight is better.
 */
public final class Gate {
  private static final double STANDARD_ERRORS = 2;

  private Gate() {}

  /** True when a skill is negative by more than chance explains. */
  public static boolean losesToBaseline(double skill, double skillError) {
    return skill < -STANDARD_ERRORS * skillError;
  }

  /** The verdict in words, and whether the candidate is accepted. */
  public record Verdict(boolean accepted, String reason) {}

  /**
   * Judges one candidate.
   *
   * @param champion of an earlier night, where there is one
   */
  public static Verdict judge(
      Evaluation candidate, Optional<Champion> champion, GateSettings settings) {
    double skill = candidate.skill();
    double chance = STANDARD_ERRORS * candidate.skillError();
    if (Double.isNaN(skill)) {
      return new Verdict(false, "rejected: its skill could not be measured");
    }
    boolean standsIn = !candidate.standIn().isEmpty();
    if (!standsIn && losesToBaseline(skill, candidate.skillError())) {
      return new Verdict(
          false,
          words(
              "rejected: %.1f %% worse than the baseline, two standard errors are %.1f %%",
              -skill * 100, chance * 100));
    }
    if (candidate.former().isPresent()) {
      Evaluation.Paired paired = candidate.former().get();
      if (losesToBaseline(paired.gain(), paired.error())
          && paired.gain() < -settings.championTolerance()) {
        return new Verdict(
            false,
            words(
                "rejected: %.1f %% worse than %s on tonight's holdout, two standard errors are"
                    + " %.1f %%",
                -paired.gain() * 100, paired.version(), STANDARD_ERRORS * paired.error() * 100));
      }
    }
    if (standsIn) {
      return new Verdict(true, "accepted: " + candidate.standIn());
    }
    double recent = champion.map(Champion::recentSkill).orElse(Double.NaN);
    double margin = Math.max(settings.championTolerance(), chance);
    if (skill < recent - margin) {
      return new Verdict(
          false,
          words(
              "rejected: skill %.3f is more than %.3f below %.3f of the last %d days (champion %s)",
              skill, margin, recent, settings.championMaxAgeDays(), champion.get().version()));
    }
    return new Verdict(
        true,
        skill < 0
            ? words("accepted: as good as the baseline, %.1f %% worse by chance", -skill * 100)
            : words("accepted: %.1f %% better than the baseline", skill * 100));
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
