package com.posmodern.ai.source.sample;

import com.posmodern.ai.source.sample.Noise.Topic;
import com.posmodern.ai.source.sample.Retailer.Category;
import com.posmodern.ai.source.sample.Retailer.Persona;
import java.util.SplittableRandom;

/**
 * One person: a persona with variations of their own.
 *
 * @param firstDay first day with us, negative for those who were there before
 * @param shares of the lines by category
 * @param staples products bought again and again
 * @param changesOn day from which the person shops like another one, see {@link #changed}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record Shopper(
    long number,
    int persona,
    int taste,
    int homeStore,
    int firstDay,
    int lastDay,
    double visitsPerDay,
    double basketLines,
    double hour,
    double promotionAffinity,
    double onlineShare,
    double[] shares,
    int[] staples,
    int changesOn) {

  private static final double JOINED_LATER = 0.18;
  private static final double LOST = 0.04;
  private static final double CHANGED = 0.06;

  /** Numbers of those whose habits somebody takes over; no shopper's own. */
  private static final long OTHERS = 1L << 40;

  private static final int STAPLES = 12;
  private static final double STAPLE_PULL = 7;
  private static final double DAYS_PER_YEAR = 365;

  static Shopper of(World world, long number) {
    SplittableRandom random = Noise.stream(world.settings.seed(), Topic.SHOPPER, number);
    Retailer retailer = world.retailer;
    double[] personaShares = retailer.personas().stream().mapToDouble(Persona::share).toArray();
    int personaIndex = Noise.pick(random, personaShares, personaShares.length);
    Persona persona = retailer.personas().get(personaIndex);
    int taste = random.nextInt(world.settings.tasteClusters());
    double[] sizes = new double[world.settings.stores()];
    for (int store = 0; store < sizes.length; store++) {
      sizes[store] = retailer.city(store).size();
    }
    int home = Noise.pick(random, sizes, sizes.length);
    int days = world.settings.days();
    int joined =
        random.nextDouble() < JOINED_LATER ? random.nextInt(days) : -1 - random.nextInt(1200);
    // Nobody is a customer of a store before it opens.
    int firstDay = Math.max(joined, Math.max(-1200, world.lives.openedOn()[home]));
    int lastDay = random.nextDouble() < LOST ? Math.max(firstDay, random.nextInt(days)) : days - 1;
    double[] shares = shares(world, persona, taste, random);
    return new Shopper(
        number,
        personaIndex,
        taste,
        home,
        firstDay,
        lastDay,
        persona.visitsPerYear() / DAYS_PER_YEAR * Noise.spread(random, 0.22),
        persona.basketLines() * Noise.spread(random, 0.15),
        persona.hour() + 0.7 * Noise.normal(random),
        persona.promotionAffinity() * Noise.spread(random, 0.2),
        Math.min(0.97, persona.onlineShare() * Noise.spread(random, 0.15)),
        shares,
        staples(world, taste, shares, random),
        changesOn(world, number));
  }

  private static int changesOn(World world, long number) {
    SplittableRandom random = Noise.stream(world.settings.seed(), Topic.HABIT, number);
    double when = 0.25 + 0.5 * random.nextDouble();
    return random.nextDouble() < CHANGED ? (int) (when * world.settings.days()) : Product.NEVER;
  }

  /** The same person with the persona, tastes and staples of another: a child, a diet, a job. */
  Shopper changed(World world) {
    Shopper other = of(world, OTHERS + number);
    return new Shopper(
        number,
        other.persona,
        other.taste,
        homeStore,
        firstDay,
        lastDay,
        other.visitsPerDay,
        other.basketLines,
        other.hour,
        other.promotionAffinity,
        other.onlineShare,
        other.shares,
        other.staples,
        Product.NEVER);
  }

  boolean hasCard(World world) {
    return number < world.settings.customers();
  }

  /** The shopper's own factor on every product, into the buffer. */
  void likes(World world, float[] buffer) {
    System.arraycopy(world.taste.products()[taste], 0, buffer, 0, buffer.length);
    for (int staple : staples) {
      buffer[staple] *= (float) STAPLE_PULL;
    }
  }

  double expectedVisits(World world, int day) {
    Persona who = world.retailer.personas().get(persona);
    return visitsPerDay
        * who.weekdays().get(world.weekdays[day])
        * world.traffic[homeStore].visits()[day];
  }

  double expectedLines(World world) {
    double lines = 0;
    for (int day = Math.max(0, firstDay); day <= lastDay; day++) {
      lines += expectedVisits(world, day) * basketLines * world.appetite(this, homeStore, day);
    }
    return lines;
  }

  private static double[] shares(World world, Persona persona, int taste, SplittableRandom random) {
    int count = world.retailer.categories().size();
    double[] shares = new double[count];
    double total = 0;
    int c = 0;
    while (c < count) {
      String department = world.retailer.categories().get(c).department();
      int start = c;
      double sum = 0;
      while (c < count && world.retailer.categories().get(c).department().equals(department)) {
        Category category = world.retailer.categories().get(c);
        shares[c] = category.share() * world.taste.categories()[taste][c];
        sum += shares[c];
        c++;
      }
      double share = persona.departments().get(department) * Noise.spread(random, 0.2);
      for (int i = start; i < c; i++) {
        shares[i] *= share / sum;
      }
      total += share;
    }
    for (int i = 0; i < count; i++) {
      shares[i] /= total;
    }
    return shares;
  }

  private static int[] staples(World world, int taste, double[] shares, SplittableRandom random) {
    int[] staples = new int[STAPLES];
    double[] weights = new double[world.shelf.size()];
    for (int i = 0; i < STAPLES; i++) {
      int c = Noise.pick(random, shares, shares.length);
      int start = world.shelf.start(c);
      int size = world.shelf.end(c) - start;
      for (int p = 0; p < size; p++) {
        weights[p] =
            world.shelf.products().get(start + p).popularity()
                * world.taste.products()[taste][start + p];
      }
      staples[i] = start + Noise.pick(random, weights, size);
    }
    return staples;
  }
}
