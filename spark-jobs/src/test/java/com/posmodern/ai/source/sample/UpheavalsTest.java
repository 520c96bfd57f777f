package com.posmodern.ai.source.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Leaflets.Promotion;
import com.posmodern.ai.source.sample.LevelShifts.Shift;
import com.posmodern.ai.source.sample.StoreLives.Closing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What no model is told of is found in the lines: five stores, fourteen months, 80 products. */
class UpheavalsTest {
  private static final SampleSettings SETTINGS = settings(5, 0);
  private static World world;
  private static List<SaleLine> lines;

  /** Lines by store, product and day; returns left out. */
  private static int[][][] counts;

  @BeforeAll
  static void play() {
    world = World.of(SETTINGS);
    lines = lines(world);
    counts = new int[SETTINGS.stores()][SETTINGS.products()][SETTINGS.days()];
    for (SaleLine line : lines) {
      if (line.thousandths() > 0) {
        counts[line.store()][line.product()][Anomalies.day(world, line)]++;
      }
    }
  }

  private static SampleSettings settings(int stores, int lateStores) {
    return new SampleSettings(
        4, "2025-09-30", 420, stores, 80, 400, 150_000, 0.2, 0.01, 28, 6, 30, 0, lateStores);
  }

  private static List<SaleLine> lines(World world) {
    ReceiptGenerator receipts = new ReceiptGenerator(world);
    List<SaleLine> lines = new ArrayList<>();
    for (int number = 0; number < world.shoppers(); number++) {
      lines.addAll(receipts.of(Shopper.of(world, number)));
    }
    return lines;
  }

  private static double count(int product, int from, int to) {
    double sum = 0;
    for (int[][] store : counts) {
      for (int day = from; day <= to; day++) {
        sum += store[product][day];
      }
    }
    return sum;
  }

  @Test
  void thereAreAsManyLinesAsAskedFor() {
    assertThat((double) lines.size()).isCloseTo(150_000, within(0.15 * 150_000));
  }

  @Test
  void aPromotionTakesThreeTenthsOfWhatItBringsFromItsNeighbours() {
    float[] pulls = {7, 10, 5, 5, 0, 7};
    Cannibalisation.take(pulls, new double[] {2, 2, 1, 1, 1, 1}, 1, 5);
    assertThat(pulls).containsExactly(7, 10, 4.25f, 4.25f, 0, 7);

    float[] swamped = {100, 5};
    Cannibalisation.take(swamped, new double[] {20, 1}, 0, 2);
    assertThat(swamped).as("half is left at least").containsExactly(100, 2.5f);

    float[] alone = {10, 6};
    Cannibalisation.take(alone, new double[] {2, 3}, 0, 2);
    Cannibalisation.take(alone, new double[] {1, 1}, 0, 2);
    assertThat(alone).as("without neighbours or without a promotion").containsExactly(10, 6);
  }

  @Test
  void neighboursSellLessWhileAPromotionHolds() {
    double during = 0;
    double around = 0;
    for (Promotion promotion : world.plan.promotions()) {
      int length = promotion.lastDay() - promotion.firstDay() + 1;
      int category = world.shelf.products().get(promotion.product()).category();
      boolean inside = promotion.firstDay() >= 14 && promotion.lastDay() + 14 < SETTINGS.days();
      // The more popular products bring more, and take more.
      boolean popular = world.shelf.rank(world.shelf.products().get(promotion.product())) == 0;
      if (inside && popular && promotion.store() < 0) {
        for (int p = world.shelf.start(category); p < world.shelf.end(category); p++) {
          if (p != promotion.product() && isPlain(p, promotion)) {
            during += count(p, promotion.firstDay(), promotion.lastDay());
            around +=
                length
                    / 28.0
                    * (count(p, promotion.firstDay() - 14, promotion.firstDay() - 1)
                        + count(p, promotion.lastDay() + 1, promotion.lastDay() + 14));
          }
        }
      }
    }
    assertThat(around).isGreaterThan(500);
    assertThat(during / around).isBetween(0.6, 0.92);
  }

  /** Whether a product has no promotion of its own while one holds, nor in the weeks around. */
  private static boolean isPlain(int product, Promotion promotion) {
    for (int day = promotion.firstDay() - 14; day <= promotion.lastDay() + 14; day++) {
      if (world.plan.numbers()[product][day] != Leaflets.NONE) {
        return false;
      }
    }
    return true;
  }

  @Test
  void whatComesAlongWithAPromotedProductSellsMore() {
    ReceiptGenerator receipts = new ReceiptGenerator(world);
    double during = 0;
    double around = 0;
    for (Promotion promotion : world.plan.promotions()) {
      int partner = receipts.partner(promotion.product());
      boolean inside = promotion.firstDay() >= 14 && promotion.lastDay() + 14 < SETTINGS.days();
      if (partner >= 0 && inside && promotion.store() < 0) {
        int length = promotion.lastDay() - promotion.firstDay() + 1;
        during += count(partner, promotion.firstDay(), promotion.lastDay());
        around +=
            length
                / 28.0
                * (count(partner, promotion.firstDay() - 14, promotion.firstDay() - 1)
                    + count(partner, promotion.lastDay() + 1, promotion.lastDay() + 14));
      }
    }
    assertThat(around).isGreaterThan(200);
    assertThat(during / around).isGreaterThan(1.05);
  }

  @Test
  void someProductsShiftForGood() {
    assertThat(world.shifts.shifts()).hasSizeBetween(1, 10);
    Map<Double, double[]> sums = new HashMap<>();
    for (Shift shift : world.shifts.shifts()) {
      int day = shift.firstDay();
      Product product = world.shelf.products().get(shift.product());
      if (day + 42 <= SETTINGS.days() && product.soldOn(day - 80) && product.soldOn(day + 42)) {
        double[] sum = sums.computeIfAbsent(shift.factor(), factor -> new double[2]);
        sum[0] += count(shift.product(), day - 42, day - 1);
        sum[1] += count(shift.product(), day, day + 41);
      }
    }
    assertThat(sums).isNotEmpty();
    sums.forEach(
        (factor, sum) -> assertThat(sum[1] / sum[0]).isCloseTo(factor, within(0.4 * factor)));

    double[] demand = new double[SETTINGS.products()];
    demand[world.shifts.shifts().get(0).product()] = 3;
    world.shifts.apply(demand, world.shifts.shifts().get(0).firstDay() - 1);
    assertThat(demand[world.shifts.shifts().get(0).product()]).isEqualTo(3);
  }

  @Test
  void theLastStoreOpensSevenWeeksBeforeTheEndAndStoresAreShutWithoutALine() {
    int opened = world.lives.openedOn()[4];
    assertThat(opened).isEqualTo(SETTINGS.days() - 50);
    assertThat(world.lives.closings()).isNotEmpty();
    Set<Integer> busy = new HashSet<>();
    for (SaleLine line : lines) {
      int day = Anomalies.day(world, line);
      assertThat(world.lives.isOpen(line.store(), day)).isTrue();
      busy.add(line.store() * SETTINGS.days() + day);
    }
    assertThat(busy).contains(4 * SETTINGS.days() + opened);
    for (Closing closing : world.lives.closings()) {
      assertThat(closing.lastDay()).isLessThan(SETTINGS.days() - 14);
      assertThat(closing.lastDay() - closing.firstDay()).isBetween(3, 8);
      assertThat(world.lives.isOpen(closing.store(), closing.firstDay())).isFalse();
      assertThat(world.lives.isOpen(closing.store(), closing.lastDay())).isFalse();
      assertThat(world.lives.isOpen(closing.store(), closing.lastDay() + 1)).isTrue();
    }
    assertThat(StoreLives.of(settings(3, 0)).openedOn()).containsExactly(-400, -497, -594);
  }

  @Test
  void whoFindsAProductSoldOutTakesAnotherOneHalfOfTheTime() {
    double others = 0;
    double usual = 0;
    for (Product product : world.shelf.products()) {
      int category = product.category();
      if (world.shelf.rank(product) > 0) {
        continue;
      }
      for (int store = 0; store < 4; store++) {
        for (int day = 14; day < SETTINGS.days() - 14; day++) {
          if (world.stockOuts.at(store, product.index(), day)
              && world.lives.isOpen(store, day)
              && world.plan.at(store, product.index(), day) == null) {
            for (int p = world.shelf.start(category); p < world.shelf.end(category); p++) {
              if (p != product.index()) {
                others += counts[store][p][day];
                usual += (counts[store][p][day - 14] + counts[store][p][day - 7]) / 4.0;
                usual += (counts[store][p][day + 14] + counts[store][p][day + 7]) / 4.0;
              }
            }
          }
        }
      }
    }
    assertThat(usual).isGreaterThan(50);
    assertThat(others / usual).isGreaterThan(1.05);
  }

  @Test
  void someShoppersChangeTheirHabits() {
    double changed = 0;
    double same = 0;
    int changes = 0;
    int others = 0;
    Map<Long, double[][]> byShopper = new HashMap<>();
    for (SaleLine line : lines) {
      Shopper shopper = Shopper.of(world, line.shopper());
      int turn = Math.min(shopper.changesOn(), SETTINGS.days() / 2 + shopper.changesOn() % 2);
      int half = Anomalies.day(world, line) < turn ? 0 : 1;
      int category = world.shelf.products().get(line.product()).category();
      byShopper
          .computeIfAbsent(line.shopper(), id -> new double[2][world.retailer.categories().size()])[
          half][category]++;
    }
    for (Map.Entry<Long, double[][]> entry : byShopper.entrySet()) {
      double[][] halves = entry.getValue();
      double cosine = cosine(halves[0], halves[1]);
      if (Double.isFinite(cosine)) {
        boolean other = Shopper.of(world, entry.getKey()).changesOn() < SETTINGS.days();
        changed += other ? cosine : 0;
        changes += other ? 1 : 0;
        same += other ? 0 : cosine;
        others += other ? 0 : 1;
      }
    }
    assertThat((double) changes / (changes + others)).isBetween(0.03, 0.1);
    assertThat(changed / changes).isLessThan(same / others - 0.1);
    Shopper one = Shopper.of(world, 3);
    assertThat(one.changed(world).homeStore()).isEqualTo(one.homeStore());
    assertThat(one.changed(world).staples()).isNotEqualTo(one.staples());
  }

  @Test
  void returnsComeDaysAfterTheSale() {
    Map<String, Integer> bought = new HashMap<>();
    int returns = 0;
    int later = 0;
    for (SaleLine line : lines) {
      String key = line.shopper() + " " + line.product();
      int day = Anomalies.day(world, line);
      if (line.thousandths() > 0) {
        bought.putIfAbsent(key, day);
      } else {
        returns++;
        later += bought.get(key) < day ? 1 : 0;
      }
    }
    assertThat(returns).isGreaterThan(50);
    assertThat((double) later / returns).isGreaterThan(0.9);
  }

  @Test
  void aLateStoreHasSentItsLastDayUntilOneOClockOnly() {
    World late = World.of(settings(5, 1));
    List<SaleLine> missing = lines.stream().filter(line -> SalesLines.isLate(late, line)).toList();
    assertThat(missing).isNotEmpty();
    assertThat(missing)
        .allMatch(line -> line.store() == 4 && Anomalies.day(late, line) == SETTINGS.days() - 1);
    assertThat(lines).noneMatch(line -> SalesLines.isLate(world, line));
  }

  private static double cosine(double[] one, double[] other) {
    double product = 0;
    double ones = 0;
    double others = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
      ones += one[i] * one[i];
      others += other[i] * other[i];
    }
    return product / Math.sqrt(ones * others);
  }
}
