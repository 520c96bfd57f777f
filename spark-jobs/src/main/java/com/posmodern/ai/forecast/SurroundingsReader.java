package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.CALENDAR_DATE;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.REGION;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Collects the {@link Surroundings}: stores, days and categories, never anything that grows with
 * products, customers or lines.
 */
final class SurroundingsReader {
  private static final String COMMERCIAL_EVENT = "commercial_event";
  private static final char OF_CATEGORY = 'c';
  private static final char OF_PRICE_BAND = 'p';
  private static final char OF_LAUNCHES = 'l';
  private static final char OF_LAUNCHES_OF_STORE = 't';
  private static final char OF_STORE = 's';
  private static final String OF_ALL = "a";

  private final ForecastInput input;
  private final int firstDay;
  private final int asOfDay;
  private final int lastDay;

  SurroundingsReader(ForecastInput input, int historyDays, int horizonDays) {
    this.input = input;
    this.asOfDay = input.asOfDay();
    this.firstDay = asOfDay - historyDays + 1;
    this.lastDay = asOfDay + horizonDays;
  }

  Surroundings read(JavaRDD<Series> series) {
    Map<String, String> regions = new HashMap<>();
    input
        .stores()
        .select(STORE_ID, REGION)
        .collectAsList()
        .forEach(row -> regions.put(row.getString(0), row.getString(1)));
    Map<String, EventDays> holidays = events(false);
    Map<String, EventDays> commercial = events(true);
    Map<String, DailyTotals> totals = totals(series);
    return new Surroundings(
        asOfDay,
        input.promotions().isPresent(),
        regions,
        holidays,
        commercial,
        new WeatherReader(input, firstDay, lastDay).read(),
        new EventsReader(input, firstDay, lastDay).read(),
        new TrendsReader(input, firstDay - OutsideFeatures.SIGNAL_DAYS).read(),
        of(OF_CATEGORY, totals),
        of(OF_PRICE_BAND, totals),
        of(OF_LAUNCHES, totals),
        of(OF_STORE, totals),
        totals.getOrDefault(OF_ALL, new DailyTotals.Builder(firstDay, 1).build()),
        new SimilarReader(firstDay, asOfDay)
            .read(series, regions, of(OF_STORE, totals), of(OF_LAUNCHES_OF_STORE, totals)));
  }

  private static Map<String, DailyTotals> of(char kind, Map<String, DailyTotals> totals) {
    Map<String, DailyTotals> chosen = new HashMap<>();
    totals.forEach(
        (key, value) -> {
          if (key.charAt(0) == kind) {
            chosen.put(key.substring(1), value);
          }
        });
    return chosen;
  }

  private Map<String, DailyTotals> totals(JavaRDD<Series> series) {
    int first = firstDay;
    int days = asOfDay - firstDay + 1;
    List<Tuple2<String, DailyTotals.Builder>> collected =
        series
            .mapPartitionsToPair(
                all -> {
                  Map<String, DailyTotals.Builder> sums = new TreeMap<>();
                  all.forEachRemaining(
                      one -> {
                        for (String key :
                            List.of(
                                OF_CATEGORY + one.attributes().category(),
                                OF_PRICE_BAND + Surroundings.priceBand(one.attributes()),
                                OF_STORE + one.storeId(),
                                OF_ALL)) {
                          sums.computeIfAbsent(key, k -> new DailyTotals.Builder(first, days))
                              .add(one.firstDay(), one.demand(), one.stockOut());
                        }
                        addLaunch(one, sums, first, days);
                      });
                  return sums.entrySet().stream()
                      .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                      .iterator();
                })
            .reduceByKey(DailyTotals.Builder::merge)
            .collect();
    Map<String, DailyTotals> totals = new TreeMap<>();
    collected.forEach(entry -> totals.put(entry._1(), entry._2().build()));
    return totals;
  }

  /** The first weeks after the first sale, which itself says nothing about how often it sells. */
  private static void addLaunch(
      Series series, Map<String, DailyTotals.Builder> sums, int first, int days) {
    int known = Math.min(1 + LaunchForecasts.YOUNG_DAYS, series.days());
    if (known < 2 || series.firstDay() == first) {
      return;
    }
    float[] demand = Arrays.copyOfRange(series.demand(), 1, known);
    boolean[] stockOut = Arrays.copyOfRange(series.stockOut(), 1, known);
    for (String key :
        List.of(
            OF_LAUNCHES + series.attributes().category(),
            OF_LAUNCHES + Surroundings.priceBand(series.attributes()),
            OF_LAUNCHES + Surroundings.EVERYTHING,
            OF_LAUNCHES_OF_STORE + series.storeId())) {
      sums.computeIfAbsent(key, k -> new DailyTotals.Builder(first, days))
          .add(series.firstDay() + 1, demand, stockOut);
    }
  }

  /** Reaches beyond the horizon on both ends, for the distance to the next and the last one. */
  private Map<String, EventDays> events(boolean commercial) {
    int from = firstDay - EventDays.FAR;
    int to = lastDay + EventDays.FAR;
    Map<String, DayValues> days = new HashMap<>();
    days.put(Surroundings.EVERY_REGION, DayValues.filled(from, to, 0));
    Column isCommercial = col(KIND).equalTo(COMMERCIAL_EVENT);
    List<Row> rows =
        input
            .calendar()
            .map(
                calendar ->
                    calendar
                        .where(commercial ? isCommercial : isCommercial.unary_$bang())
                        .select(col(REGION), unix_date(col(CALENDAR_DATE)))
                        .where(unix_date(col(CALENDAR_DATE)).between(from, to))
                        .distinct()
                        .collectAsList())
            .orElse(List.of());
    rows.forEach(
        row ->
            days.computeIfAbsent(row.getString(0), region -> DayValues.filled(from, to, 0))
                .set(row.getInt(1), 1));
    DayValues everywhere = days.get(Surroundings.EVERY_REGION);
    Map<String, EventDays> events = new HashMap<>();
    days.forEach(
        (region, own) -> {
          for (int i = 0; i < own.values().length; i++) {
            own.values()[i] = Math.max(own.values()[i], everywhere.values()[i]);
          }
          events.put(region, EventDays.of(own));
        });
    return events;
  }
}
