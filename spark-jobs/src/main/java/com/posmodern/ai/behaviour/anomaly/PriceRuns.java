package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;
import java.util.ArrayList;
import java.util.List;

/** Days that follow each other on which a product was sold at another price than before. */
final class PriceRuns {
  private PriceRuns() {}

  /**
   * Runs of judged days whose price is out of the ordinary; days without a sale do not end one.
   *
   * @param prices per day, NaN where nothing was sold
   * @param logarithms expected of the price's logarithm, null where nothing is
   * @return incidents in currency per unit; what was observed is the mean of the days
   */
  static List<Incident> of(
      double[] prices, Expectation[] logarithms, int judged, double threshold) {
    List<Incident> found = new ArrayList<>();
    Incident open = null;
    int days = 0;
    for (int day = prices.length - judged; day < prices.length; day++) {
      Expectation expected = logarithms[day];
      if (Double.isNaN(prices[day]) || expected == null) {
        continue;
      }
      double away = (Math.log(Math.max(prices[day], 1e-9)) - expected.centre()) / expected.scale();
      boolean goesOn = open != null && open.above() == away > 0;
      if (open != null && (Math.abs(away) < threshold || !goesOn)) {
        found.add(open);
        open = null;
      }
      if (Math.abs(away) >= threshold) {
        days = open == null ? 1 : days + 1;
        double sum = open == null ? 0 : open.observed() * (days - 1);
        double furthest =
            open != null && Math.abs(open.deviations()) > Math.abs(away) ? open.deviations() : away;
        open =
            new Incident(
                open == null ? day : open.first(),
                day,
                (sum + prices[day]) / days,
                Math.exp(expected.centre()),
                Math.exp(expected.lower()),
                Math.exp(expected.upper()),
                furthest,
                expected.basis());
      }
    }
    if (open != null) {
      found.add(open);
    }
    return found;
  }
}
