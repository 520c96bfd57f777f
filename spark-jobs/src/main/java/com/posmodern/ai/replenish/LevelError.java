package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.ORIGIN;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * How far the level of a forecast is off, beside the chance of single days: the squared coefficient
 * of variation of the error that all days of a period share, such that demand of past periods
 * stayed within the 90 and 95 % quantiles of its distribution as often as these say.
 *
 * <p>Frequencies, as the published quantiles are calibrated to on the same origins, so that what is
 * ordered and what is published promise the same. Squared errors would let a few bulk sales make
 * every shelf hold stock for years. The days themselves vary as the series did ({@link
 * DemandVariation}): the p90 of a day says little about the variance of lumpy demand, and with a
 * variance fitted to it the same fill rate took more stock on real data.
 */
final class LevelError {
  private static final double[] SERVICE = {0.9, 0.95};

  /** Coefficients of variation tried; a forecast that is worse is no use for ordering. */
  private static final double[] TRIED = {
    0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.5, 2
  };

  private final NavigableMap<LocalDate, OfOrigin> origins;
  private final int horizon;

  private LevelError(NavigableMap<LocalDate, OfOrigin> origins, int horizon) {
    this.origins = origins;
    this.horizon = horizon;
  }

  /** What one origin of the backtest says. */
  private static final class OfOrigin {
    private int periods;

    /** Periods within their quantile, per coefficient and service level. */
    private final double[][] within = new double[TRIED.length][SERVICE.length];
  }

  /** Zero where nothing is known. */
  private static double squaredVariation(Collection<OfOrigin> origins) {
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    int periods = origins.stream().mapToInt(origin -> origin.periods).sum();
    for (int tried = 0; periods > 0 && tried < TRIED.length; tried++) {
      double off = 0;
      for (int level = 0; level < SERVICE.length; level++) {
        double within = 0;
        for (OfOrigin origin : origins) {
          within += origin.within[tried][level];
        }
        off += Math.abs(within / periods - SERVICE[level]);
      }
      if (off < least) {
        least = off;
        best = TRIED[tried];
      }
    }
    return best * best;
  }

  /** Squared coefficient of variation of the level's error. */
  double squaredVariation() {
    return squaredVariation(origins.values());
  }

  /** As known on each origin: from earlier ones whose days were all over. */
  Map<LocalDate, Double> byOrigin() {
    Map<LocalDate, Double> known = new TreeMap<>();
    for (LocalDate origin : origins.keySet()) {
      LocalDate over = origin.minusDays(horizon);
      known.put(origin, squaredVariation(origins.headMap(over, true).values()));
    }
    return known;
  }

  /**
   * Counts the periods of a backtest.
   *
   * @param shelves see {@link OrderBacktest#shelves}
   * @param days length of the periods
   */
  static LevelError of(List<Row> shelves, int days) {
    NavigableMap<LocalDate, OfOrigin> origins = new TreeMap<>();
    int horizon = 0;
    for (Row shelf : shelves) {
      ShelfPath path = ShelfPath.of(shelf);
      double dispersion = shelf.<Double>getAs(DemandVariation.DISPERSION);
      LocalDate day = shelf.<Date>getAs(ORIGIN).toLocalDate();
      OfOrigin origin = origins.computeIfAbsent(day, one -> new OfOrigin());
      horizon = Math.max(horizon, path.days());
      for (int tried = 0; tried < TRIED.length; tried++) {
        double squared = TRIED[tried] * TRIED[tried];
        for (int from = 0; from + days <= path.days(); from += days) {
          origin.periods += tried == 0 ? 1 : 0;
          double mean = ShelfPath.sum(path.means(), from, days);
          double variance = OrderRule.variance(mean, days, dispersion, squared, 0);
          double demand = ShelfPath.sum(path.demand(), from, days);
          for (int level = 0; level < SERVICE.length; level++) {
            origin.within[tried][level] += within(demand, mean, variance, SERVICE[level]);
          }
        }
      }
    }
    return new LevelError(origins, horizon);
  }

  /**
   * Whether demand stayed within its quantile; of the periods at the quantile itself, as whole
   * units allow no exact one, the share that makes up the probability.
   */
  private static double within(double demand, double mean, double variance, double service) {
    if (mean <= 0) {
      return demand > 0 ? 0 : service;
    }
    double units = Math.ceil(demand);
    double below = units > 0 ? OrderLevel.cumulative(mean, variance, (long) units - 1) : 0;
    if (below >= service) {
      return 0;
    }
    double reached = OrderLevel.cumulative(mean, variance, (long) units);
    return reached <= service ? 1 : (service - below) / (reached - below);
  }
}
