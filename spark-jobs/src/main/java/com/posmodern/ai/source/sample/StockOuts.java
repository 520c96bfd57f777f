package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Noise.Topic;
import java.util.BitSet;
import java.util.SplittableRandom;

/** Days on which a store has nothing of a product: more often under promotion, never for long. */
final class StockOuts {
  private static final double CHANCE = 0.004;
  private static final double PROMOTION_FACTOR = 2.0;
  private static final double MEAN_MORE_DAYS = 1.5;

  private final int days;
  private final BitSet[] perStore;

  private StockOuts(int days, BitSet[] perStore) {
    this.days = days;
    this.perStore = perStore;
  }

  static StockOuts of(SampleSettings settings, Shelf shelf, Leaflets plan) {
    BitSet[] perStore = new BitSet[settings.stores()];
    for (int store = 0; store < perStore.length; store++) {
      perStore[store] = new BitSet(shelf.size() * settings.days());
      for (Product product : shelf.products()) {
        mark(settings, plan, product, store, perStore[store]);
      }
    }
    return new StockOuts(settings.days(), perStore);
  }

  boolean at(int store, int product, int day) {
    return perStore[store].get(product * days + day);
  }

  private static void mark(
      SampleSettings settings, Leaflets plan, Product product, int store, BitSet marks) {
    SplittableRandom random =
        Noise.stream(settings.seed(), Topic.STOCK_OUT, store, product.index());
    int from = Math.max(product.launchDay(), 0);
    int to = Math.min(product.goneDay(), settings.days() - 1);
    for (int day = from; day <= to; day++) {
      double factor = plan.numbers()[product.index()][day] == Leaflets.NONE ? 1 : PROMOTION_FACTOR;
      if (random.nextDouble() < CHANCE * factor) {
        int end = Math.min(day + Noise.poisson(random, MEAN_MORE_DAYS), to);
        marks.set(
            product.index() * settings.days() + day, product.index() * settings.days() + end + 1);
        day = end + 1;
      }
    }
  }
}
