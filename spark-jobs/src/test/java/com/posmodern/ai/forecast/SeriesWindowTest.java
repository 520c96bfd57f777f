package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Running totals give what counting day by day gives. */
class SeriesWindowTest {
  private static final int DAYS = 120;

  private final Random random = new Random(11);
  private final Series series = randomSeries();
  private final SeriesWindow window = new SeriesWindow(series);

  private Series randomSeries() {
    SeriesBuilder builder =
        SeriesBuilder.of(
            IntStream.range(0, DAYS)
                .mapToDouble(i -> random.nextInt(3) == 0 ? random.nextInt(9) : 0)
                .toArray());
    for (int i = 0; i < DAYS; i++) {
      builder.price(i, random.nextInt(9) == 0 ? Double.NaN : 1 + random.nextInt(20));
      // Never two weeks in a row, so that every window of a week has an observed day.
      if (random.nextInt(4) == 0) {
        builder.soldOut(i);
      }
      if (random.nextInt(3) == 0) {
        builder.promoted(i);
      }
    }
    return builder.build();
  }

  private boolean observed(int day) {
    return !series.stockOut()[day];
  }

  private double demand(int day) {
    return series.demand()[day];
  }

  /** Values of the days of a window that fulfil a condition. */
  private static DoubleStream of(
      int last, int length, IntPredicate condition, IntToDoubleFunction value) {
    return IntStream.rangeClosed(Math.max(0, last - length + 1), last)
        .filter(condition)
        .mapToDouble(value);
  }

  private static double mean(DoubleStream values) {
    return values.average().orElse(Double.NaN);
  }

  @Test
  void everyWindowIsWhatItsDaysSay() {
    for (int n = 0; n < 400; n++) {
      int last = random.nextInt(DAYS);
      int length = 7 + random.nextInt(60);
      double[] demands = of(last, length, this::observed, this::demand).sorted().toArray();
      double[] sold = Arrays.stream(demands).filter(units -> units > 0).toArray();
      double mean = mean(Arrays.stream(demands));
      double meanSold = mean(Arrays.stream(sold));
      if (demands.length == 0) {
        continue;
      }
      assertEqual(window.mean(last, length), mean);
      assertEqual(
          window.deviation(last, length),
          Math.sqrt(mean(Arrays.stream(demands).map(d -> (d - mean) * (d - mean)))));
      assertEqual(window.zeroShare(last, length), 1 - (double) sold.length / demands.length);
      assertThat(window.soldDays(last, length)).isEqualTo(sold.length);
      assertEqual(
          window.averageInterval(last, length),
          sold.length == 0 ? Double.NaN : (double) demands.length / sold.length);
      assertEqual(
          window.squaredVariation(last, length),
          mean(Arrays.stream(sold).map(d -> (d / meanSold - 1) * (d / meanSold - 1))));
      int middle = demands.length / 2;
      assertEqual(
          window.median(last, length),
          demands.length % 2 == 1 ? demands[middle] : (demands[middle - 1] + demands[middle]) / 2);
      assertEqual(window.maximum(last, length), demands[demands.length - 1]);
    }
  }

  @Test
  void promotionsAndPricesAreMeansOfTheirDays() {
    boolean[] promoted = series.onPromotion();
    for (int n = 0; n < 200; n++) {
      int last = 20 + random.nextInt(DAYS - 20);
      int length = 20 + random.nextInt(60);
      assertEqual(
          window.plainMean(last, length),
          mean(of(last, length, i -> observed(i) && !promoted[i], this::demand)));
      assertEqual(
          window.promotedMean(last, length),
          mean(of(last, length, i -> observed(i) && promoted[i], this::demand)));
      assertEqual(
          window.promotedShare(last, length),
          mean(of(last, length, i -> true, i -> promoted[i] ? 1 : 0)));
      assertEqual(
          window.priceMean(last, length),
          mean(of(last, length, i -> !Float.isNaN(series.price()[i]), i -> series.price()[i])));
    }
  }

  private static void assertEqual(double actual, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void outsideTheHistoryAndOnDaysSoldOutNoDemandIsKnown() {
    SeriesWindow small = new SeriesWindow(SeriesBuilder.of(3, 0, 5).soldOut(1).build());
    assertThat(IntStream.range(-1, 4).mapToDouble(small::value))
        .containsExactly(Double.NaN, 3.0, Double.NaN, 5.0, Double.NaN);
    assertThat(small.mean(-1, 7)).isNaN();
  }

  @Test
  void everySeventhDayIsAveragedFromTheLastOneObserved() {
    double[] demand = new double[36];
    for (int i = 0; i < demand.length; i++) {
      demand[i] = Math.floorDiv(i, 7);
    }
    Series weeks = SeriesBuilder.of(demand).soldOut(14).soldOut(28).soldOut(35).build();
    SeriesWindow seen = new SeriesWindow(weeks);
    assertThat(seen.lastObservedSameWeekday(34)).isEqualTo(34);
    assertThat(seen.lastObservedSameWeekday(35)).isEqualTo(21);
    // Weeks 5, 4 and 2 of days 35, 28, 21, 14, 7 were sold out.
    assertThat(seen.weeklyMean(35, 4)).isEqualTo(3);
    assertThat(seen.weeklyMean(35, 5)).isEqualTo((3 + 1) / 2.0);
    assertThat(seen.weeklyMean(35, 2)).as("only from further back").isEqualTo(3);
    assertThat(seen.weeklyMean(34, 2)).isEqualTo(3.5);
  }

  @Test
  void aSaleIsDaysAgoAndWithinTheDaysOnWhichItCouldBe() {
    SeriesWindow seen =
        new SeriesWindow(SeriesBuilder.of(0, 4, 0, 0, 0, 0).soldOut(3).soldOut(4).build());
    assertThat(seen.daysSinceSale(0)).as("never sold").isEqualTo(1);
    assertThat(seen.daysSinceSale(1)).isZero();
    assertThat(seen.daysSinceSale(5)).isEqualTo(4);
    assertThat(seen.soldWithin(5, 2)).as("two observed days without").isFalse();
    assertThat(seen.soldWithin(5, 3)).isTrue();
    assertThat(seen.soldWithin(0, 9)).isFalse();
  }

  @Test
  void whatWasObservedMoreThanAYearAgoSaysNothing() {
    for (int unseen : new int[] {364, 365}) {
      SeriesBuilder builder = SeriesBuilder.of(new double[1 + unseen]);
      IntStream.rangeClosed(1, unseen).forEach(builder::soldOut);
      Series old = builder.build();
      old.demand()[0] = 8;
      SeriesWindow seen = new SeriesWindow(old);
      assertThat(seen.soldWithin(unseen, 7)).isEqualTo(unseen <= 364);
      assertEqual(seen.mean(unseen, 7), unseen <= 364 ? 8 : Double.NaN);
    }
  }

  @Test
  void neighbouringDaysAreComparedFromTheFirstSaleOn() {
    // Steps 4 → 1 → 1, then a day sold out, then none that follows an observed day but 2 → 5.
    SeriesWindow seen = new SeriesWindow(SeriesBuilder.of(0, 4, 1, 1, 9, 2, 5).soldOut(4).build());
    assertThat(seen.naiveError(6)).isCloseTo((9 + 0 + 9) / 3.0, within(1e-12));
    assertThat(seen.naiveError(1)).isNaN();
  }
}
