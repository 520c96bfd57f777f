package com.posmodern.ai.source.sample;

import com.posmodern.ai.source.sample.Noise.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is planted for the detection of anomalies to find: in a store and week at most one thing,
 * drawn apart from the sales, which without it are the same.
 */
final class Anomalies {
  /** In place of a category or product: all of them. */
  static final int ALL = -1;

  private static final int WEEK = 7;
  private static final int HOUR = 3600;
  private static final long DAY = 86_400;

  /** Fewer lines a day leave nothing to see. */
  private static final double FEWEST_LINES = 4;

  /** Less revenue a day, in cents, is not worth a look. */
  private static final double LEAST_CENTS = 15_000;

  private static final int NORMAL_DAYS = 9;

  private static final double OF_CATEGORY = 0.5;
  private static final double SOLD_ALL_THE_SAME = 0.1;
  private static final double RETURNED = 0.5;
  private static final double DISCOUNTED = 0.7;
  private static final double DISCOUNT = 0.5;
  private static final int DECIMAL = 10;

  private final World world;
  private final List<Planted> planted = new ArrayList<>();

  /** By store and week. */
  private final Map<Integer, Planted> byWeek = new HashMap<>();

  private Anomalies(World world) {
    this.world = world;
  }

  /** What can go wrong in a store. */
  enum Kind {
    /** A product sells several times as much, at its usual price. */
    SPIKE(1, 3),
    /** A product or a category hardly sells, though there is stock. */
    DROP(2, 4),
    /** The tills stop at some hour of the day. */
    OFFLINE(1, 1),
    /** Every second line of a category is taken back on the same day. */
    RETURN_BURST(1, 2),
    /** A product is sold at ten times or a tenth of its price. */
    PRICE_ERROR(1, 3),
    /** Half the price is given away on a category's lines, without a promotion. */
    PHANTOM_DISCOUNT(1, 2);

    private final int fewestDays;
    private final int mostDays;

    Kind(int fewestDays, int mostDays) {
      this.fewestDays = fewestDays;
      this.mostDays = mostDays;
    }
  }

  /**
   * One of them.
   *
   * @param category {@link #ALL} of a whole store
   * @param product {@link #ALL} of a whole category
   * @param size of a spike the factor, of an offline store the hour, of a price error over or under
   *     one
   */
  record Planted(
      Kind kind, int store, int category, int product, int firstDay, int lastDay, int size) {

    boolean holds(SaleLine line, int day, World world) {
      return day >= firstDay
          && day <= lastDay
          && (product == ALL || product == line.product())
          && (category == ALL || category == world.shelf.products().get(line.product()).category());
    }
  }

  static Anomalies of(World world) {
    Anomalies all = new Anomalies(world);
    for (int store = 0; store < world.settings.stores(); store++) {
      for (int week = 0; (week + 1) * WEEK <= world.settings.days(); week++) {
        SplittableRandom random = Noise.stream(world.settings.seed(), Topic.ANOMALY, store, week);
        boolean opened = week * WEEK >= world.lives.openedOn()[store];
        if (opened && random.nextDouble() < world.settings.anomalies()) {
          Planted one = all.plant(store, week, random);
          all.planted.add(one);
          all.byWeek.put(all.key(store, week), one);
        }
      }
    }
    return all;
  }

  List<Planted> planted() {
    return planted;
  }

  /** The lines as the tills would have sent them. */
  List<SaleLine> change(List<SaleLine> lines) {
    if (planted.isEmpty()) {
      return lines;
    }
    List<SaleLine> changed = new ArrayList<>();
    for (SaleLine line : lines) {
      int day = day(world, line);
      long local = line.soldAt() + world.offsets[line.store()][day];
      Planted here = byWeek.get(key(line.store(), day / WEEK));
      if (here == null || line.thousandths() < 0 || !here.holds(line, day, world)) {
        changed.add(line);
      } else {
        change(here, line, (int) (local % DAY / HOUR), changed);
      }
    }
    return changed;
  }

  private void change(Planted here, SaleLine line, int hour, List<SaleLine> changed) {
    SplittableRandom random =
        Noise.stream(world.settings.seed(), Topic.ANOMALY, line.receipt(), line.lineNo());
    switch (here.kind()) {
      case SPIKE -> {
        for (int copy = 0; copy < here.size(); copy++) {
          changed.add(copy == 0 ? line : with(line, copy, line.thousandths(), line.cents()));
        }
      }
      case DROP -> {
        if (random.nextDouble() < SOLD_ALL_THE_SAME) {
          changed.add(line);
        }
      }
      case OFFLINE -> {
        if (hour < here.size()) {
          changed.add(line);
        }
      }
      case RETURN_BURST -> {
        changed.add(line);
        if (random.nextDouble() < RETURNED) {
          long net = line.cents() - Math.round(1000.0 * line.discountCents() / line.thousandths());
          changed.add(with(line, 1, -line.thousandths(), Math.max(1, net)));
        }
      }
      case PRICE_ERROR -> {
        long cents = here.size() > 0 ? line.cents() * DECIMAL : Math.max(1, line.cents() / DECIMAL);
        changed.add(priced(line, cents, line.discountCents() * cents / line.cents()));
      }
      case PHANTOM_DISCOUNT -> {
        boolean given = line.promotionId() == null && random.nextDouble() < DISCOUNTED;
        changed.add(
            given
                ? priced(
                    line,
                    line.cents(),
                    Math.round(line.cents() * line.thousandths() / 1000.0 * DISCOUNT))
                : line);
      }
    }
  }

  private Planted plant(int store, int week, SplittableRandom random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    int days = kind.fewestDays + random.nextInt(kind.mostDays - kind.fewestDays + 1);
    int first = week * WEEK + random.nextInt(WEEK - days + 1);
    int last = first + days - 1;
    int product = product(store, first, random);
    int category = world.shelf.products().get(product).category();
    return switch (kind) {
      case SPIKE -> new Planted(kind, store, category, product, first, last, 3 + random.nextInt(3));
      case DROP ->
          new Planted(
              kind,
              store,
              category,
              random.nextDouble() < OF_CATEGORY ? ALL : product,
              first,
              last,
              0);
      case OFFLINE -> new Planted(kind, store, ALL, ALL, first, last, 9 + random.nextInt(6));
      case RETURN_BURST, PHANTOM_DISCOUNT ->
          new Planted(kind, store, category, ALL, first, last, 0);
      case PRICE_ERROR ->
          new Planted(kind, store, category, product, first, last, random.nextInt(2));
    };
  }

  /** One of the products that sell enough, else the one that sells most. */
  private int product(int store, int day, SplittableRandom random) {
    List<Integer> enough = new ArrayList<>();
    int best = 0;
    double most = -1;
    for (Product product : world.shelf.products()) {
      // On a single day a promotion may make it look larger than it is.
      double lines = Double.MAX_VALUE;
      for (int back = 0; back <= 2; back++) {
        int before = Math.max(0, day - back * NORMAL_DAYS);
        lines =
            Math.min(
                lines,
                world.field.pulls(store, before)[product.index()] > 0
                    ? world.velocity(store, product, before)
                    : 0);
      }
      if (lines >= FEWEST_LINES && lines * product.cents()[day] >= LEAST_CENTS) {
        enough.add(product.index());
      }
      if (lines > most) {
        most = lines;
        best = product.index();
      }
    }
    return enough.isEmpty() ? best : enough.get(random.nextInt(enough.size()));
  }

  private int key(int store, int week) {
    return store * world.settings.days() + week;
  }

  /** Store-local day of history; the offset of a day changes none of its dates. */
  static int day(World world, SaleLine line) {
    long first = world.settings.firstDate().toEpochDay();
    int day = (int) (line.soldAt() / DAY - first);
    int[] offsets = world.offsets[line.store()];
    int near = Math.max(0, Math.min(day, offsets.length - 1));
    return (int) Math.floorDiv(line.soldAt() + offsets[near] - first * DAY, DAY);
  }

  /** The line once more, on a receipt of its own. */
  private static SaleLine with(SaleLine line, int copy, long thousandths, long cents) {
    return new SaleLine(
        Noise.mix(line.receipt() + 1_000_003L * line.lineNo() + copy),
        1,
        line.store(),
        line.product(),
        line.shopper(),
        line.soldAt(),
        thousandths,
        cents,
        thousandths < 0 ? 0 : line.discountCents(),
        thousandths < 0 ? null : line.promotionId(),
        line.channel());
  }

  private static SaleLine priced(SaleLine line, long cents, long discountCents) {
    return new SaleLine(
        line.receipt(),
        line.lineNo(),
        line.store(),
        line.product(),
        line.shopper(),
        line.soldAt(),
        line.thousandths(),
        cents,
        discountCents,
        line.promotionId(),
        line.channel());
  }
}
