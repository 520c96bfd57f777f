package com.posmodern.ai.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;

/** Samples that depend on the key and the seed only, so that every night draws the same. */
final class HashSample {
  private static final long SLICES = 1_000_000;

  private HashSample() {}

  /** Keys whose hash falls within these shares of all keys. */
  static Column between(String key, long seed, double from, double to) {
    Column slice = pmod(xxhash64(col(key), lit(seed)), lit(SLICES));
    return slice.geq(Math.round(from * SLICES)).and(slice.lt(Math.round(to * SLICES)));
  }
}
