package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** The series whose forecasts are explained: those that sold most in the last four weeks. */
final class ExplainedSeries {
  private static final int DAYS = 28;

  private ExplainedSeries() {}

  /**
   * Keys of at most that many series.
   *
   * @param asOfDay products discontinued by then are not forecast
   */
  static Set<String> of(JavaRDD<Series> series, int asOfDay, int most) {
    Set<String> keys = new HashSet<>();
    if (most > 0) {
      series
          .filter(one -> one.attributes().discontinuedOn() > asOfDay && revenue(one) > 0)
          .map(one -> new Tuple2<>(one.key(), revenue(one)))
          .takeOrdered(most, new ByRevenue())
          .forEach(one -> keys.add(one._1()));
    }
    return keys;
  }

  private static double revenue(Series series) {
    double revenue = 0;
    for (int i = Math.max(0, series.days() - DAYS); i < series.days(); i++) {
      revenue += series.revenue()[i];
    }
    return revenue;
  }

  /** Highest revenue first; ships to the executors. */
  private static final class ByRevenue implements Comparator<Tuple2<String, Double>>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Tuple2<String, Double> one, Tuple2<String, Double> other) {
      int byRevenue = Double.compare(other._2(), one._2());
      return byRevenue != 0 ? byRevenue : one._1().compareTo(other._1());
    }
  }
}
