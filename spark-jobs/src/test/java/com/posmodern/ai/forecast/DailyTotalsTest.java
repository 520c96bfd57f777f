package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DailyTotalsTest {
  /** From day 100 on; a second series begins on day 102 and is sold out on day 103. */
  private static DailyTotals.Builder builder() {
    DailyTotals.Builder builder = new DailyTotals.Builder(100, 6);
    builder.add(101, new float[] {1, 2, 3, 4, 5}, new boolean[5]);
    builder.add(102, new float[] {10, 20, 30, 40}, new boolean[] {false, true, false, false});
    return builder;
  }

  @Test
  void aMeanIsPerSeriesAndObservedDay() {
    DailyTotals totals = builder().build();
    assertThat(totals.mean(102, 102)).isEqualTo(6);
    assertThat(totals.mean(103, 103)).as("one is sold out").isEqualTo(3);
    assertThat(totals.mean(101, 104)).isCloseTo((1 + 2 + 10 + 3 + 4 + 30) / 6.0, within(1e-12));
    assertThat(totals.mean(90, 200)).isCloseTo((15 + 80) / 8.0, within(1e-12));
    assertThat(totals.mean(100, 100)).as("no series yet").isNaN();
    assertThat(totals.mean(106, 110)).as("after the last day").isNaN();
    assertThat(totals.mean(90, 99)).isNaN();
  }

  @Test
  void seriesAreCountedPerDay() {
    DailyTotals totals = builder().build();
    assertThat(totals.meanSeries(102, 103)).isEqualTo(1.5);
    assertThat(totals.meanSeries(100, 105)).isEqualTo(8 / 6.0);
    assertThat(totals.meanSeries(0, 101)).isEqualTo(0.5);
    assertThat(totals.meanSeries(200, 201)).isZero();
    assertThat(totals.firstKnownDay()).isEqualTo(101);
    assertThat(new DailyTotals.Builder(100, 6).build().firstKnownDay()).isEqualTo(106);
  }

  @Test
  void daysBeforeTheFirstOneAreLeftOut() {
    DailyTotals.Builder builder = new DailyTotals.Builder(100, 2);
    builder.add(98, new float[] {7, 8, 9, 10}, new boolean[4]);
    assertThat(builder.build().mean(100, 101)).isEqualTo(9.5);
    assertThat(builder.build().mean(98, 100)).isEqualTo(9);
  }

  @Test
  void partsAddUp() {
    DailyTotals.Builder one = new DailyTotals.Builder(100, 6);
    one.add(101, new float[] {1, 2, 3, 4, 5}, new boolean[5]);
    DailyTotals.Builder other = new DailyTotals.Builder(100, 6);
    other.add(102, new float[] {10, 20, 30, 40}, new boolean[] {false, true, false, false});
    assertThat(one.merge(other).build()).usingRecursiveComparison().isEqualTo(builder().build());
  }

  @Test
  void sumsAreRoundedSoThatTheOrderOfAdditionDoesNotShow() {
    DailyTotals.Builder builder = new DailyTotals.Builder(0, 1);
    builder.add(0, new float[] {0.1f}, new boolean[1]);
    assertThat(builder.build().mean(0, 0)).isEqualTo(0.1);
  }

  @Test
  void theWeekdayOfADayToComeIsThatOfWeeksBefore() {
    float[] demand = new float[28];
    for (int i = 0; i < 28; i++) {
      demand[i] = i;
    }
    DailyTotals.Builder builder = new DailyTotals.Builder(0, 28);
    builder.add(0, demand, new boolean[28]);
    DailyTotals totals = builder.build();
    assertThat(totals.sameWeekdayMean(27, 28, 2)).isEqualTo((21 + 14) / 2.0);
    assertThat(totals.sameWeekdayMean(27, 34, 1)).as("seven days ahead").isEqualTo(27);
    assertThat(totals.sameWeekdayMean(27, 35, 1)).as("eight days ahead").isEqualTo(21);
    assertThat(totals.sameWeekdayMean(27, 28, 9)).as("four are known").isEqualTo(10.5);
    assertThat(new DailyTotals.Builder(0, 28).build().sameWeekdayMean(27, 28, 4)).isNaN();
  }

  @Test
  void aDayHasItsValueOrNone() {
    DayValues values = DayValues.filled(10, 12, 5);
    values.set(9, 1);
    values.set(10, 2);
    values.set(12, 3);
    values.set(13, 4);
    assertThat(IntStream.rangeClosed(9, 13).mapToObj(values::at))
        .containsExactly(Float.NaN, 2f, 5f, 3f, Float.NaN);
  }

  @Test
  void anEventIsNearOrFar() {
    DayValues here = DayValues.filled(0, 40, 0);
    here.set(20, 1);
    EventDays days = EventDays.of(here);
    assertThat(days.here()).isSameAs(here);
    assertThat(IntStream.of(0, 5, 6, 19, 20, 21, 40).mapToObj(days.next()::at))
        .containsExactly(15f, 15f, 14f, 1f, 0f, 15f, 15f);
    assertThat(IntStream.of(0, 19, 20, 21, 34, 35, 40).mapToObj(days.last()::at))
        .containsExactly(15f, 15f, 0f, 1f, 14f, 15f, 15f);
  }

  @Test
  void ofPromotionsThatOverlapTheLargestDiscountHolds() {
    PromotionPlan plan =
        new PromotionPlan(
            new int[] {10, 12, 12},
            new int[] {15, 13, 13},
            new float[] {0.1f, 0.3f, 0.3f},
            new int[] {0, 0, 0});
    assertThat(IntStream.rangeClosed(9, 16).map(day -> plan.at(day, 9)))
        .containsExactly(-1, 0, 0, 1, 1, 0, 0, -1);
    assertThat(PromotionPlan.NONE.at(10, 9)).isEqualTo(-1);
  }

  @Test
  void promotedDaysAreMarkedWithinTheSeries() {
    PromotionPlan plan =
        new PromotionPlan(new int[] {8}, new int[] {13}, new float[] {0.1f}, new int[] {0});
    boolean[] promoted = new boolean[5];
    plan.mark(promoted, 10, 12);
    assertThat(promoted).containsExactly(true, true, true, false, false);
    boolean[] whole = new boolean[5];
    plan.mark(whole, 10, 99);
    assertThat(whole).containsExactly(true, true, true, true, false);
  }

  @Test
  void aProductIsOnSaleFromItsLaunchToItsEnd() {
    ProductAttributes product = new ProductAttributes("d", "c", "", 10, 5, 7, 6);
    assertThat(IntStream.rangeClosed(4, 8).mapToObj(product::onSale))
        .containsExactly(false, true, true, true, false);
    assertThat(product.knownToHaveEnded(8, 5)).as("announced a day later").isFalse();
    assertThat(product.knownToHaveEnded(8, 6)).isTrue();
    assertThat(product.knownToHaveEnded(7, 6)).as("its last day").isFalse();
  }

  @Test
  void aPromotionHoldsFromTheOriginThatKnewIt() {
    PromotionPlan plan =
        new PromotionPlan(
            new int[] {10, 10}, new int[] {20, 20}, new float[] {0.1f, 0.3f}, new int[] {0, 5});
    assertThat(plan.at(12, 4)).isZero();
    assertThat(plan.at(12, 5)).isEqualTo(1);
  }
}
