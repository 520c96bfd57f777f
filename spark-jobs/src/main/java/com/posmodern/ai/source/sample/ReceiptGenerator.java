package com.posmodern.ai.source.sample;

import com.posmodern.ai.source.sample.Leaflets.Promotion;
import com.posmodern.ai.source.sample.Noise.Topic;
import com.posmodern.ai.source.sample.Retailer.Affinity;
import com.posmodern.ai.source.sample.Retailer.Persona;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Plays a shopper's visits from the first to the last day and books what they buy. */
final class ReceiptGenerator {
  private static final double VISITS_NEIGHBOUR = 0.15;
  private static final double ONLINE_DELIVERED = 0.4;
  private static final double HOUR_SPREAD = 1.1;
  private static final double OPENS = 7;
  private static final double CLOSES = 22;
  private static final double ONLINE_CLOSES = 23.9;
  private static final int VISITS_PER_SHOPPER = 1 << 20;
  private static final int[] BULK = {1, 1, 1, 2, 2, 3, 4, 6, 12};
  private static final double GOES_ELSEWHERE = 0.3;
  private static final double SUBSTITUTES = 0.5;
  private static final double SECOND_UNIT = 0.18;
  private static final double MULTI_BUY_SECOND_UNIT = 0.6;

  private final World world;
  private final float[] likes;
  private final double[] weights;
  private final int[] partners;
  private final double[] partnerStrength;
  private final boolean[] inBasket;

  private SplittableRandom random;
  private Shopper shopper;
  private List<SaleLine> lines;
  private int visits;

  ReceiptGenerator(World world) {
    this.world = world;
    int products = world.shelf.size();
    likes = new float[products];
    weights = new double[Math.max(products, world.retailer.categories().size())];
    inBasket = new boolean[products];
    partners = new int[products];
    partnerStrength = new double[products];
    for (Affinity affinity : world.retailer.affinities()) {
      link(affinity);
    }
  }

  /** Every line of one shopper, in order of time. */
  List<SaleLine> of(Shopper who) {
    shopper = who;
    random = Noise.stream(world.settings.seed(), Topic.VISITS, who.number());
    lines = new ArrayList<>();
    visits = 0;
    who.likes(world, likes);
    int from = Math.max(0, who.firstDay());
    for (int day = from; day <= who.lastDay(); day++) {
      if (day == Math.max(from, who.changesOn())) {
        shopper = who.changed(world);
        shopper.likes(world, likes);
      }
      int count = Noise.poisson(random, shopper.expectedVisits(world, day) * world.visitScale);
      for (int i = 0; i < count; i++) {
        visit(day);
      }
    }
    return lines;
  }

  /** Partner of a product, or -1. */
  int partner(int product) {
    return partnerStrength[product] > 0 ? partners[product] : -1;
  }

  double partnerStrength(int product) {
    return partnerStrength[product];
  }

  /** Each product of the one category gets a partner among the better half of the other. */
  private void link(Affinity affinity) {
    int from = world.retailer.categoryIndex(affinity.category());
    int to = world.retailer.categoryIndex(affinity.with());
    int start = world.shelf.start(to);
    int size = world.shelf.end(to) - start;
    for (int p = world.shelf.start(from); p < world.shelf.end(from); p++) {
      partners[p] =
          start + (int) (Noise.uniform(world.settings.seed(), Topic.TASTE, p, from, to) * size);
      partnerStrength[p] = affinity.strength();
    }
  }

  private void visit(int day) {
    Persona persona = world.retailer.personas().get(shopper.persona());
    boolean online = random.nextDouble() < shopper.onlineShare();
    int store = open(online ? shopper.homeStore() : chooseStore(), day);
    if (store < 0) {
      return;
    }
    String channel =
        !online ? "store" : random.nextDouble() < ONLINE_DELIVERED ? "delivery" : "online";
    double hour = shopper.hour() + HOUR_SPREAD * Noise.normal(random);
    double local = Math.min(Math.max(hour, OPENS), online ? ONLINE_CLOSES : CLOSES - 0.01);
    long second = Math.min(86_399, (long) (local * 3600) + random.nextInt(600));
    long soldAt =
        (world.settings.firstDate().toEpochDay() + day) * 86_400
            + second
            - world.offsets[store][day];
    long receipt =
        Noise.mix(world.settings.seed() * 31 + shopper.number() * VISITS_PER_SHOPPER + visits);
    visits++;
    int first = lines.size();
    double appetite = world.appetite(shopper, store, day);
    int count = Noise.poisson(random, shopper.basketLines() * appetite);
    boolean returns = first > 0 && random.nextDouble() < persona.returnRate();
    for (int i = 0; i < count; i++) {
      int product = inStock(choose(store, day), store, day);
      if (product >= 0) {
        book(receipt, first, store, product, day, soldAt, channel);
        int partner = partner(product);
        if (partner >= 0 && random.nextDouble() < partnerStrength[product]) {
          book(receipt, first, store, partner, day, soldAt, channel);
        }
      }
    }
    for (int i = first; i < lines.size(); i++) {
      inBasket[lines.get(i).product()] = false;
    }
    if (returns) {
      giveBack(receipt, first, store, soldAt, channel);
    }
  }

  private int chooseStore() {
    List<Integer> neighbours = world.neighbours.get(shopper.homeStore());
    boolean away = !neighbours.isEmpty() && random.nextDouble() < VISITS_NEIGHBOUR;
    return away ? neighbours.get(random.nextInt(neighbours.size())) : shopper.homeStore();
  }

  /** The store, or where one goes when it is shut; -1 for home. */
  private int open(int store, int day) {
    if (world.lives.isOpen(store, day)) {
      return store;
    }
    int other = chooseStore();
    boolean goes = random.nextDouble() < GOES_ELSEWHERE && world.lives.isOpen(other, day);
    return goes ? other : -1;
  }

  /** What is taken in place of a product that is sold out; -1 for nothing. */
  private int inStock(int product, int store, int day) {
    if (product < 0 || !world.stockOuts.at(store, product, day)) {
      return product;
    }
    int category = world.shelf.products().get(product).category();
    return random.nextDouble() < SUBSTITUTES ? chooseOf(category, store, day) : -1;
  }

  private int choose(int store, int day) {
    float[] factors = world.field.categoryFactors(store, day);
    for (int c = 0; c < factors.length; c++) {
      weights[c] = shopper.shares()[c] * factors[c];
    }
    return chooseOf(Noise.pick(random, weights, factors.length), store, day);
  }

  private int chooseOf(int category, int store, int day) {
    float[] pulls = world.field.pulls(store, day);
    int start = world.shelf.start(category);
    int size = world.shelf.end(category) - start;
    for (int i = 0; i < size; i++) {
      int p = start + i;
      double weight = pulls[p] * likes[p];
      boolean promoted = weight > 0 && world.plan.at(store, p, day) != null;
      weights[i] = promoted ? weight * shopper.promotionAffinity() : weight;
    }
    int found = Noise.pick(random, weights, size);
    return found < 0 ? found : start + found;
  }

  /** Books the product unless it is sold out, not on this shelf, or in the basket already. */
  private void book(
      long receipt, int first, int store, int p, int day, long soldAt, String channel) {
    if (inBasket[p] || world.field.pulls(store, day)[p] <= 0 || world.stockOuts.at(store, p, day)) {
      return;
    }
    inBasket[p] = true;
    Product product = world.shelf.products().get(p);
    Promotion promotion = world.plan.at(store, p, day);
    boolean multiBuy = promotion != null && promotion.mechanic().equals("multi_buy");
    long thousandths = quantity(product, multiBuy);
    long cents = product.cents()[day];
    boolean rewarded = promotion != null && (!multiBuy || thousandths >= 2000);
    long discount =
        rewarded ? Math.round(cents * thousandths / 1000.0 * promotion.percent() / 100) : 0;
    lines.add(
        new SaleLine(
            receipt,
            lines.size() - first + 1,
            store,
            p,
            shopper.number(),
            soldAt,
            thousandths,
            cents,
            discount,
            rewarded ? promotion.id() : null,
            channel));
  }

  private long quantity(Product product, boolean multiBuy) {
    if (product.bulk()) {
      return 1000L * BULK[random.nextInt(BULK.length)];
    }
    if (product.byWeight()) {
      return Math.max(50, Math.round(850 * Noise.spread(random, 0.5)));
    }
    double more = random.nextDouble();
    if (more < (multiBuy ? MULTI_BUY_SECOND_UNIT : SECOND_UNIT)) {
      return more < 0.04 ? 3000 : 2000;
    }
    return 1000;
  }

  /** Takes back one of the lines bought before, at the price paid. */
  private void giveBack(long receipt, int first, int store, long soldAt, String channel) {
    SaleLine bought = lines.get(Math.max(0, first - 1 - random.nextInt(Math.min(first, 10))));
    if (bought.thousandths() < 0) {
      return;
    }
    long net = bought.cents() - Math.round(1000.0 * bought.discountCents() / bought.thousandths());
    lines.add(
        new SaleLine(
            receipt,
            lines.size() - first + 1,
            store,
            bought.product(),
            shopper.number(),
            soldAt,
            -bought.thousandths(),
            Math.max(1, net),
            0,
            null,
            channel));
  }
}
