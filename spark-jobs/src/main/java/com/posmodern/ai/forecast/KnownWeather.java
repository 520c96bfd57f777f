package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Weather of one store as it was known on each day: what was observed up to then, and for the days
 * after it what was forecast by then.
 *
 * <p>Where no forecast was kept yet, what was observed later stands in for it, as far ahead as
 * tonight's forecasts reach: a backtest sees as many days of weather as the night itself, though
 * better ones.
 */
final class KnownWeather implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Days ahead that are used. Beyond about ten days a forecast tells only what the season does:
   * Zhang et al., "What Is the Predictability Limit of Midlatitude Weather?" (J. Atmos. Sci.,
   * 2019).
   */
  static final int LONGEST_LEAD = 10;

  /** What is known of a day. */
  enum Quantity {
    /** Degrees Celsius. */
    TEMPERATURE_MAX(0),
    /** Degrees Celsius. */
    TEMPERATURE_MIN(1),
    /** Millimetres. */
    RAIN(2);

    private final int place;

    Quantity(int place) {
      this.place = place;
    }
  }

  private static final int QUANTITIES = Quantity.values().length;

  private final int firstDay;
  private final int days;
  private final int firstIssue;
  private final int reach;

  /** By quantity, lead and day: lead 0 is the observation. */
  private final float[] values;

  private KnownWeather(Builder builder) {
    this.firstDay = builder.firstDay;
    this.days = builder.days;
    this.firstIssue = builder.firstIssue;
    this.reach = builder.reach;
    this.values = builder.values.clone();
    // A night without an answer of the weather service knows what earlier ones were told.
    for (int row = 0; row < QUANTITIES * (LONGEST_LEAD + 1) * days; row += days) {
      int lead = row / days % (LONGEST_LEAD + 1);
      int quantity = row - lead * days;
      for (int ahead = lead + 1; lead > 0 && ahead <= LONGEST_LEAD; ahead++) {
        fill(row, quantity + ahead * days);
      }
    }
  }

  private void fill(int row, int older) {
    for (int day = 0; day < days; day++) {
      if (Float.isNaN(values[row + day])) {
        values[row + day] = values[older + day];
      }
    }
  }

  /** What was known of a day at the end of the day {@code origin}; NaN where nothing was. */
  float at(Quantity quantity, int day, int origin) {
    int lead = Math.max(0, day - origin);
    if (origin >= firstIssue) {
      return lead <= LONGEST_LEAD ? value(quantity, lead, day) : Float.NaN;
    }
    return lead <= reach ? value(quantity, 0, day) : Float.NaN;
  }

  private float value(Quantity quantity, int lead, int day) {
    int index = day - firstDay;
    return index >= 0 && index < days ? values[index(quantity, lead, index)] : Float.NaN;
  }

  private int index(Quantity quantity, int lead, int index) {
    return (quantity.place * (LONGEST_LEAD + 1) + lead) * days + index;
  }

  /** Collects the weather of one store, in any order. */
  static final class Builder {
    private final int firstDay;
    private final int days;
    private final int reach;
    private final float[] values;
    private int firstIssue = Integer.MAX_VALUE;

    /**
     * @param lastDay last epoch day that is kept
     * @param reach days after an origin before the first kept forecast for which what was observed
     *     stands in
     */
    Builder(int firstDay, int lastDay, int reach) {
      this.firstDay = firstDay;
      this.days = lastDay - firstDay + 1;
      this.reach = Math.max(0, Math.min(reach, LONGEST_LEAD));
      this.values = new float[QUANTITIES * (LONGEST_LEAD + 1) * days];
      Arrays.fill(values, Float.NaN);
    }

    /** What was measured on a day, or tonight's only forecast of it. */
    Builder observed(int day, float temperatureMax, float temperatureMin, float rain) {
      return put(0, day, temperatureMax, temperatureMin, rain);
    }

    /** What was forecast for a day, on the day {@code issue}. */
    Builder forecast(int day, int issue, float temperatureMax, float temperatureMin, float rain) {
      firstIssue = Math.min(firstIssue, issue);
      int lead = day - issue;
      return lead >= 1 && lead <= LONGEST_LEAD
          ? put(lead, day, temperatureMax, temperatureMin, rain)
          : this;
    }

    private Builder put(int lead, int day, float... known) {
      int index = day - firstDay;
      if (index >= 0 && index < days) {
        for (int quantity = 0; quantity < QUANTITIES; quantity++) {
          values[(quantity * (LONGEST_LEAD + 1) + lead) * days + index] = known[quantity];
        }
      }
      return this;
    }

    KnownWeather build() {
      return new KnownWeather(this);
    }
  }
}
