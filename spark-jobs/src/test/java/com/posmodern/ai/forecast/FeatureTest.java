package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.SeriesBuilder.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.DemandClass;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every feature of one day to forecast, from its definition: day i of the series sells i + 1 + 9 (i
 * mod 7), its category twice as much and 10 more, its store three times as much.
 */
class FeatureTest {
  private static final int DAYS = 800;
  private static final int LAST = DAYS - 1;
  private static final int HORIZON = 10;
  private static final int TARGET = LAST + HORIZON;

  private static double demand(int day) {
    return day + 1 + 9 * (day % 7);
  }

  private static double category(int day) {
    return 2 * demand(day) + 10;
  }

  private static double mean(IntToDoubleFunction value, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToDouble(value).average().orElseThrow();
  }

  private static double weekly(IntToDoubleFunction value, int weeks) {
    // The last known day with the target's weekday is four days before the last one.
    return IntStream.range(0, weeks)
        .mapToDouble(week -> value.applyAsDouble(LAST - 4 - 7 * week))
        .average()
        .orElseThrow();
  }

  private static DailyTotals totals(IntToDoubleFunction value) {
    float[] demand = new float[DAYS];
    for (int i = 0; i < DAYS; i++) {
      demand[i] = (float) value.applyAsDouble(i);
    }
    DailyTotals.Builder totals = new DailyTotals.Builder(FIRST_DAY, DAYS);
    totals.add(FIRST_DAY, demand, new boolean[DAYS]);
    return totals.build();
  }

  private static DayValues days(IntToDoubleFunction value) {
    DayValues days = DayValues.filled(FIRST_DAY, FIRST_DAY + DAYS + 30, 0);
    for (int i = 0; i < days.values().length; i++) {
      days.values()[i] = (float) value.applyAsDouble(i);
    }
    return days;
  }

  private static Series series() {
    SeriesBuilder builder =
        SeriesBuilder.of(IntStream.range(0, DAYS).mapToDouble(FeatureTest::demand).toArray());
    for (int i = 0; i < DAYS; i++) {
      builder.price(i, 5 + i % 3);
    }
    // Promoted on the last three days and planned from two days before the target.
    builder.promoted(LAST).promoted(LAST - 1).promoted(LAST - 2);
    return builder.planned(TARGET - 2, TARGET + 9, 0.25).build();
  }

  private static Surroundings surroundings(Series series) {
    DayValues holidays = days(i -> i == TARGET - 3 ? 1 : 0);
    DayValues events = days(i -> i == TARGET + 5 ? 1 : 0);
    return new Surroundings(
        series.lastDay(),
        true,
        Map.of("s1", "SP"),
        Map.of("SP", EventDays.of(holidays)),
        Map.of("SP", EventDays.of(events)),
        Map.of("s1", weather()),
        Map.of("s1", events()),
        trends(),
        Map.of("c1", totals(FeatureTest::category)),
        Map.of(),
        Map.of(),
        Map.of("s1", totals(i -> 3 * demand(i))),
        totals(FeatureTest::demand),
        Similar.NOTHING);
  }

  /** A fair of 999 visitors on the target's day, and a larger one that nobody knew of yet. */
  private static KnownEvents events() {
    int first = SeriesBuilder.FIRST_DAY;
    return new KnownEvents.Builder(first, first + TARGET + 10)
        .add(first + TARGET, first + TARGET + 1, first + LAST, 999, 3)
        .add(first + TARGET, first + TARGET, first + LAST + 1, 50_000, 1)
        .build();
  }

  /** The product is asked for more from two days before the origin on, its category ever more. */
  private static KnownTrends trends() {
    KnownTrends.Builder trends = new KnownTrends.Builder();
    for (int i = LAST - 120; i <= TARGET; i++) {
      int day = SeriesBuilder.FIRST_DAY + i;
      trends.ofProduct("web", "tea", "p1", day, day, asked(i));
      trends.ofCategory("web", "drinks", "c1", day, day, i);
    }
    return trends.build();
  }

  private static double asked(int day) {
    return day < LAST - 1 ? 10 : 40;
  }

  private static KnownWeather weather() {
    int first = SeriesBuilder.FIRST_DAY;
    KnownWeather.Builder weather = new KnownWeather.Builder(first, first + TARGET, TARGET - LAST);
    for (int i = 0; i <= TARGET; i++) {
      weather.observed(first + i, 20 + i % 13, 10 + i % 11, i % 5);
    }
    return weather.build();
  }

  private static Map<Feature, Double> expected() {
    IntToDoubleFunction own = FeatureTest::demand;
    IntToDoubleFunction group = FeatureTest::category;
    double level = mean(own, LAST - 55, LAST);
    double deviation28 = deviation(28);
    double mean7 = mean(own, LAST - 6, LAST);
    double mean28 = mean(own, LAST - 27, LAST);
    double mean91 = mean(own, LAST - 90, LAST);
    double median28 =
        IntStream.rangeClosed(LAST - 27, LAST).mapToDouble(own).sorted().skip(13).limit(2).sum()
            / 2;
    double maximum28 = IntStream.rangeClosed(LAST - 27, LAST).mapToDouble(own).max().orElseThrow();
    int yearAgo = TARGET - 364;
    double yearAgoAtOrigin = mean(own, LAST - 364 - 27, LAST - 364);
    double groupAtOrigin = mean(group, LAST - 364 - 27, LAST - 364);
    LocalDate date = LocalDate.ofEpochDay(FIRST_DAY + TARGET);
    Map<Feature, Double> all = new EnumMap<>(Feature.class);
    all.put(Feature.LEVEL, Math.log(level));
    all.put(Feature.AGE, 182.0);
    all.put(Feature.LAG_1, demand(LAST) / level);
    all.put(Feature.LAG_2, demand(LAST - 1) / level);
    all.put(Feature.LAG_7, demand(LAST - 6) / level);
    all.put(Feature.MEAN_7, mean7 / level);
    all.put(Feature.MEAN_14, mean(own, LAST - 13, LAST) / level);
    all.put(Feature.MEAN_28, mean28 / level);
    all.put(Feature.MEAN_91, mean91 / level);
    all.put(Feature.MEAN_182, mean(own, LAST - 181, LAST) / level);
    all.put(Feature.MEAN_364, mean(own, LAST - 363, LAST) / level);
    all.put(Feature.DEVIATION_28, deviation28 / level);
    all.put(Feature.DEVIATION_91, deviation(91) / level);
    all.put(Feature.MEDIAN_28, median28 / level);
    all.put(Feature.MAXIMUM_28, maximum28 / level);
    all.put(Feature.TREND_7_28, mean7 / mean28);
    all.put(Feature.TREND_28_91, mean28 / mean91);
    all.put(Feature.ZERO_SHARE_28, 0.0);
    all.put(Feature.ZERO_SHARE_91, 0.0);
    all.put(Feature.DAYS_SINCE_SALE, 0.0);
    all.put(Feature.AVERAGE_DEMAND_INTERVAL, 1.0);
    all.put(Feature.DEMAND_VARIATION, Math.pow(deviation(182) / mean(own, LAST - 181, LAST), 2));
    all.put(Feature.DEMAND_CLASS, (double) DemandClass.SMOOTH.number());
    all.put(Feature.STOCK_OUT_SHARE_28, 0.0);
    all.put(Feature.PRICE, Math.log(5 + LAST % 3));
    all.put(Feature.PRICE_TO_OWN_MEAN, (5 + LAST % 3) / mean(i -> 5 + i % 3, LAST - 90, LAST));
    all.put(Feature.PRICE_TO_LIST_PRICE, (5 + LAST % 3) / 10.0);
    all.put(Feature.PLAIN_MEAN_56, mean(own, LAST - 55, LAST - 3) / level);
    all.put(Feature.PROMOTED_SHARE_28, 3 / 28.0);
    all.put(Feature.PROMOTED_AT_ORIGIN, 1.0);
    all.put(Feature.PROMOTION_LIFT, mean(own, LAST - 2, LAST) / mean(own, LAST - 363, LAST - 3));
    all.put(Feature.PRODUCT_MEAN_28, mean28 / level);
    all.put(Feature.PRODUCT_MEAN_91, mean91 / level);
    all.put(Feature.PRODUCT_TREND_7_28, mean7 / mean28);
    all.put(Feature.CATEGORY_LEVEL, mean(group, LAST - 55, LAST));
    all.put(
        Feature.CATEGORY_TREND_7_28, mean(group, LAST - 6, LAST) / mean(group, LAST - 27, LAST));
    all.put(
        Feature.CATEGORY_TREND_28_91, mean(group, LAST - 27, LAST) / mean(group, LAST - 90, LAST));
    all.put(Feature.STORE_LEVEL, 3 * level);
    all.put(Feature.STORE_TREND_7_28, mean7 / mean28);
    all.put(Feature.STORE_TREND_28_91, mean28 / mean91);
    all.put(Feature.HORIZON, (double) HORIZON);
    all.put(Feature.SAME_WEEKDAY_1, demand(LAST - 4) / level);
    all.put(Feature.SAME_WEEKDAY_2, demand(LAST - 11) / level);
    all.put(Feature.SAME_WEEKDAY_3, demand(LAST - 18) / level);
    all.put(Feature.SAME_WEEKDAY_MEAN_4, weekly(own, 4) / level);
    all.put(Feature.SAME_WEEKDAY_MEAN_13, weekly(own, 13) / level);
    all.put(Feature.PRODUCT_SAME_WEEKDAY_8, weekly(own, 8) / level);
    all.put(Feature.CATEGORY_SAME_WEEKDAY_8, weekly(group, 8) / mean(group, LAST - 55, LAST));
    all.put(Feature.STORE_SAME_WEEKDAY_8, weekly(own, 8) / level);
    all.put(Feature.YEAR_AGO, mean(own, yearAgo - 3, yearAgo + 3) / level);
    all.put(Feature.YEAR_AGO_GROWTH, mean(own, yearAgo - 3, yearAgo + 3) / yearAgoAtOrigin);
    all.put(
        Feature.CATEGORY_YEAR_AGO_GROWTH, mean(group, yearAgo - 3, yearAgo + 3) / groupAtOrigin);
    all.put(Feature.CATEGORY_YEAR_AGO_DAY, category(yearAgo) / groupAtOrigin);
    all.put(Feature.STORE_YEAR_AGO_GROWTH, mean(own, yearAgo - 3, yearAgo + 3) / yearAgoAtOrigin);
    all.put(Feature.WEEKDAY, (double) date.getDayOfWeek().getValue());
    all.put(Feature.DAY_OF_MONTH, (double) date.getDayOfMonth());
    all.put(Feature.DAY_OF_YEAR, (double) date.getDayOfYear());
    all.put(Feature.HOLIDAY, 0.0);
    all.put(Feature.DAYS_TO_HOLIDAY, (double) EventDays.FAR);
    all.put(Feature.DAYS_SINCE_HOLIDAY, 3.0);
    all.put(Feature.COMMERCIAL_EVENT, 0.0);
    all.put(Feature.DAYS_TO_COMMERCIAL_EVENT, 5.0);
    all.put(Feature.DAYS_SINCE_COMMERCIAL_EVENT, (double) EventDays.FAR);
    all.put(Feature.PROMOTION_DISCOUNT, 0.25);
    all.put(Feature.DAYS_INTO_PROMOTION, 2.0);
    all.put(Feature.TEMPERATURE_MAX, 20.0 + TARGET % 13);
    all.put(Feature.TEMPERATURE_MIN, 10.0 + TARGET % 11);
    all.put(Feature.TEMPERATURE_CHANGE, (double) (TARGET % 13 - LAST % 13));
    all.put(Feature.RAIN, (double) (TARGET % 5));
    all.put(Feature.EVENT_ATTENDANCE, Math.log(1000));
    all.put(Feature.EVENT_DISTANCE, 3.0);
    IntToDoubleFunction asked = FeatureTest::asked;
    double asked28 = mean(asked, LAST - 27, LAST);
    all.put(Feature.PRODUCT_SIGNAL_7_28, mean(asked, LAST - 6, LAST) / asked28);
    all.put(Feature.PRODUCT_SIGNAL_28_91, asked28 / mean(asked, LAST - 90, LAST));
    all.put(
        Feature.CATEGORY_SIGNAL_7_28, mean(i -> i, LAST - 6, LAST) / mean(i -> i, LAST - 27, LAST));
    all.put(
        Feature.CATEGORY_SIGNAL_28_91,
        mean(i -> i, LAST - 27, LAST) / mean(i -> i, LAST - 90, LAST));
    return all;
  }

  private static double deviation(int days) {
    double mean = mean(FeatureTest::demand, LAST - days + 1, LAST);
    return Math.sqrt(mean(i -> (demand(i) - mean) * (demand(i) - mean), LAST - days + 1, LAST));
  }

  @Test
  void everyFeatureIsWhatItsNameSays() {
    Series series = series();
    float[] row = SeriesBuilder.features(series, surroundings(series), LAST, HORIZON);
    Map<Feature, Double> expected = expected();

    assertThat(expected).hasSize(Feature.COUNT);
    expected.forEach(
        (feature, value) ->
            assertThat((double) row[feature.column()])
                .as(feature.name())
                .isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value)))));
  }

  @Test
  void whatIsNotKnownIsMissing() {
    Series series = SeriesBuilder.of(1, 2, 3).build();
    Surroundings known = SeriesBuilder.surroundings(series, 9, 0);
    Surroundings unknown =
        new Surroundings(
            known.asOfDay(),
            false,
            known.regionOfStore(),
            known.holidays(),
            known.commercialEvents(),
            Map.of(),
            known.events(),
            KnownTrends.NONE,
            known.categories(),
            known.priceBands(),
            known.launches(),
            known.storeTotals(),
            known.everything(),
            Similar.NOTHING);
    float[] row = SeriesBuilder.features(series, unknown, 2, 1);

    for (Feature feature :
        new Feature[] {
          Feature.LAG_7,
          Feature.YEAR_AGO,
          Feature.YEAR_AGO_GROWTH,
          Feature.PROMOTION_LIFT,
          Feature.PROMOTION_DISCOUNT,
          Feature.DAYS_INTO_PROMOTION,
          Feature.TEMPERATURE_MAX,
          Feature.TEMPERATURE_CHANGE,
          Feature.RAIN,
          Feature.DAY_OF_YEAR,
          Feature.EVENT_DISTANCE,
          Feature.PRODUCT_SIGNAL_7_28,
          Feature.CATEGORY_SIGNAL_28_91
        }) {
      assertThat(row[feature.column()]).as(feature.name()).isNaN();
    }
    assertThat(row[Feature.AGE.column()]).isEqualTo(3);
    assertThat(row[Feature.EVENT_ATTENDANCE.column()]).isZero();
    assertThat(row[Feature.DEMAND_CLASS.column()]).isEqualTo(DemandClass.NEW.number());
  }

  @Test
  void anOriginKnowsItsWeightDispersionAndUnits() {
    double[] demand = IntStream.range(0, 120).mapToDouble(i -> i % 2 == 0 ? 0 : 6).toArray();
    Series series = SeriesBuilder.of(demand).build();
    Surroundings surroundings = SeriesBuilder.surroundings(series, 9, 0);
    SeriesOrigin origin =
        new SeriesOrigin(new SeriesWindow(series), surroundings, FIRST_DAY + 119, 7);
    assertThat(origin.revenue28()).isEqualTo(14 * 6 * 10);
    // 46 of the last 91 days sold 6: the mean is 276 / 91, the variance 6 × mean - mean².
    assertThat(origin.dispersion()).isCloseTo(6 - 276 / 91.0, within(1e-9));
    assertThat(origin.units()).isEqualTo(Units.WHOLE);
    series.demand()[119 - 90] = 1.5f;
    assertThat(origin.units()).isEqualTo(Units.FRACTIONS);
    series.demand()[119 - 90] = 2;
    series.demand()[119 - 91] = 1.5f;
    assertThat(origin.units()).isEqualTo(Units.WHOLE);
    assertThat(IntStream.of(1, 6, 7, 8, 14, 15).map(origin::lastSameWeekday))
        .containsExactly(113, 118, 119, 113, 119, 113);
  }
}
