package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Noise.Topic;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The leaflets: every second Thursday some products go on promotion for one or two weeks.
 *
 * @param promotions all, in the order of their number
 * @param numbers number of the promotion of each product and day; {@link #NONE} without one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record Leaflets(List<Promotion> promotions, int[][] numbers) {
  static final int NONE = -1;
  private static final int ALL_STORES = -1;
  private static final int PERIOD = 14;
  private static final double CHANCE = 0.10;
  private static final double ONE_STORE = 0.12;
  private static final double LATE = 0.15;
  private static final int DAYS_AHEAD = 42;
  private static final int DAYS_AHEAD_WHEN_LATE = 7;
  private static final int[] PERCENTS = {10, 15, 20, 20, 25, 30, 40};

  /**
   * @param store index, or -1 for every store
   * @param announcedDay day from which the retailer's systems know it; some are added late
   * @param lift factor on the product's demand, planted
   */
  record Promotion(
      String id,
      int product,
      int store,
      int firstDay,
      int lastDay,
      int announcedDay,
      int percent,
      String mechanic,
      double lift) {

    boolean holdsIn(int anyStore) {
      return store == ALL_STORES || store == anyStore;
    }
  }

  static Leaflets of(SampleSettings settings, Shelf shelf, int calendarDays) {
    int[][] numbers = new int[shelf.size()][calendarDays];
    List<Promotion> promotions = new ArrayList<>();
    LocalDate first = settings.firstDate();
    int thursday =
        Math.floorMod(DayOfWeek.THURSDAY.getValue() - first.getDayOfWeek().getValue(), 7);
    for (Product product : shelf.products()) {
      Arrays.fill(numbers[product.index()], NONE);
      for (int start = thursday; start < calendarDays; start += PERIOD) {
        SplittableRandom random =
            Noise.stream(settings.seed(), Topic.PROMOTION, product.index(), start);
        if (random.nextDouble() < CHANCE && product.soldOn(start)) {
          Promotion promotion = promotion(settings, product, start, calendarDays, random);
          for (int day = promotion.firstDay(); day <= promotion.lastDay(); day++) {
            numbers[product.index()][day] = promotions.size();
          }
          promotions.add(promotion);
        }
      }
    }
    return new Leaflets(List.copyOf(promotions), numbers);
  }

  /** The promotion of a product in a store on a day, or null. */
  Promotion at(int store, int product, int day) {
    int number = numbers[product][day];
    if (number == NONE) {
      return null;
    }
    Promotion promotion = promotions.get(number);
    return promotion.holdsIn(store) ? promotion : null;
  }

  private static Promotion promotion(
      SampleSettings settings,
      Product product,
      int start,
      int calendarDays,
      SplittableRandom random) {
    int length = random.nextDouble() < 0.6 ? 7 : 14;
    int percent = PERCENTS[random.nextInt(PERCENTS.length)];
    double kind = random.nextDouble();
    String mechanic = kind < 0.8 ? "price_cut" : kind < 0.95 ? "multi_buy" : "bundle";
    int store = random.nextDouble() < ONE_STORE ? random.nextInt(settings.stores()) : ALL_STORES;
    int last = Math.min(start + length - 1, calendarDays - 1);
    int ahead = random.nextDouble() < LATE ? DAYS_AHEAD_WHEN_LATE : DAYS_AHEAD;
    String id =
        "PR%s-%d%s%s%s"
            .formatted(
                settings.firstDate().plusDays(start).format(DateTimeFormatter.BASIC_ISO_DATE),
                percent,
                mechanic.substring(0, 1).toUpperCase(Locale.ROOT),
                length == 7 ? "" : "L",
                store == ALL_STORES ? "" : "-" + World.storeId(store));
    return new Promotion(
        id,
        product.index(),
        store,
        start,
        Math.min(last, product.goneDay()),
        start - ahead,
        percent,
        mechanic,
        1 + product.sensitivity() * percent / 100.0);
  }
}
