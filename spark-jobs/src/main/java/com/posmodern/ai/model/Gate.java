package com.posmodern.ai.model;

import com.posmodern.ai.config.GateSettings;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether a candidate may replace the champion.
 *
 * <p>Both are judged by skill relative to the naive baseline of their own night, which stays
 * comparable when the data move.
 */
public final class Gate {
  private Gate() {}

  /** The verdict in words, and whether it lets the candidate through. */
  public record Verdict(boolean accepted, String reason) {}

  /**
   * Judges one candidate.
   *
   * @param champion of an earlier night, where there is one
   */
  public static Verdict judge(double skill, Optional<Champion> champion, GateSettings settings) {
    if (Double.isNaN(skill)) {
      return new Verdict(false, "rejected: its skill could not be measured");
    }
    if (skill < 0) {
      return new Verdict(false, words("rejected: %.1f %% worse than the baseline", -skill * 100));
    }
    if (champion.isPresent() && skill < champion.get().skill() - settings.championTolerance()) {
      return new Verdict(
          false,
          words(
              "rejected: skill %.3f is more than %.3f below the champion's %.3f (%s)",
              skill,
              settings.championTolerance(),
              champion.get().skill(),
              champion.get().version()));
    }
    return new Verdict(true, words("accepted: %.1f %% better than the baseline", skill * 100));
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
