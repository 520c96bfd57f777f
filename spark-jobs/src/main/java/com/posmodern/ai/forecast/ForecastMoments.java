package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.DemandClass;
import com.posmodern.ai.model.ExactSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;

/**
 * Sums of products of all candidates' forecasts and of demand, per demand class: the squared error
 * of any weighted sum of candidates follows from them without another pass over the data.
 */
final class ForecastMoments implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Candidate[] CANDIDATES = Candidate.values();
  private static final int DEMAND = CANDIDATES.length;
  private static final double SMALLEST_ERROR = 0.1;

  /** How a series' squared errors are weighted. */
  enum Weights {
    /** Revenue ÷ the naive error, as in the WRMSSE. */
    WRMSSE,
    /** Equally: the unit is squared sales units. */
    EQUAL;

    /** What the settings choose champions by. */
    static Weights of(ForecastSettings settings) {
      return settings.championMetric().equals("wrmsse") ? WRMSSE : EQUAL;
    }

    /** Of one series at one origin. */
    double of(SeriesBacktest row) {
      return this == WRMSSE ? weight(row) : 1;
    }
  }

  private final ExactSum[][] products = new ExactSum[DEMAND + 1][];
  private final ExactSum[] sums = exactSums(DEMAND + 1);
  private final long[] present = new long[DEMAND];
  private long rows;

  ForecastMoments() {
    Arrays.setAll(products, i -> exactSums(i + 1));
  }

  private static ExactSum[] exactSums(int count) {
    ExactSum[] sums = new ExactSum[count];
    Arrays.setAll(sums, i -> new ExactSum());
    return sums;
  }

  /**
   * Per index of the origin and demand class, in one pass.
   *
   * @param weights of the series
   */
  static List<Map<DemandClass, ForecastMoments>> of(
      JavaRDD<SeriesBacktest> backtest, int origins, Weights weights) {
    List<List<Map<DemandClass, ForecastMoments>>> parts =
        backtest
            .mapPartitions(
                rows -> {
                  List<Map<DemandClass, ForecastMoments>> part = empty(origins);
                  rows.forEachRemaining(
                      row ->
                          part.get(row.originIndex())
                              .computeIfAbsent(row.demandClass(), c -> new ForecastMoments())
                              .add(row, weights));
                  return List.of(part).iterator();
                })
            .collect();
    List<Map<DemandClass, ForecastMoments>> all = empty(origins);
    for (List<Map<DemandClass, ForecastMoments>> part : parts) {
      for (int origin = 0; origin < origins; origin++) {
        merge(all.get(origin), part.get(origin));
      }
    }
    return all;
  }

  private static List<Map<DemandClass, ForecastMoments>> empty(int origins) {
    List<Map<DemandClass, ForecastMoments>> empty = new ArrayList<>();
    for (int origin = 0; origin < origins; origin++) {
      empty.add(new EnumMap<>(DemandClass.class));
    }
    return empty;
  }

  private static void merge(
      Map<DemandClass, ForecastMoments> into, Map<DemandClass, ForecastMoments> other) {
    other.forEach(
        (demandClass, moments) ->
            into.computeIfAbsent(demandClass, c -> new ForecastMoments()).merge(moments));
  }

  /** Of some origins, per demand class. */
  static Map<DemandClass, ForecastMoments> sum(
      List<Map<DemandClass, ForecastMoments>> byOrigin, Set<Integer> origins) {
    Map<DemandClass, ForecastMoments> sum = new EnumMap<>(DemandClass.class);
    for (int origin = 0; origin < byOrigin.size(); origin++) {
      if (origins.contains(origin)) {
        merge(sum, byOrigin.get(origin));
      }
    }
    return sum;
  }

  /** Over all classes. */
  static ForecastMoments sum(Iterable<ForecastMoments> parts) {
    ForecastMoments all = new ForecastMoments();
    parts.forEach(all::merge);
    return all;
  }

  void add(SeriesBacktest row, Weights weights) {
    float[][] forecasts = new float[DEMAND][];
    for (int k = 0; k < DEMAND; k++) {
      forecasts[k] = row.forecasts().get(CANDIDATES[k]);
      present[k] += forecasts[k] == null ? 0 : 1;
    }
    rows++;
    double weight = weights.of(row);
    double[] values = new double[DEMAND + 1];
    double[] ofSeries = new double[DEMAND + 1];
    double[][] productsOfSeries = new double[DEMAND + 1][DEMAND + 1];
    for (int day = 0; day < row.actual().length; day++) {
      if (!Float.isNaN(row.actual()[day])) {
        for (int k = 0; k < DEMAND; k++) {
          values[k] = forecasts[k] == null ? 0 : forecasts[k][day];
        }
        values[DEMAND] = row.actual()[day];
        for (int i = 0; i <= DEMAND; i++) {
          ofSeries[i] += values[i];
          for (int j = 0; j <= i; j++) {
            productsOfSeries[i][j] += weight * values[i] * values[j];
          }
        }
      }
    }
    for (int i = 0; i <= DEMAND; i++) {
      sums[i].add(ofSeries[i]);
      for (int j = 0; j <= i; j++) {
        products[i][j].add(productsOfSeries[i][j]);
      }
    }
  }

  /**
   * Revenue ÷ (naive error × RMSSE): the derivative of a series' share in the WRMSSE, so that a
   * series of rare large sales does not outweigh all others as it would in squares.
   */
  private static double weight(SeriesBacktest row) {
    float[] reference = row.forecasts().get(Candidate.SMOOTHING);
    if (reference == null || !(row.naiveError() > 0)) {
      return 0;
    }
    double squares = 0;
    int days = 0;
    for (int day = 0; day < row.actual().length; day++) {
      if (!Float.isNaN(row.actual()[day])) {
        double error = reference[day] - row.actual()[day];
        squares += error * error;
        days++;
      }
    }
    double rmsse = Math.sqrt(squares / Math.max(1, days) / row.naiveError());
    return row.revenue28() / (row.naiveError() * Math.max(SMALLEST_ERROR, rmsse));
  }

  private void merge(ForecastMoments other) {
    for (int i = 0; i <= DEMAND; i++) {
      sums[i].add(other.sums[i]);
      for (int j = 0; j <= i; j++) {
        products[i][j].add(other.products[i][j]);
      }
    }
    for (int k = 0; k < DEMAND; k++) {
      present[k] += other.present[k];
    }
    rows += other.rows;
  }

  /** Series forecast, each counted once per origin. */
  long rows() {
    return rows;
  }

  /** True when the candidate forecast every series. */
  @SuppressWarnings("EnumOrdinal") // Place in the arrays of this object only.
  boolean complete(Candidate candidate) {
    return rows > 0 && present[candidate.ordinal()] == rows;
  }

  /** Sum of demand ÷ sum of the candidate's forecasts; 1 where it forecast nothing. */
  @SuppressWarnings("EnumOrdinal")
  double ratio(Candidate candidate) {
    double forecast = sums[candidate.ordinal()].value();
    return forecast > 0 ? sums[DEMAND].value() / forecast : 1;
  }

  /** Root of the weighted sum of squared errors of a blend. */
  @SuppressWarnings("EnumOrdinal")
  double error(Blend blend) {
    double[] weights = new double[DEMAND + 1];
    blend.weights().forEach((candidate, weight) -> weights[candidate.ordinal()] = weight);
    weights[DEMAND] = -1;
    double error = 0;
    for (int i = 0; i <= DEMAND; i++) {
      for (int j = 0; j < i; j++) {
        error += 2 * weights[i] * weights[j] * products[i][j].value();
      }
      error += weights[i] * weights[i] * products[i][i].value();
    }
    return Math.sqrt(Math.max(0, error));
  }
}
