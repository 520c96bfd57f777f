package com.posmodern.ai.behaviour.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A category of ten products that sold 100 a day at 2 a unit, and 20 or 200 on the last one. */
class CauseTest {
  private static final int DAYS = 70;
  private static final int LAST = 69;

  private final double[] soldOut = new double[DAYS];
  private final double[] prices = PlainSeries.filled(DAYS, 2);

  @Test
  void soManyProductsAreSoldOutThatItMayBeWhy() {
    soldOut[LAST] = 1;
    assertThat(cause(20)).isEqualTo(Cause.UNKNOWN);
    assertThat(cause(85)).isEqualTo(Cause.STOCK_OUT);
    soldOut[LAST] = 5;
    assertThat(cause(20)).isEqualTo(Cause.STOCK_OUT);
  }

  @Test
  void aPriceExplainsWhatIsInProportionToIt() {
    prices[LAST] = 2.3;
    assertThat(cause(60)).isEqualTo(Cause.PRICE);
    assertThat(cause(20)).isEqualTo(Cause.UNKNOWN);
    prices[LAST] = 1.6;
    assertThat(cause(200)).isEqualTo(Cause.PRICE);
    assertThat(cause(900)).isEqualTo(Cause.UNKNOWN);
    assertThat(cause(60)).as("cheaper, and less sold").isEqualTo(Cause.UNKNOWN);
  }

  private Cause cause(double sold) {
    double[] demand = PlainSeries.filled(DAYS, 100);
    demand[LAST] = sold;
    double[] none = PlainSeries.filled(DAYS, Double.NaN);
    double[] zero = new double[DAYS];
    SeriesDays days =
        new SeriesDays(
            demand,
            none,
            none,
            none,
            zero,
            soldOut,
            zero,
            zero,
            PlainSeries.filled(DAYS, 10),
            demand,
            zero,
            zero,
            prices,
            none,
            2,
            none,
            List.of());
    Incident incident =
        new Incident(LAST, LAST, sold, 100, 80, 120, sold > 100 ? 6 : -6, Basis.HISTORY);
    return Cause.of(Measure.DEMAND, days, incident).cause();
  }
}
