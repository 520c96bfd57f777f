package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Sums what stores sell by bucket of categories, and what launches sold by word, in one pass: a
 * bounded number of sums, whatever the number of products.
 */
final class SimilarReader implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final char OF_MIX = 'm';
  private static final char OF_WORD = 'w';

  private final int firstDay;
  private final int asOfDay;

  SimilarReader(int firstDay, int asOfDay) {
    this.firstDay = firstDay;
    this.asOfDay = asOfDay;
  }

  /**
   * Reads the mixes and words; of one store without launches there is nothing to read.
   *
   * @param totals per store
   * @param launches per store
   */
  Similar read(
      JavaRDD<Series> series,
      Map<String, String> regions,
      Map<String, DailyTotals> totals,
      Map<String, DailyTotals> launches) {
    Map<String, List<WeeklyTotals>> mixes = new HashMap<>();
    Map<String, WeeklyTotals> words = new HashMap<>();
    if (totals.size() > 1 || !launches.isEmpty()) {
      int most = totals.size() * SimilarStores.BUCKETS + SimilarNames.MOST_WORDS;
      for (Tuple2<String, WeeklyTotals> sum : sums(series, most)) {
        String key = sum._1().substring(1);
        if (sum._1().charAt(0) == OF_WORD) {
          words.put(key, sum._2());
        } else {
          int end = key.lastIndexOf(Key.SEPARATOR);
          mixes
              .computeIfAbsent(key.substring(0, end), id -> SimilarStores.emptyMix(asOfDay, days()))
              .set(Integer.parseInt(key.substring(end + 1)), sum._2());
        }
      }
    }
    return new Similar(
        new SimilarStores(Map.copyOf(regions), totals, mixes), new SimilarNames(words), launches);
  }

  private int days() {
    return asOfDay - firstDay + 1;
  }

  private List<Tuple2<String, WeeklyTotals>> sums(JavaRDD<Series> series, int most) {
    return series
        .mapPartitionsToPair(
            all -> {
              Map<String, WeeklyTotals> sums = new TreeMap<>();
              all.forEachRemaining(one -> addTo(sums, one));
              return sums.entrySet().stream()
                  .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                  .iterator();
            })
        .reduceByKey(WeeklyTotals::merge)
        .takeOrdered(most, new MixesFirst());
  }

  private void addTo(Map<String, WeeklyTotals> sums, Series series) {
    String bucket = Integer.toString(SimilarStores.bucket(series.attributes().category()));
    sum(sums, OF_MIX + Key.of(series.storeId(), bucket)).add(series, firstDay, asOfDay);
    int launch = series.firstDay();
    if (launch > firstDay && launch < asOfDay) {
      List<String> keys = new ArrayList<>(SimilarNames.keysOf(series.attributes()));
      keys.add(SimilarNames.everyWord(series.attributes()));
      for (String key : keys) {
        sum(sums, OF_WORD + key).add(series, launch + 1, launch + LaunchForecasts.YOUNG_DAYS);
      }
    }
  }

  private WeeklyTotals sum(Map<String, WeeklyTotals> sums, String key) {
    return sums.computeIfAbsent(key, k -> WeeklyTotals.empty(asOfDay, days()));
  }

  /** Every mix, then the words of most launches; alphabetical where they agree. */
  private static final class MixesFirst
      implements Comparator<Tuple2<String, WeeklyTotals>>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Tuple2<String, WeeklyTotals> one, Tuple2<String, WeeklyTotals> other) {
      int byKind = Character.compare(one._1().charAt(0), other._1().charAt(0));
      int byDays = byKind != 0 ? byKind : Double.compare(days(other), days(one));
      return byDays != 0 ? byDays : one._1().compareTo(other._1());
    }

    private static double days(Tuple2<String, WeeklyTotals> sum) {
      return sum._2().seriesDaysOf(Integer.MIN_VALUE / 2, sum._2().lastDay());
    }
  }
}
