package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.BrazilianCalendar.Event;
import com.posmodern.ai.source.sample.Noise.Topic;
import com.posmodern.ai.source.sample.PromotionPlan.Promotion;
import com.posmodern.ai.source.sample.Retailer.Category;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything smaller than the customers, derived from the settings alone; each JVM builds its own.
 *
 * <p>Demand of a product on a day is the product of its popularity and of independent factors, so
 * that each planted factor can be found again in the sales.
 */
final class World {
  private static final int DAYS_BEYOND_HORIZON = 7;
  private static final int CALENDAR_DAYS_AHEAD = 400;
  private static final double DEGREES = 5;
  private static final double SHOCK_PERSISTENCE = 0.9;
  private static final double SHOCK = 0.15;
  private static final double STORE_SHOCK = 0.08;
  private static final double ALWAYS_STOCKED = 0.4;
  private static final double STOCKED = 0.85;
  private static final int PILOT_SHOPPERS = 500;
  private static World latest;

  final SampleSettings settings;
  final Retailer retailer;
  final int calendarDays;
  final Shelf shelf;
  final PromotionPlan plan;
  final StockOuts stockOuts;
  final Weather[] weather;
  final Traffic[] traffic;
  final List<Event> events;
  final Taste taste;
  final int[][] offsets;

  /** Pull of each product by store and day of history, without the taste of the shopper. */
  private final float[][] pulls;

  /** Factor on the lines of each category by store and day of history. */
  private final float[][] categoryFactors;

  /** Factor on everybody's visits that makes the lake as large as asked for. */
  final double visitScale;

  private World(SampleSettings settings) {
    this.settings = settings;
    retailer = Retailer.read();
    calendarDays = settings.days() + settings.horizonDays() + DAYS_BEYOND_HORIZON;
    shelf = Shelf.of(settings, retailer, calendarDays);
    plan = PromotionPlan.of(settings, shelf, calendarDays);
    stockOuts = StockOuts.of(settings, shelf, plan);
    LocalDate first = settings.firstDate();
    events =
        BrazilianCalendar.between(
            first.minusDays(30), settings.lastDate().plusDays(CALENDAR_DAYS_AHEAD));
    weather = new Weather[settings.stores()];
    traffic = new Traffic[settings.stores()];
    offsets = new int[settings.stores()][settings.days()];
    for (int store = 0; store < settings.stores(); store++) {
      weather[store] =
          Weather.of(settings.seed(), store, retailer.city(store), first, calendarDays);
      traffic[store] = Traffic.of(settings, retailer, events, weather[store], store, calendarDays);
      ZoneId zone = ZoneId.of(retailer.city(store).timeZone());
      for (int day = 0; day < settings.days(); day++) {
        offsets[store][day] =
            zone.getRules()
                .getOffset(first.plusDays(day).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC))
                .getTotalSeconds();
      }
    }
    taste = Taste.of(settings, retailer, shelf);
    pulls = new float[settings.stores() * settings.days()][];
    categoryFactors = new float[settings.stores() * settings.days()][];
    fill();
    visitScale = settings.salesLines() / expectedLines();
  }

  /** The world of these settings; built at the first call in this JVM. */
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

  float[] pulls(int store, int day) {
    return pulls[store * settings.days() + day];
  }

  float[] categoryFactors(int store, int day) {
    return categoryFactors[store * settings.days() + day];
  }

  int dayOf(LocalDate date) {
    return (int) (date.toEpochDay() - settings.firstDate().toEpochDay());
  }

  boolean stocked(int store, Product product) {
    int start = shelf.starts()[product.category()];
    int size = shelf.starts()[product.category() + 1] - start;
    int better = 0;
    for (int p = start; p < start + size; p++) {
      if (shelf.products().get(p).popularity() > product.popularity()) {
        better++;
      }
    }
    return better < ALWAYS_STOCKED * size
        || Noise.uniform(settings.seed(), Topic.PRODUCT, product.index(), store, 2) < STOCKED;
  }

  private void fill() {
    int products = shelf.size();
    boolean[][] stocked = new boolean[settings.stores()][products];
    double[] popularity = new double[retailer.categories().size()];
    for (Product product : shelf.products()) {
      popularity[product.category()] += product.popularity();
      for (int store = 0; store < settings.stores(); store++) {
        stocked[store][product.index()] = stocked(store, product);
      }
    }
    SplittableRandom random = Noise.stream(settings.seed(), Topic.SHOCK);
    double[] shocks = new double[products];
    double[][] storeShocks = new double[settings.stores()][retailer.categories().size()];
    for (int day = 0; day < settings.days(); day++) {
      for (Product product : shelf.products()) {
        shocks[product.index()] = step(shocks[product.index()], SHOCK, random);
      }
      double[] chain = chainPulls(day, shocks);
      for (int store = 0; store < settings.stores(); store++) {
        float[] row = new float[products];
        double[] sums = new double[popularity.length];
        for (Product product : shelf.products()) {
          int p = product.index();
          if (stocked[store][p] && chain[p] > 0) {
            Promotion promotion = plan.at(store, p, day);
            row[p] = (float) (chain[p] * (promotion == null ? 1 : promotion.lift()));
            sums[product.category()] += row[p];
          }
        }
        float[] factors = new float[popularity.length];
        for (int c = 0; c < factors.length; c++) {
          storeShocks[store][c] = step(storeShocks[store][c], STORE_SHOCK, random);
          factors[c] =
              (float)
                  (categoryFactor(store, c, day)
                      * Math.exp(storeShocks[store][c])
                      * sums[c]
                      / popularity[c]);
        }
        pulls[store * settings.days() + day] = row;
        categoryFactors[store * settings.days() + day] = factors;
      }
    }
  }

  private static double step(double state, double size, SplittableRandom random) {
    double innovation = size * Math.sqrt(1 - SHOCK_PERSISTENCE * SHOCK_PERSISTENCE);
    return SHOCK_PERSISTENCE * state + innovation * Noise.normal(random);
  }

  private double[] chainPulls(int day, double[] shocks) {
    double[] chain = new double[shelf.size()];
    for (Product product : shelf.products()) {
      double maturity = product.maturity(day);
      if (maturity > 0) {
        chain[product.index()] =
            product.popularity()
                * maturity
                * Shelf.priceEffect(product, day)
                * Math.exp(shocks[product.index()]);
      }
    }
    return chain;
  }

  /** Season, weekday, weather and events; the planted factor of the category, noise apart. */
  double categoryFactor(int store, int c, int day) {
    Category category = retailer.categories().get(c);
    LocalDate date = settings.firstDate().plusDays(day);
    boolean weekend = date.getDayOfWeek().getValue() >= 5;
    return Math.exp(
            category.summer() * Weather.wave(date.getDayOfYear(), 20)
                + category.heat() * weather[store].deviation[day] / DEGREES
                + (weekend ? category.weekend() / 2 : -category.weekend() / 4))
        * traffic[store].pulls()[day][c];
  }

  /** Lines of all shoppers at scale 1, from a pilot of some. */
  private double expectedLines() {
    int pilot = (int) Math.min(shoppers(), PILOT_SHOPPERS);
    double lines = 0;
    for (int i = 0; i < pilot; i++) {
      Shopper shopper = Shopper.of(this, i * shoppers() / pilot);
      lines += shopper.expectedLines(this);
    }
    return lines * shoppers() / pilot;
  }

  /**
   * Expected lines per day of a product in a store at the end of history; 0 when it is not sold.
   */
  double velocity(int store, Product product) {
    double sizes = 0;
    for (int other = 0; other < settings.stores(); other++) {
      sizes += retailer.city(other).size();
    }
    float[] row = pulls(store, settings.days() - 1);
    double sum = 0;
    for (int p = shelf.starts()[product.category()];
        p < shelf.starts()[product.category() + 1];
        p++) {
      sum += row[p];
    }
    return sum == 0
        ? 0
        : (double) settings.salesLines()
            / settings.days()
            * retailer.city(store).size()
            / sizes
            * retailer.categoryShare(product.category())
            * row[product.index()]
            / sum;
  }

  /** Sum of the categories' factors, weighted by the shopper's shares. */
  double appetite(Shopper shopper, int store, int day) {
    float[] factors = categoryFactors(store, day);
    double sum = 0;
    for (int c = 0; c < factors.length; c++) {
      sum += shopper.shares()[c] * factors[c];
    }
    return sum;
  }

  /** Stores that somebody of this store may also visit: those of the same region. */
  List<Integer> neighbours(int store) {
    List<Integer> found = new ArrayList<>();
    for (int other = 0; other < settings.stores(); other++) {
      if (other != store && retailer.city(other).region().equals(retailer.city(store).region())) {
        found.add(other);
      }
    }
    return found;
  }
}
