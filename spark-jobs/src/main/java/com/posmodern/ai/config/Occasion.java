package com.posmodern.ai.config;

import java.io.Serializable;

/**
 * What a campaign waits for, near the store where a customer buys most. All of it must be expected
 * on one day within the days that follow the night.
 *
 * @param withinDays how far ahead is looked, from the day after the as-of date; 0: it waits for
 *     nothing
 * @param localEvent whether it waits for a local event
 * @param warmestAtLeast lower bound of the temperature at the warmest of the day, in degrees
 *     Celsius
 * @param warmestAtMost upper bound of it
 * @param rainAtLeast lower bound of the rain of a day, in millimetres
 */
public record Occasion(
    int withinDays,
    boolean localEvent,
    double warmestAtLeast,
    double warmestAtMost,
    double rainAtLeast)
    implements Serializable {
  /** No day on earth is colder or warmer. */
  private static final double COLDEST = -90;

  private static final double WARMEST = 60;
  private static final int FARTHEST = 10;

  public Occasion {
    SettingChecks.that(
        withinDays >= 0 && withinDays <= FARTHEST,
        "within_days",
        "be from 0 to %d, is %d".formatted(FARTHEST, withinDays));
    SettingChecks.that(
        warmestAtLeast >= COLDEST && warmestAtLeast <= WARMEST,
        "warmest_at_least",
        "be from %.0f to %.0f, is %s".formatted(COLDEST, WARMEST, warmestAtLeast));
    SettingChecks.that(
        warmestAtMost >= warmestAtLeast && warmestAtMost <= WARMEST,
        "warmest_at_most",
        "be from warmest_at_least (%s) to %.0f, is %s"
            .formatted(warmestAtLeast, WARMEST, warmestAtMost));
    SettingChecks.notNegative("rain_at_least", rainAtLeast);
    boolean waits =
        localEvent || warmestAtLeast > COLDEST || warmestAtMost < WARMEST || rainAtLeast > 0;
    SettingChecks.that(
        waits == (withinDays > 0),
        "within_days",
        waits
            ? "be above 0 where local_event, warmest_at_least, warmest_at_most or rain_at_least ask"
            : "be 0 where neither local_event, warmest_at_least, warmest_at_most nor rain_at_least"
                + " asks for anything");
  }

  /** Whether it waits for anything. */
  public boolean isAsked() {
    return withinDays > 0;
  }

  /** Whether it waits for weather. */
  public boolean asksWeather() {
    return warmestAtLeast > COLDEST || warmestAtMost < WARMEST || rainAtLeast > 0;
  }
}
