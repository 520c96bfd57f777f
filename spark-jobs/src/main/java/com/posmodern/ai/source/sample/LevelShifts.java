package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Noise.Topic;
import java.util.ArrayList;
import java.util.List;

/** Products that from some day on sell half or nearly twice as much, for good: nobody says why. */
record LevelShifts(List<Shift> shifts) {
  private static final double SHIFTED = 0.05;
  private static final double FEWER = 0.5;
  private static final double MORE = 1.9;

  /**
   * One of them.
   *
   * @param firstDay of history with the new level
   */
  record Shift(int product, int firstDay, double factor) {}

  /** Drawn apart from everything else; each product shifts once at most. */
  static LevelShifts of(SampleSettings settings) {
    List<Shift> shifts = new ArrayList<>();
    for (int p = 0; p < settings.products(); p++) {
      if (Noise.uniform(settings.seed(), Topic.SHIFT, p) < SHIFTED) {
        double when = 0.25 + 0.7 * Noise.uniform(settings.seed(), Topic.SHIFT, p, 1);
        boolean fewer = Noise.uniform(settings.seed(), Topic.SHIFT, p, 2) < 0.5;
        shifts.add(new Shift(p, (int) (when * settings.days()), fewer ? FEWER : MORE));
      }
    }
    return new LevelShifts(List.copyOf(shifts));
  }

  /** Multiplies the demand of a day by the levels that hold on it. */
  void apply(double[] demand, int day) {
    for (Shift shift : shifts) {
      if (day >= shift.firstDay()) {
        demand[shift.product()] *= shift.factor();
      }
    }
  }
}
