package com.posmodern.ai.behaviour.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Six stores that sell 100 a day of an item, of which seven of seventy days are judged. */
class ItemRangeTest {
  private static final int DAYS = 70;
  private static final int FIRST = 63;

  private final double[][] demand = new double[6][DAYS];

  ItemRangeTest() {
    for (double[] store : demand) {
      Arrays.fill(store, 100);
    }
  }

  @Test
  void whatAllStoresHaveInCommonIsExpectedOfEach() {
    // Weeks that were wild in every store teach that the common ratio moves.
    for (double[] store : demand) {
      for (int day = 20; day < FIRST; day += 5) {
        store[day] = day % 2 == 0 ? 150 : 70;
      }
      store[66] = 160;
    }
    demand[0][66] = 100;
    demand[1][66] = 40;
    ItemRange ranges = ranges();
    assertThat(ranges.of(2)[66].centre()).isBetween(135.0, 160.0);
    assertThat(away(ranges, 2, 66)).isBetween(0.0, 2.0);
    assertThat(away(ranges, 0, 66)).isLessThan(-2);
    assertThat(away(ranges, 1, 66)).isLessThan(-4);
    assertThat(ranges.of(2)[65].centre()).isCloseTo(100, within(8.0));
  }

  @Test
  void oneStoreDoesNotMoveWhatIsExpectedOfTheOthers() {
    demand[3][66] = 1000;
    ItemRange ranges = ranges();
    assertThat(ranges.of(0)[66].centre()).isCloseTo(100, within(6.0));
    assertThat(away(ranges, 3, 66)).isGreaterThan(20);
  }

  @Test
  void aStoreThatHasJustOpenedIsJudgedLaterAndWithWiderRanges() {
    Arrays.fill(demand[5], 0, 60, Double.NaN);
    assertThat(ranges().of(5)[66]).as("three days are no level").isNull();
    Arrays.fill(demand[5], 50, 60, 100);
    Expectation young = ranges().of(5)[66];
    Expectation old = ranges().of(4)[66];
    assertThat(young.basis()).isEqualTo(Basis.HISTORY);
    assertThat(young.centre()).isCloseTo(100, within(1.0));
    assertThat(young.scale()).isGreaterThan(old.scale());
  }

  @Test
  void aForecastIsBroughtToTheLevelAtWhichItsNewestDaysCameOut() {
    double[] mean = PlainSeries.filled(DAYS, Double.NaN);
    Arrays.fill(mean, 49, DAYS, 50);
    double[] none = PlainSeries.filled(DAYS, Double.NaN);
    List<SeriesDays> alone = List.of(PlainSeries.of(demand[0], mean, none, none));
    Expectation expected = new ItemRange(alone, 7).of(0)[66];
    assertThat(expected.basis()).isEqualTo(Basis.FORECAST);
    // Fourteen days of 50 against 100: nearly twice the forecast, as 30 units speak for it.
    assertThat(expected.centre()).isBetween(90.0, 98.0);
    Arrays.fill(mean, 49, FIRST, Double.NaN);
    assertThat(new ItemRange(alone, 7).of(0)[66].centre()).isEqualTo(50);
  }

  @Test
  void quantilesOfAForecastMoveWithIt() {
    double[] mean = PlainSeries.filled(DAYS, 100);
    double[] p10 = PlainSeries.filled(DAYS, 80);
    double[] p90 = PlainSeries.filled(DAYS, 130);
    Expectation expected =
        new ItemRange(List.of(PlainSeries.of(demand[0], mean, p10, p90)), 7).of(0)[66];
    assertThat(expected.lower()).isCloseTo(80, within(1e-9));
    assertThat(expected.upper()).isCloseTo(130, within(1e-9));
  }

  @Test
  void nothingOfAJudgedDayEntersWhatIsExpectedOfIt() {
    double before = ranges().of(0)[66].centre();
    demand[0][66] = 500;
    demand[0][65] = 0;
    assertThat(ranges().of(0)[66].centre()).isEqualTo(before);
  }

  private ItemRange ranges() {
    List<SeriesDays> stores = new ArrayList<>();
    for (double[] store : demand) {
      stores.add(PlainSeries.of(store));
    }
    return new ItemRange(stores, 7);
  }

  private double away(ItemRange ranges, int store, int day) {
    Expectation expected = ranges.of(store)[day];
    return Expectation.deviations(
        demand[store][day], expected.centre(), expected.scale() * expected.scale());
  }
}
