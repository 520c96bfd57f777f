package com.posmodern.ai.behaviour.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Weekdays, levels and how far days vary, of series whose answer is known. */
class RangePartsTest {
  private static final int DAYS = 70;
  private static final int FIRST = 63;

  @Test
  void aStoreOfFewSalesTakesTheWeekdaysOfAllAndALargeOneItsOwn() {
    double[][] demand = new double[3][DAYS];
    for (int day = 0; day < DAYS; day++) {
      demand[0][day] = day % 7 == 5 ? 240 : 100;
      demand[1][day] = day % 7 == 5 ? 240 : 100;
      // Sells on every tenth day, of which one is such a weekday.
      demand[2][day] = day % 10 == 0 ? 1 : 0;
    }
    double[][] shape = WeekdayShape.of(demand, FIRST);
    assertThat(shape[0][5] / shape[0][4]).isCloseTo(2.4, within(0.15));
    assertThat(shape[2][5] / shape[2][4]).isCloseTo(2.4, within(0.2));
    Arrays.fill(demand[1], 100);
    assertThat(WeekdayShape.of(demand, FIRST)[1][5]).isBetween(0.9, 1.15);
  }

  @Test
  void theLevelFollowsNewerDaysAndNotPromotionsNorOneWildDay() {
    double[] demand = PlainSeries.filled(DAYS, 10);
    Arrays.fill(demand, 30, DAYS, 20);
    demand[60] = 900;
    double[] promoted = new double[DAYS];
    Arrays.fill(demand, 50, 53, 60);
    Arrays.fill(promoted, 50, 53, 50);
    double[] none = PlainSeries.filled(DAYS, Double.NaN);
    double[] same = PlainSeries.filled(7, 1);
    SeriesLevel level = SeriesLevel.of(demand, promoted, none, same, FIRST);
    assertThat(level.expected()[69]).isBetween(17.5, 22.0);
    assertThat(level.expected()[3]).as("fewer than seven days").isNaN();
    assertThat(level.unsure()[69]).isCloseTo(1.0 / 360, within(0.001));
  }

  @Test
  void dispersionIsThatOfCountsAtLeastAndAnomaliesOfThePastDoNotWidenIt() {
    Random random = new Random(5);
    double[][] demand = new double[2][DAYS];
    double[][] expected = {PlainSeries.filled(DAYS, 100), PlainSeries.filled(DAYS, 100)};
    for (int day = 0; day < DAYS; day++) {
      demand[0][day] = 100 + 10 * random.nextGaussian();
      demand[1][day] = 100 + 30 * random.nextGaussian();
    }
    demand[0][10] = 700;
    double[] found = Dispersion.of(demand, expected, FIRST);
    assertThat(found[0]).isBetween(1.0, 4.5);
    assertThat(found[1]).isBetween(5.0, 10.0);
    Arrays.fill(demand[0], 100);
    assertThat(Dispersion.of(new double[][] {demand[0]}, expected, FIRST)[0]).isEqualTo(1);
    Arrays.fill(demand[0], Double.NaN);
    assertThat(Dispersion.of(new double[][] {demand[0]}, expected, FIRST)[0]).isEqualTo(2);
  }

  @Test
  void withFewerThanThreeOthersNothingIsInCommon() {
    double[][] demand = {
      PlainSeries.filled(DAYS, 100), PlainSeries.filled(DAYS, 50), PlainSeries.filled(DAYS, 50)
    };
    double[][] expected = {
      PlainSeries.filled(DAYS, 100), PlainSeries.filled(DAYS, 100), PlainSeries.filled(DAYS, 100)
    };
    assertThat(new CommonDays(demand, expected, FIRST).ratio(0, 66)).isEqualTo(1);
    assertThat(new CommonDays(demand, expected, FIRST).unsure(0, 66)).isZero();
  }
}
