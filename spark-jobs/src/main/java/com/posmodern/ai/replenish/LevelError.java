package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.ORIGIN;

import java.io.Serializable;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * How far the level of a forecast is off, beside the chance of single days: the squared coefficient
 * of variation of the error that all days of a period share, such that demand of past periods
 * stayed within a quantile of its distribution as often as the quantile says.
 *
 * <p>One number for each size of the period's expected demand and each of a few service levels,
 * since a small error of a large demand costs more service than a large error of a small one, and
 * no single number gives the tail its weight: pooled over sizes, and over 90 and 95 %, slow sellers
 * of a real retailer reached 94 % of the periods where 98 % were asked for. A size with few periods
 * is pooled with all of them.
 *
 * <p>Frequencies, as the published quantiles are calibrated to on the same origins, so that what is
 * ordered and what is published promise the same. Squared errors would let a few bulk sales make
 * every shelf hold stock for years. The days themselves vary as the series did ({@link
 * DemandVariation}): the p90 of a day says little about the variance of lumpy demand, and with a
 * variance fitted to it the same fill rate took more stock on real data.
 */
final class LevelError {
  /** Levels at which it is measured; between them it is interpolated. */
  private static final double[] SERVICE = {0.8, 0.9, 0.95, 0.98};

  /** Units expected in a period from which on it counts as one size larger. */
  private static final double[] SIZES = {1, 4, 16};

  /** Periods of all sizes that count beside those of a size. */
  private static final double PRIOR_PERIODS = 200;

  /** Coefficients of variation tried; a forecast that is worse is no use for ordering. */
  private static final double[] TRIED = {
    0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.5, 2, 3
  };

  private final NavigableMap<LocalDate, Counts> origins;
  private final int horizon;

  private LevelError(NavigableMap<LocalDate, Counts> origins, int horizon) {
    this.origins = origins;
    this.horizon = horizon;
  }

  /**
   * What is known of the error.
   *
   * @param squared squared coefficient of variation by size and service level
   */
  @SuppressWarnings("ArrayRecordComponent") // Looked up for every order of a simulation.
  record Known(double[][] squared) implements Serializable {
    /** Nothing: the level counts as right. */
    static final Known NOTHING = of(0);

    /** The same for all. */
    static Known of(double squared) {
      double[][] same = new double[SIZES.length + 1][SERVICE.length];
      Arrays.stream(same).forEach(size -> Arrays.fill(size, squared));
      return new Known(same);
    }

    /**
     * Squared coefficient of variation.
     *
     * @param expected demand of the period
     * @param serviceLevel share of periods without a stock-out that is aimed at
     */
    double squared(double expected, double serviceLevel) {
      double[] own = squared[size(expected)];
      int above = 0;
      while (above < SERVICE.length && SERVICE[above] < serviceLevel) {
        above++;
      }
      if (above == 0 || above == SERVICE.length) {
        return own[Math.min(above, SERVICE.length - 1)];
      }
      double part = (serviceLevel - SERVICE[above - 1]) / (SERVICE[above] - SERVICE[above - 1]);
      return own[above - 1] + part * (own[above] - own[above - 1]);
    }
  }

  private static int size(double expected) {
    int size = 0;
    while (size < SIZES.length && expected >= SIZES[size]) {
      size++;
    }
    return size;
  }

  /** Periods by size, and how many of them stayed within each quantile of each coefficient. */
  private static final class Counts {
    private final int[] periods = new int[SIZES.length + 1];
    private final double[][][] within = new double[SIZES.length + 1][TRIED.length][SERVICE.length];

    void add(double demand, double expected, int days, double dispersion) {
      int size = size(expected);
      periods[size]++;
      for (int tried = 0; tried < TRIED.length; tried++) {
        double squared = TRIED[tried] * TRIED[tried];
        double variance = OrderRule.variance(expected, days, dispersion, squared, 0);
        double units = Math.ceil(demand);
        double below = units > 0 ? OrderLevel.cumulative(expected, variance, (long) units - 1) : 0;
        double reached = OrderLevel.cumulative(expected, variance, (long) units);
        for (int level = 0; level < SERVICE.length; level++) {
          within[size][tried][level] += share(below, reached, SERVICE[level]);
        }
      }
    }

    void merge(Counts other) {
      for (int size = 0; size < periods.length; size++) {
        periods[size] += other.periods[size];
        for (int tried = 0; tried < TRIED.length; tried++) {
          for (int level = 0; level < SERVICE.length; level++) {
            within[size][tried][level] += other.within[size][tried][level];
          }
        }
      }
    }

    Known known() {
      double all = Arrays.stream(periods).sum();
      if (all == 0) {
        return Known.NOTHING;
      }
      double[][] squared = new double[periods.length][SERVICE.length];
      for (int size = 0; size < periods.length; size++) {
        for (int level = 0; level < SERVICE.length; level++) {
          double coefficient = coefficient(size, level, all);
          squared[size][level] = coefficient * coefficient;
        }
      }
      return new Known(squared);
    }

    /**
     * The smaller of the two between which the quantile is met, or the larger where that is nearer.
     * A variance far too large lowers quantiles again, so none beyond the first that suffices is
     * considered.
     */
    private double coefficient(int size, int level, double all) {
      double best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int tried = 0; tried < TRIED.length; tried++) {
        double everywhere = 0;
        for (double[][] one : within) {
          everywhere += one[tried][level];
        }
        double share =
            (within[size][tried][level] + PRIOR_PERIODS * everywhere / all)
                / (periods[size] + PRIOR_PERIODS);
        double off = Math.abs(share - SERVICE[level]);
        if (off < least) {
          least = off;
          best = TRIED[tried];
        }
        if (share >= SERVICE[level]) {
          break;
        }
      }
      return best;
    }
  }

  private static Known known(Collection<Counts> parts) {
    Counts sum = new Counts();
    parts.forEach(sum::merge);
    return sum.known();
  }

  /** From all origins. */
  Known known() {
    return known(origins.values());
  }

  /**
   * For each origin from the others whose days do not overlap its own, as the intervals of the
   * backtest: what is judged there took no part.
   */
  Map<LocalDate, Known> byOrigin() {
    Map<LocalDate, Known> known = new HashMap<>();
    for (LocalDate origin : origins.keySet()) {
      List<Counts> others =
          new ArrayList<>(origins.headMap(origin.minusDays(horizon), true).values());
      others.addAll(origins.tailMap(origin.plusDays(horizon), true).values());
      known.put(origin, known(others));
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
    NavigableMap<LocalDate, Counts> origins = new TreeMap<>();
    int horizon = 0;
    for (Row shelf : shelves) {
      ShelfPath path = ShelfPath.of(shelf);
      double dispersion = shelf.<Double>getAs(DemandVariation.DISPERSION);
      LocalDate day = shelf.<Date>getAs(ORIGIN).toLocalDate();
      Counts origin = origins.computeIfAbsent(day, one -> new Counts());
      horizon = Math.max(horizon, path.days());
      for (int from = 0; from + days <= path.days(); from += days) {
        double expected = ShelfPath.sum(path.means(), from, days);
        if (expected > 0) {
          origin.add(ShelfPath.sum(path.demand(), from, days), expected, days, dispersion);
        }
      }
    }
    return new LevelError(origins, horizon);
  }

  /**
   * Whether demand stayed within its quantile; of the periods at the quantile itself, as whole
   * units allow no exact one, the share that makes up the probability.
   *
   * @param below probability of less demand
   * @param reached probability of at most this demand
   */
  private static double share(double below, double reached, double service) {
    if (below >= service) {
      return 0;
    }
    return reached <= service ? 1 : (service - below) / (reached - below);
  }
}
