package com.posmodern.ai.report;

/** A confidence interval as a small drawing: the interval, its estimate, and zero in the middle. */
final class IntervalBar {
  private static final int MIDDLE = 100;
  private static final int REACH = 94;

  private IntervalBar() {}

  /**
   * Draws an interval.
   *
   * @param scale value at both ends of the drawing
   */
  static String of(double lower, double estimate, double upper, double scale) {
    return Figures.format(
        "<svg class=\"interval\" viewBox=\"0 0 200 16\" role=\"img\" aria-label=\"%s, from %s to"
            + " %s\"><path d=\"M100 0v16\" stroke=\"var(--line)\" stroke-width=\"1.5\"/><path"
            + " d=\"M%.1f 8H%.1f\" stroke=\"var(--blue)\" stroke-width=\"3\"/><circle cx=\"%.1f\""
            + " cy=\"8\" r=\"4.5\" fill=\"var(--blue)\"/></svg>",
        Figures.value(estimate),
        Figures.value(lower),
        Figures.value(upper),
        place(lower, scale),
        place(upper, scale),
        place(estimate, scale));
  }

  private static double place(double value, double scale) {
    return scale > 0 ? MIDDLE + REACH * value / scale : MIDDLE;
  }
}
