package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Fifteen days, one to fifteen units; the tenth was sold out. */
class WeeklyTotalsTest {
  private static final int FIRST = SeriesBuilder.FIRST_DAY;
  private static final int LAST = FIRST + 14;
  private static final Series SERIES =
      SeriesBuilder.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15).soldOut(9).build();

  private static WeeklyTotals totals(int days) {
    return WeeklyTotals.empty(LAST, days);
  }

  @Test
  void knownDaysAreSummedByWeekFromTheLastDayBack() {
    WeeklyTotals totals = totals(15).add(SERIES, FIRST, LAST);
    assertThat(totals.units()).containsExactly(9 + 11 + 12 + 13 + 14 + 15, 35, 1);
    assertThat(totals.seriesDays()).containsExactly(6, 7, 1);
    assertThat(totals(14).units()).hasSize(2);
    assertThat(totals(14).add(SERIES, FIRST, LAST).units()).containsExactly(74, 35);
    assertThat(totals(15).add(SERIES, FIRST - 5, FIRST + 1).units()).containsExactly(0, 2, 1);
    assertThat(totals(15).add(SERIES, LAST - 1, LAST + 9).units()).containsExactly(29, 0, 0);
  }

  @Test
  void onlyWeeksThatLieWhollyInTheDaysCount() {
    WeeklyTotals totals = totals(15).add(SERIES, FIRST, LAST);
    assertThat(totals.unitsOf(LAST - 13, LAST)).isEqualTo(74 + 35);
    assertThat(totals.unitsOf(LAST - 12, LAST)).isEqualTo(74);
    assertThat(totals.unitsOf(LAST - 13, LAST - 1)).isEqualTo(35);
    assertThat(totals.unitsOf(LAST - 13, LAST - 7)).isEqualTo(35);
    assertThat(totals.unitsOf(LAST - 13, LAST - 8)).isZero();
    assertThat(totals.unitsOf(FIRST - 100, LAST + 100)).isEqualTo(74 + 35 + 1);
    assertThat(totals.seriesDaysOf(LAST - 13, LAST)).isEqualTo(13);
  }

  @Test
  void sumsOfTwoAddUp() {
    WeeklyTotals totals =
        totals(15).add(SERIES, FIRST, LAST).merge(totals(15).add(SERIES, LAST, LAST));
    assertThat(totals.units()).containsExactly(74 + 15, 35, 1);
    assertThat(totals.seriesDays()).containsExactly(7, 7, 1);
  }

  @Test
  void aProductsOtherStoresAreThoseThatSoldItOnKnownDays() {
    SoldElsewhere elsewhere = SoldElsewhere.of(List.of(SERIES), LAST);
    assertThat(elsewhere.without("s1", LAST - 6, LAST)).isEmpty();
    assertThat(elsewhere.without("s2", LAST - 6, LAST))
        .containsExactly(new SoldElsewhere.Sales("s1", 74, 6));
    assertThat(elsewhere.without("s2", LAST - 60, LAST - 30)).isEmpty();
  }
}
