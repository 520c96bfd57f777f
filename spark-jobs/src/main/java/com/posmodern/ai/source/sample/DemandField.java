package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Leaflets.Promotion;
import com.posmodern.ai.source.sample.Noise.Topic;
import com.posmodern.ai.source.sample.Retailer.Category;
import java.util.SplittableRandom;

/**
 * What pulls at shoppers in every store on every day of history, before their own taste.
 *
 * <p>A product's pull is its popularity times independent factors: life cycle, price, promotion and
 * a slow random shock, and some shift for good ({@link LevelShifts}). A promotion takes a part of
 * what it brings from the rest of its category ({@link Cannibalisation}). A category's factor is
 * season, weather, weekday and events times the sum of its products' pulls, so that each planted
 * factor comes out as such in the sales.
 */
final class DemandField {
  private static final double DEGREES = 5;
  private static final double PERSISTENCE = 0.9;
  private static final double PRODUCT_SHOCK = 0.15;
  private static final double CATEGORY_SHOCK = 0.08;
  private static final double ALWAYS_STOCKED = 0.4;
  private static final double STOCKED = 0.85;
  private static final int FRIDAY = 4;

  private final SampleSettings settings;
  private final Retailer retailer;
  private final Shelf shelf;
  private final Leaflets plan;
  private final Weather[] weather;
  private final Traffic[] traffic;
  private final int[] weekdays;
  private final LevelShifts shifts;
  private final boolean[][] stocked;
  private final float[][] pulls;
  private final float[][] categoryFactors;

  DemandField(
      SampleSettings settings,
      Retailer retailer,
      Shelf shelf,
      Leaflets plan,
      Weather[] weather,
      Traffic[] traffic,
      int[] weekdays,
      LevelShifts shifts) {
    this.settings = settings;
    this.retailer = retailer;
    this.shelf = shelf;
    this.plan = plan;
    this.weather = weather;
    this.traffic = traffic;
    this.weekdays = weekdays;
    this.shifts = shifts;
    stocked = new boolean[settings.stores()][shelf.size()];
    pulls = new float[settings.stores() * settings.days()][shelf.size()];
    categoryFactors = new float[settings.stores() * settings.days()][retailer.categories().size()];
    fill();
  }

  /** Pull of each product; zero for what is not on the shelf. */
  float[] pulls(int store, int day) {
    return pulls[store * settings.days() + day];
  }

  float[] categoryFactors(int store, int day) {
    return categoryFactors[store * settings.days() + day];
  }

  boolean stocked(int store, int product) {
    return stocked[store][product];
  }

  private void fill() {
    double[] popularity = new double[retailer.categories().size()];
    for (Product product : shelf.products()) {
      popularity[product.category()] += product.popularity();
      boolean everywhere = shelf.rank(product) < ALWAYS_STOCKED;
      for (int store = 0; store < settings.stores(); store++) {
        stocked[store][product.index()] =
            everywhere
                || Noise.uniform(settings.seed(), Topic.PRODUCT, product.index(), store, 2)
                    < STOCKED;
      }
    }
    SplittableRandom random = Noise.stream(settings.seed(), Topic.SHOCK);
    double[] productShocks = new double[shelf.size()];
    double[][] categoryShocks = new double[settings.stores()][popularity.length];
    for (int day = 0; day < settings.days(); day++) {
      move(productShocks, PRODUCT_SHOCK, random);
      double[] chain = chainPulls(day, productShocks);
      for (int store = 0; store < settings.stores(); store++) {
        move(categoryShocks[store], CATEGORY_SHOCK, random);
        fillStore(store, day, chain, categoryShocks[store], popularity);
      }
    }
  }

  private void fillStore(int store, int day, double[] chain, double[] shocks, double[] popularity) {
    float[] row = pulls(store, day);
    double[] lifts = new double[row.length];
    for (int p = 0; p < row.length; p++) {
      Promotion promotion = stocked[store][p] && chain[p] > 0 ? plan.at(store, p, day) : null;
      lifts[p] = promotion == null ? 1 : promotion.lift();
      row[p] = stocked[store][p] ? (float) (chain[p] * lifts[p]) : 0;
    }
    float[] factors = categoryFactors(store, day);
    for (int c = 0; c < factors.length; c++) {
      Cannibalisation.take(row, lifts, shelf.start(c), shelf.end(c));
      double sum = 0;
      for (int p = shelf.start(c); p < shelf.end(c); p++) {
        sum += row[p];
      }
      double shock = Math.exp(shocks[c]);
      factors[c] = (float) (plantedFactor(store, c, day) * shock * sum / popularity[c]);
    }
  }

  /** First-order autoregression with that standard deviation. */
  private static void move(double[] states, double deviation, SplittableRandom random) {
    double innovation = deviation * Math.sqrt(1 - PERSISTENCE * PERSISTENCE);
    for (int i = 0; i < states.length; i++) {
      states[i] = PERSISTENCE * states[i] + innovation * Noise.normal(random);
    }
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
    shifts.apply(chain, day);
    return chain;
  }

  private double plantedFactor(int store, int c, int day) {
    Category category = retailer.categories().get(c);
    int dayOfYear = settings.firstDate().plusDays(day).getDayOfYear();
    boolean weekend = weekdays[day] >= FRIDAY;
    return Math.exp(
            category.summer() * Weather.wave(dayOfYear, 20)
                + category.heat() * weather[store].deviation[day] / DEGREES
                + (weekend ? category.weekend() / 2 : -category.weekend() / 4))
        * traffic[store].pulls()[day][c];
  }
}
