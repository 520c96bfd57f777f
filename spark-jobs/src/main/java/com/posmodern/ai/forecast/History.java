package com.posmodern.ai.forecast;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;

/**
 * How much history there is.
 *
 * @param series number of series
 * @param firstDay first epoch day of any
 * @param asOfDay last epoch day
 */
record History(long series, int firstDay, int asOfDay) implements Serializable {

  static History of(JavaRDD<Series> series, int asOfDay) {
    return series
        .map(one -> new History(1, one.firstDay(), asOfDay))
        .fold(new History(0, asOfDay + 1, asOfDay), History::merge);
  }

  private History merge(History other) {
    return new History(series + other.series, Math.min(firstDay, other.firstDay), asOfDay);
  }

  int days() {
    return asOfDay - firstDay + 1;
  }
}
