package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.ForecastInterval.TAIL;

import com.posmodern.ai.contract.ForecastInterval;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Forecasts of one cell and what happened, from which the cell's quantiles are calibrated. */
final class Residuals {
  private static final int BISECTIONS = 24;
  private static final int MIDDLES = 24;

  private final double[] actuals;
  private final double[] means;
  private final double[] spreads;
  private final Units[] units;

  Residuals(List<CalibrationRow> rows) {
    int n = rows.size();
    this.actuals = new double[n];
    this.means = new double[n];
    this.spreads = new double[n];
    this.units = new Units[n];
    for (int i = 0; i < n; i++) {
      CalibrationRow row = rows.get(i);
      actuals[i] = row.actual();
      means[i] = row.mean();
      spreads[i] = Interval.spread(row.mean(), row.dispersion());
      units[i] = row.units();
    }
  }

  /**
   * Each quantile on its own side: p10 such that {@link ForecastInterval#TAIL} of the days lie
   * below, p90 such that as many lie above, counted after rounding to whole units; p50 with the
   * lowest absolute error. Where zero alone is as frequent as a quantile's level, that quantile is
   * zero.
   *
   * <p>Split-conformal prediction (Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random
   * World", 2005), with a spread per row as in Lei et al., "Distribution-free predictive inference
   * for regression", JASA 113, 2018, and one-sided as in Romano, Patterson and Candès,
   * "Conformalized quantile regression", NeurIPS 2019.
   */
  Interval calibrated() {
    double zeros = Arrays.stream(actuals).filter(actual -> actual <= 0).count();
    double zeroShare = zeros / actuals.length;
    double[] scaled = scaled();
    double least = scaled[0] - 1;
    double most = scaled[scaled.length - 1] + 1;
    double lower =
        zeroShare >= TAIL ? Interval.ZERO : root(least, most, offset -> shareBelow(offset) - TAIL);
    double upper =
        zeroShare >= 1 - TAIL
            ? Interval.ZERO
            : root(least, most, offset -> TAIL - shareAbove(offset));
    double middle = middle(scaled);
    lower = Math.min(lower, upper);
    return new Interval(lower, Math.min(upper, Math.max(lower, middle)), upper, actuals.length);
  }

  private double[] scaled() {
    double[] scaled = new double[actuals.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (actuals[i] - means[i]) / spreads[i];
    }
    Arrays.sort(scaled);
    return scaled;
  }

  /** Where a rising function crosses zero. */
  private static double root(double least, double most, DoubleUnaryOperator rising) {
    double low = least;
    double high = most;
    for (int i = 0; i < BISECTIONS; i++) {
      double tried = (low + high) / 2;
      if (rising.applyAsDouble(tried) < 0) {
        low = tried;
      } else {
        high = tried;
      }
    }
    // Of the two sides of a jump the one that is closer.
    return Math.abs(rising.applyAsDouble(low)) <= Math.abs(rising.applyAsDouble(high)) ? low : high;
  }

  private double shareBelow(double offset) {
    int count = 0;
    for (int i = 0; i < actuals.length; i++) {
      count += actuals[i] < units[i].lowerEnd(means[i], spreads[i], offset) ? 1 : 0;
    }
    return (double) count / actuals.length;
  }

  private double shareAbove(double offset) {
    int count = 0;
    for (int i = 0; i < actuals.length; i++) {
      count += actuals[i] > units[i].upperEnd(means[i], spreads[i], offset) ? 1 : 0;
    }
    return (double) count / actuals.length;
  }

  /** The offset with the lowest absolute error among quantiles of the residuals, and zero. */
  private double middle(double[] scaled) {
    double best = Interval.ZERO;
    double lowest = absoluteError(best);
    for (int i = 0; i <= MIDDLES; i++) {
      double share = 0.1 + 0.8 * i / MIDDLES;
      double tried = scaled[(int) (share * (scaled.length - 1))];
      double error = absoluteError(tried);
      if (error < lowest) {
        lowest = error;
        best = tried;
      }
    }
    return best;
  }

  private double absoluteError(double offset) {
    double error = 0;
    for (int i = 0; i < actuals.length; i++) {
      error += Math.abs(actuals[i] - units[i].upperEnd(means[i], spreads[i], offset));
    }
    return error;
  }
}
