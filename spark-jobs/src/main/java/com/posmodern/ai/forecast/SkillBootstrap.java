package com.posmodern.ai.forecast;

import com.posmodern.ai.model.ExactSum;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Standard error of the published forecast's skill over another forecaster, from the bootstrap over
 * series: in each replicate a series is drawn a Poisson-distributed number of times, by hash, so
 * that all forecasters are judged on the same series and the replicates can be summed by parts
 * (Chamandy et al., "Estimating uncertainty for massive data streams", Google, 2012).
 */
final class SkillBootstrap implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int REPLICATES = 64;
  private static final int MOST_DRAWS = 6;

  private final Map<String, ExactSum[]> errors = new HashMap<>();

  /**
   * One series.
   *
   * @param error its part in the sum that the skill is made of
   */
  void add(String forecaster, long seriesHash, double error) {
    ExactSum[] sums = sums(forecaster);
    for (int i = 0; i < REPLICATES; i++) {
      sums[i].add(draws(Draws.mix(seriesHash + Draws.GOLDEN * (i + 1))) * error);
    }
  }

  private ExactSum[] sums(String forecaster) {
    return errors.computeIfAbsent(
        forecaster,
        name -> {
          ExactSum[] sums = new ExactSum[REPLICATES];
          Arrays.setAll(sums, i -> new ExactSum());
          return sums;
        });
  }

  /** Poisson-distributed with mean 1. */
  private static int draws(long hash) {
    double uniform = Draws.uniform(hash);
    double probability = Math.exp(-1);
    int draws = 0;
    for (double sum = probability; uniform >= sum && draws < MOST_DRAWS; sum += probability) {
      draws++;
      probability /= draws;
    }
    return draws;
  }

  void merge(SkillBootstrap other) {
    other.errors.forEach(
        (name, sums) -> {
          ExactSum[] own = sums(name);
          for (int i = 0; i < REPLICATES; i++) {
            own[i].add(sums[i]);
          }
        });
  }

  /** Standard deviation of 1 - errors of one ÷ errors of the other; 0 where one was not judged. */
  double standardError(String forecaster, String baseline) {
    ExactSum[] own = errors.get(forecaster);
    ExactSum[] other = errors.get(baseline);
    if (own == null || other == null) {
      return 0;
    }
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int i = 0; i < REPLICATES; i++) {
      if (other[i].value() > 0) {
        double skill = 1 - own[i].value() / other[i].value();
        sum += skill;
        squares += skill * skill;
        count++;
      }
    }
    double mean = sum / Math.max(1, count);
    return count > 1 ? Math.sqrt(Math.max(0, squares / count - mean * mean)) : 0;
  }
}
