package com.posmodern.ai.source.sample;

import com.posmodern.ai.source.sample.Noise.Topic;
import java.util.Locale;
import java.util.SplittableRandom;

/** What is wrong with a line, drawn apart from the sale: a dirtier lake has the same sales. */
enum Dirt {
  EXACT_DUPLICATE(0.25),
  CONFLICTING_DUPLICATE(0.2),
  NEGATIVE_PRICE(0.12),
  UNKNOWN_PRODUCT(0.15),
  FUTURE_DATE(0.08),
  MISSING_TIME(0.06),
  EPOCH_TIME(0.06),
  MISSING_STORE(0.08);

  private final double share;

  Dirt(double share) {
    this.share = share;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean doubles() {
    return this == EXACT_DUPLICATE || this == CONFLICTING_DUPLICATE;
  }

  /** The dirt of a line, or null. */
  static Dirt of(World world, SaleLine line) {
    SplittableRandom random =
        Noise.stream(world.settings.seed(), Topic.DIRT, line.receipt(), line.lineNo());
    if (random.nextDouble() >= world.settings.dirtyRowShare()) {
      return null;
    }
    double left = random.nextDouble();
    for (Dirt dirt : values()) {
      left -= dirt.share;
      if (left < 0) {
        return dirt;
      }
    }
    return MISSING_STORE;
  }
}
