package com.posmodern.ai.forecast;

import java.util.SplittableRandom;

/** Randomness as a function: the same number gives the same draw on every machine. */
final class Draws {
  /** What SplitMix64 adds before each draw (Steele, Lea and Flood, OOPSLA 2014). */
  static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /** The finalizer of SplitMix64, which is the JDK's generator. */
  static long mix(long value) {
    return new SplittableRandom(value - GOLDEN).nextLong();
  }

  /** Uniform in [0, 1). */
  static double uniform(long mixed) {
    return (mixed >>> 11) * 0x1.0p-53;
  }
}
