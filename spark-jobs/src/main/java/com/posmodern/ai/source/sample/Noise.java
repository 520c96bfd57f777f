package com.posmodern.ai.source.sample;

import java.util.SplittableRandom;

/**
 * Randomness as a function: the same seed, topic and keys give the same draw wherever they are
 * evaluated.
 *
 * <p>The mixer is the finaliser of SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom
 * Number Generators", OOPSLA 2014), which is the JDK's generator; it is a bijection.
 */
final class Noise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Noise() {}

  /** What a draw is for; draws of different topics are independent. */
  enum Topic {
    PRODUCT,
    PRICE,
    SHOCK,
    PROMOTION,
    WEATHER,
    STOCK_OUT,
    TASTE,
    SHOPPER,
    VISITS,
    DIRT,
    IDENTITY,
    EVENT,
    INVENTORY,
    FEEDBACK,
    SALE,
    ANOMALY,
    WEATHER_FORECAST,
    SHIFT,
    CLOSING,
    HABIT
  }

  static long mix(long value) {
    return new SplittableRandom(value - GOLDEN).nextLong();
  }

  static long hash(long seed, Topic topic, long... keys) {
    long hash = mix(seed + GOLDEN * topic.name().hashCode());
    for (long key : keys) {
      hash = mix(hash + GOLDEN * (key + 1));
    }
    return hash;
  }

  static SplittableRandom stream(long seed, Topic topic, long... keys) {
    return new SplittableRandom(hash(seed, topic, keys));
  }

  /** Uniform in [0, 1). */
  static double uniform(long seed, Topic topic, long... keys) {
    return (hash(seed, topic, keys) >>> 11) * 0x1.0p-53;
  }

  /** Standard normal, by Box and Muller. */
  static double normal(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** Log-normal with mean 1. */
  static double spread(SplittableRandom random, double sigma) {
    return Math.exp(sigma * normal(random) - sigma * sigma / 2);
  }

  /** Poisson, by Knuth's product of uniforms: the means here are small. */
  static int poisson(SplittableRandom random, double mean) {
    double limit = Math.exp(-mean);
    int count = -1;
    double product = 1;
    do {
      product *= random.nextDouble();
      count++;
    } while (product > limit);
    return count;
  }

  /** Index drawn in proportion to the first {@code size} weights; -1 when all are zero. */
  static int pick(SplittableRandom random, double[] weights, int size) {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[i];
    }
    double left = random.nextDouble() * total;
    int last = -1;
    for (int i = 0; i < size; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }
}
