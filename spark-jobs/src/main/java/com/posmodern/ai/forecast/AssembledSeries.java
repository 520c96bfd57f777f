package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/** All series and what they share, kept in memory while they are used. */
final class AssembledSeries {
  private AssembledSeries() {}

  /** What is done with the series. */
  interface Use<T> {
    T of(StoreDays storeDays, JavaRDD<Series> series, Broadcast<Surroundings> surroundings);
  }

  /**
   * Assembles the series and lets them go when their use returns.
   *
   * @return what the use returned
   */
  static <T> T use(ForecastInput input, ForecastSettings settings, Use<T> use) {
    int historyDays = settings.historyDays();
    int horizonDays = settings.horizonDays();
    StoreDays storeDays = StoreDays.of(input, historyDays, horizonDays);
    JavaRDD<Series> series =
        SeriesAssembler.assemble(input, storeDays, historyDays, horizonDays)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Surroundings read = new SurroundingsReader(input, historyDays, horizonDays).read(series);
      Broadcast<Surroundings> surroundings =
          JavaSparkContext.fromSparkContext(input.dailyDemand().sparkSession().sparkContext())
              .broadcast(read);
      try {
        return use.of(storeDays, series, surroundings);
      } finally {
        surroundings.unpersist(false);
      }
    } finally {
      series.unpersist(false);
    }
  }
}
