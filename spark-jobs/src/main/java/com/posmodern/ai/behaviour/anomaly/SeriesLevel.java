package com.posmodern.ai.behaviour.anomaly;

import java.util.Arrays;

/**
 * What was to be expected of each day of one series from its own days before: its forecast at the
 * level at which its newest days came out, or without a forecast its weekdays at that level.
 *
 * <p>A level is the ratio of what was sold to what was expected, of which a day counts half as much
 * as one a fortnight later. Nothing of a judged day enters it.
 *
 * @param expected per day, NaN where nothing says what was to be expected
 * @param unsure variance of the level as a share of its square, per day
 */
@SuppressWarnings("ArrayRecordComponent") // A day is a number; lists would box them.
record SeriesLevel(double[] expected, double[] unsure) {
  private static final double KEPT = Math.pow(0.5, 1.0 / 14);

  /** Units that speak for a forecast being right. */
  private static final double FORECAST_UNITS = 30;

  /** Known days without which the weekdays have no level. */
  private static final int FEWEST_DAYS = 7;

  /** A day of more than so many times what was expected, and some units, counts as that. */
  private static final double MOST = 2.5;

  private static final double MOST_UNITS = 3;

  /** Of a day on which more of it was sold in promotions the weekdays say nothing. */
  private static final double PROMOTED = 0.5;

  /**
   * @param demand per day, NaN where it is unknown
   * @param promoted units sold in a promotion
   * @param mean published, NaN for none
   * @param shape factors of the days 0 to 6
   * @param first of the judged days
   */
  static SeriesLevel of(
      double[] demand, double[] promoted, double[] mean, double[] shape, int first) {
    double[] expected = new double[demand.length];
    double[] unsure = new double[demand.length];
    double start =
        Arrays.stream(demand, 0, first).filter(d -> !Double.isNaN(d)).limit(28).average().orElse(0);
    double sold = 0;
    double usual = 0;
    int known = 0;
    double soldOfForecast = 0;
    double forecast = 0;
    for (int day = 0; day < demand.length; day++) {
      double weekday = shape[day % WeekdayShape.WEEK];
      boolean published = !Double.isNaN(mean[day]);
      double level = usual > 0 ? sold / usual : start;
      double ratio = (soldOfForecast + FORECAST_UNITS) / (forecast + FORECAST_UNITS);
      if (published) {
        expected[day] = mean[day] * ratio;
        unsure[day] = 1 / (forecast + FORECAST_UNITS);
      } else {
        expected[day] = known >= FEWEST_DAYS ? level * weekday : Double.NaN;
        unsure[day] = 1 / Math.max(1, sold);
      }
      if (day < first && !Double.isNaN(demand[day])) {
        if (promoted[day] <= PROMOTED * demand[day]) {
          sold = KEPT * sold + Math.min(demand[day], MOST * level * weekday + MOST_UNITS);
          usual = KEPT * usual + weekday;
        }
        known++;
        if (published) {
          soldOfForecast =
              KEPT * soldOfForecast + Math.min(demand[day], MOST * ratio * mean[day] + MOST_UNITS);
          forecast = KEPT * forecast + mean[day];
        }
      }
    }
    return new SeriesLevel(expected, unsure);
  }
}
