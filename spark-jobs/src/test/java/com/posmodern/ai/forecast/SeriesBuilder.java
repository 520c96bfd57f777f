package com.posmodern.ai.forecast;

import java.util.Arrays;
import java.util.Map;

/** Series without Spark, for tests that look at one. */
final class SeriesBuilder {
  static final int FIRST_DAY = 20_000;
  private final float[] demand;
  private final float[] price;
  private final boolean[] stockOut;
  private final boolean[] onPromotion;
  private String store = "s1";
  private int firstDay = FIRST_DAY;
  private PromotionPlan plan = PromotionPlan.NONE;
  private int end = Integer.MAX_VALUE;
  private int endKnownFrom = Integer.MIN_VALUE;

  private SeriesBuilder(float[] demand) {
    this.demand = demand;
    this.price = new float[demand.length];
    Arrays.fill(price, 10);
    this.stockOut = new boolean[demand.length];
    this.onPromotion = new boolean[demand.length];
  }

  static SeriesBuilder of(double... demand) {
    float[] values = new float[demand.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) demand[i];
    }
    return new SeriesBuilder(values);
  }

  /** In another store than s1, and from another day on than the first. */
  SeriesBuilder in(String anotherStore, int day) {
    store = anotherStore;
    firstDay = day;
    return this;
  }

  SeriesBuilder soldOut(int index) {
    stockOut[index] = true;
    return this;
  }

  SeriesBuilder promoted(int index) {
    onPromotion[index] = true;
    return this;
  }

  SeriesBuilder price(int index, double value) {
    price[index] = (float) value;
    return this;
  }

  SeriesBuilder planned(int from, int to, double discount) {
    return planned(from, to, discount, Integer.MIN_VALUE);
  }

  /**
   * @param announced index of the day from which the promotion is known
   */
  SeriesBuilder announced(int announced, int from, int to, double discount) {
    return planned(from, to, discount, FIRST_DAY + announced);
  }

  private SeriesBuilder planned(int from, int to, double discount, int knownFrom) {
    plan =
        new PromotionPlan(
            new int[] {FIRST_DAY + from},
            new int[] {FIRST_DAY + to},
            new float[] {(float) discount},
            new int[] {knownFrom});
    return this;
  }

  /**
   * @param announced index of the day from which the end is known
   */
  SeriesBuilder endsOn(int index, int announced) {
    end = FIRST_DAY + index;
    endKnownFrom = FIRST_DAY + announced;
    return this;
  }

  Series build() {
    float[] revenue = new float[demand.length];
    for (int i = 0; i < revenue.length; i++) {
      revenue[i] = demand[i] * price[i];
    }
    return new Series(
        store,
        "p1",
        new ProductAttributes(
            "d1", "c1", "Red tea 250 g", 10, Integer.MIN_VALUE, end, endKnownFrom),
        firstDay,
        demand,
        price,
        revenue,
        stockOut,
        onPromotion,
        plan,
        totals(demand, stockOut),
        SoldElsewhere.NOWHERE);
  }

  private static DailyTotals totals(float[] demand, boolean[] stockOut) {
    DailyTotals.Builder totals = new DailyTotals.Builder(FIRST_DAY, demand.length);
    totals.add(FIRST_DAY, demand, stockOut);
    return totals.build();
  }

  /** A world of this one series, a holiday on one day, and weather on every day. */
  static Surroundings surroundings(Series series, int horizonDays, int holiday) {
    int last = series.lastDay() + horizonDays;
    DayValues holidays = DayValues.filled(FIRST_DAY, last + EventDays.FAR, 0);
    holidays.set(FIRST_DAY + holiday, 1);
    KnownWeather.Builder warm = new KnownWeather.Builder(FIRST_DAY, last, horizonDays);
    for (int day = FIRST_DAY; day <= last; day++) {
      warm.observed(day, 25, 25, 25);
    }
    EventDays none = EventDays.of(DayValues.filled(FIRST_DAY, last + EventDays.FAR, 0));
    return new Surroundings(
        series.lastDay(),
        true,
        Map.of("s1", "SP"),
        Map.of("ALL", EventDays.of(holidays)),
        Map.of("ALL", none),
        Map.of("s1", warm.build()),
        Map.of(),
        KnownTrends.NONE,
        Map.of("c1", series.product()),
        Map.of(Surroundings.priceBand(series.attributes()), series.product()),
        Map.of(),
        Map.of("s1", series.product()),
        series.product(),
        Similar.NOTHING);
  }

  static float[] features(Series series, Surroundings surroundings, int origin, int horizon) {
    float[] row = new float[Feature.COUNT];
    new SeriesOrigin(new SeriesWindow(series), surroundings, FIRST_DAY + origin, 7)
        .write(horizon, row, 0);
    return row;
  }
}
