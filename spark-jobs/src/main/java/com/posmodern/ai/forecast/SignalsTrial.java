package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.forecast.ForecastMoments.Weights;
import com.posmodern.ai.model.ExactSum;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Whether trends and the distance of events help: trees that know them beside trees that do not, on
 * the series that have any, from the backtest's origins but the newest, which has to stay a judge.
 *
 * <p>The unit is the product, whose stores share what is told of it. Most signals are noise, and
 * trees find a pattern in noise too, so both must hold: the error fell by more than two standard
 * errors, and by more than the tolerance that every choice of the backtest needs.
 *
 * @param products that were compared
 * @param gain 1 − root of the ratio of the weighted squared errors
 * @param standardError of the gain
 * @param helps whether the trees of the night shall know them
 */
record SignalsTrial(long products, double gain, double standardError, boolean helps) {
  /** Where there is nothing to try out. */
  static final SignalsTrial NONE = new SignalsTrial(0, 0, 0, false);

  private static final int FEWEST_PRODUCTS = 5;

  /** Sums over products, exact: they do not depend on how many tasks there were. */
  private static final class Sums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExactSum before = new ExactSum();
    private final ExactSum saved = new ExactSum();
    private final ExactSum savedSquared = new ExactSum();
    private long products;

    private void add(double errors, double less) {
      products++;
      before.add(errors);
      saved.add(less);
      savedSquared.add(less * less);
    }

    private void merge(Sums other) {
      products += other.products;
      before.add(other.before);
      saved.add(other.saved);
      savedSquared.add(other.savedSquared);
    }
  }

  /**
   * Forecasts the series that have signals from the older origins.
   *
   * @param without trees that do not know signals, trained up to the oldest origin
   * @param with the others
   */
  static SignalsTrial of(
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      BacktestPlan plan,
      ForecastSettings settings,
      TrainedModel without,
      TrainedModel with) {
    FormerForecaster beside =
        new FormerForecaster("signals", List.of(with), Champions.of(with.candidate()));
    Weights weights = Weights.of(settings);
    List<Sums> parts =
        Backtest.run(
                series.filter(one -> surroundings.value().hasSignals(one)),
                surroundings,
                plan,
                plan.older(),
                List.of(without),
                Optional.of(beside),
                settings)
            .mapPartitions(rows -> List.of(summed(rows, weights)).iterator())
            .collect();
    Sums all = new Sums();
    parts.forEach(all::merge);
    return of(all, settings.tieTolerance());
  }

  /** The rows of a product stand together, as its series are assembled together. */
  private static Sums summed(Iterator<SeriesBacktest> rows, Weights weights) {
    Sums sums = new Sums();
    String product = null;
    double before = 0;
    double after = 0;
    while (rows.hasNext()) {
      SeriesBacktest row = rows.next();
      if (product != null && !product.equals(row.productId())) {
        sums.add(before, before - after);
        before = 0;
        after = 0;
      }
      product = row.productId();
      double weight = weights.of(row);
      before += weight * row.squaredError(row.forecasts().get(Candidate.XGBOOST_TWEEDIE));
      after += weight * row.squaredError(row.kept().own());
    }
    if (product != null) {
      sums.add(before, before - after);
    }
    return sums;
  }

  private static SignalsTrial of(Sums sums, double tolerance) {
    long products = sums.products;
    double before = sums.before.value();
    if (products < FEWEST_PRODUCTS || !(before > 0)) {
      return new SignalsTrial(products, 0, 0, false);
    }
    double saved = sums.saved.value();
    double spread = sums.savedSquared.value() - saved * saved / products;
    double ofSum = Math.sqrt(Math.max(0, spread) * products / (products - 1));
    double gain = 1 - Math.sqrt(Math.max(0, 1 - saved / before));
    // The root halves small changes.
    double standardError = ofSum / before / 2;
    boolean helps = gain > 2 * standardError && gain > tolerance;
    return new SignalsTrial(products, gain, standardError, helps);
  }

  /** What came of it, in words; empty where there was nothing to try out. */
  String message() {
    return products == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "trends and distances of events are %s: the error of %d products was %.1f %% %s with them"
                + " (two standard errors are %.1f %%)",
            helps ? "used" : "left out",
            products,
            100 * Math.abs(gain),
            gain >= 0 ? "lower" : "higher",
            200 * standardError);
  }
}
