package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * From which days the backtest looks ahead.
 *
 * @param origins epoch days, the oldest first; empty when the history is too short for any
 * @param horizonDays days judged after an origin
 * @param trained whether there is enough history before the oldest origin to train on
 */
record BacktestPlan(List<Integer> origins, int horizonDays, boolean trained)
    implements Serializable {
  private static final int SHORTEST_HISTORY = 14;

  /**
   * As many origins as the history allows. Two models serve them: one trained on targets up to the
   * oldest origin, on which the origins but the newest are forecast, and one trained up to the
   * newest, so that what is reported is as fresh as what is published, and no origin's model knows
   * a day after it.
   *
   * <p>Without room for training, the candidates that need none are judged on the last days.
   */
  static BacktestPlan of(int firstDay, int asOfDay, ForecastSettings settings) {
    int horizon = settings.horizonDays();
    for (int count = settings.backtestOrigins(); count > 0; count--) {
      int oldest = asOfDay - horizon - (count - 1) * settings.originStepDays();
      if (oldest - firstDay + 1 >= settings.minTrainingDays()) {
        List<Integer> origins =
            IntStream.range(0, count)
                .map(i -> oldest + i * settings.originStepDays())
                .boxed()
                .toList();
        return new BacktestPlan(origins, horizon, true);
      }
    }
    int days = asOfDay - firstDay + 1;
    if (days < SHORTEST_HISTORY) {
      return new BacktestPlan(List.of(), horizon, false);
    }
    int shorter = Math.min(horizon, days / 2);
    return new BacktestPlan(List.of(asOfDay - shorter), shorter, false);
  }

  /** Indexes of the origins on which champions are chosen: all but the newest, where there are. */
  Set<Integer> choosing() {
    int count = Math.max(1, origins.size() - 1);
    return IntStream.range(0, count).boxed().collect(Collectors.toSet());
  }

  /** Indexes of as many origins, the newest among them: on these is chosen what is published. */
  Set<Integer> latest() {
    int newest = origins.size() - 1;
    int count = choosing().size();
    return IntStream.rangeClosed(newest - count + 1, newest).boxed().collect(Collectors.toSet());
  }

  /** The origins without the newest one; empty where there is one only. */
  List<Integer> older() {
    return origins.subList(0, origins.size() - 1);
  }

  int newest() {
    return origins.get(origins.size() - 1);
  }
}
