package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.BrazilianCalendar.Event;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Everything smaller than the customers, derived from the settings alone; built once per JVM. */
final class World {
  private static final int DAYS_BEYOND_HORIZON = 7;
  private static final int CALENDAR_DAYS_AHEAD = 400;
  private static final int PILOT_SHOPPERS = 500;
  private static World latest;

  final SampleSettings settings;
  final Retailer retailer;
  final Shelf shelf;
  final Leaflets plan;
  final StockOuts stockOuts;
  final LevelShifts shifts;
  final StoreLives lives;
  final Weather[] weather;
  final Traffic[] traffic;
  final List<Event> events;
  final Taste taste;
  final DemandField field;
  final Anomalies anomalies;

  /** Seconds to add to UTC, by store and day of history. */
  final int[][] offsets;

  /** Monday is 0, by day of the calendar. */
  final int[] weekdays;

  /** Stores of the same region, by store: where its customers also shop. */
  final List<List<Integer>> neighbours;

  /** Factor on everybody's visits that makes the lake as large as asked for. */
  final double visitScale;

  private World(SampleSettings settings) {
    this.settings = settings;
    retailer = Retailer.read();
    int ahead = Math.max(settings.horizonDays(), WeatherForecasts.LEADS);
    int days = settings.days() + ahead + DAYS_BEYOND_HORIZON;
    LocalDate first = settings.firstDate();
    shelf = Shelf.of(settings, retailer, days);
    plan = Leaflets.of(settings, shelf, days);
    stockOuts = StockOuts.of(settings, shelf, plan);
    shifts = LevelShifts.of(settings);
    lives = StoreLives.of(settings);
    events =
        BrazilianCalendar.between(
            first.minusDays(30), settings.lastDate().plusDays(CALENDAR_DAYS_AHEAD));
    weekdays = new int[days];
    for (int day = 0; day < days; day++) {
      weekdays[day] = first.plusDays(day).getDayOfWeek().getValue() - 1;
    }
    weather = new Weather[settings.stores()];
    traffic = new Traffic[settings.stores()];
    offsets = new int[settings.stores()][];
    neighbours = new ArrayList<>();
    for (int store = 0; store < settings.stores(); store++) {
      weather[store] = Weather.of(settings.seed(), store, retailer.city(store), first, days);
      traffic[store] = Traffic.of(settings, retailer, events, weather[store], store, days);
      offsets[store] = offsets(ZoneId.of(retailer.city(store).timeZone()));
      neighbours.add(sameRegion(store));
    }
    taste = Taste.of(settings, retailer, shelf);
    field = new DemandField(settings, retailer, shelf, plan, weather, traffic, weekdays, shifts);
    visitScale = settings.salesLines() / expectedLines();
    anomalies = Anomalies.of(this);
  }

  /** The world of these settings; the latest one is kept. */
  static synchronized World of(SampleSettings settings) {
    if (latest == null || !latest.settings.equals(settings)) {
      latest = new World(settings);
    }
    return latest;
  }

  static String storeId(int store) {
    return "S%02d".formatted(store + 1);
  }

  static String customerId(long shopper) {
    return "C%07d".formatted(shopper + 1);
  }

  /** Members of the loyalty programme first, then those without a card. */
  long shoppers() {
    return Math.round(settings.customers() / (1 - settings.anonymousShare()));
  }

  /** Sum of the categories' factors, weighted by the shopper's shares. */
  double appetite(Shopper shopper, int store, int day) {
    float[] factors = field.categoryFactors(store, day);
    double sum = 0;
    for (int c = 0; c < factors.length; c++) {
      sum += shopper.shares()[c] * factors[c];
    }
    return sum;
  }

  /**
   * Expected lines per day of a product in a store at the end of history; 0 when it is not sold.
   */
  double velocity(int store, Product product) {
    return velocity(store, product, settings.days() - 1);
  }

  /** The same on a day of history. */
  double velocity(int store, Product product, int day) {
    double sizes = 0;
    for (int other = 0; other < settings.stores(); other++) {
      sizes += retailer.city(other).size();
    }
    float[] pulls = field.pulls(store, day);
    double sum = 0;
    for (int p = shelf.start(product.category()); p < shelf.end(product.category()); p++) {
      sum += pulls[p];
    }
    return sum == 0
        ? 0
        : (double) settings.salesLines()
            / settings.days()
            * retailer.city(store).size()
            / sizes
            * retailer.categoryShare(product.category())
            * pulls[product.index()]
            / sum;
  }

  private int[] offsets(ZoneId zone) {
    int[] seconds = new int[settings.days()];
    for (int day = 0; day < seconds.length; day++) {
      LocalDate date = settings.firstDate().plusDays(day);
      seconds[day] =
          zone.getRules()
              .getOffset(date.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC))
              .getTotalSeconds();
    }
    return seconds;
  }

  private List<Integer> sameRegion(int store) {
    List<Integer> found = new ArrayList<>();
    for (int other = 0; other < settings.stores(); other++) {
      if (other != store && retailer.city(other).region().equals(retailer.city(store).region())) {
        found.add(other);
      }
    }
    return found;
  }

  /** Lines of all shoppers at scale 1, from a pilot of some. */
  private double expectedLines() {
    int pilot = (int) Math.min(shoppers(), PILOT_SHOPPERS);
    double lines = 0;
    for (int i = 0; i < pilot; i++) {
      lines += Shopper.of(this, i * shoppers() / pilot).expectedLines(this);
    }
    return lines * shoppers() / pilot;
  }
}
