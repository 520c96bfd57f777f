package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Red tea that s1 has always sold and s2 launched five days before the end; in two partitions. */
class SimilarReaderTest {
  private static final int FIRST = SeriesBuilder.FIRST_DAY;
  private static final int LAST = FIRST + 13;
  private static final Series OLD =
      SeriesBuilder.of(1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2).build();
  private static final Series LAUNCH = SeriesBuilder.of(9, 3, 4, 5, 6).in("s2", LAST - 4).build();

  private static Similar read(List<Series> series, Map<String, DailyTotals> totals) {
    JavaRDD<Series> rows =
        JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext())
            .parallelize(series, 2);
    DailyTotals launches = LAUNCH.product();
    return new SimilarReader(FIRST, LAST)
        .read(
            rows,
            Map.of("s1", "SP"),
            totals,
            series.contains(LAUNCH) ? Map.of("s2", launches) : Map.of());
  }

  @Test
  void mixesAreOfAllDaysAndWordsOfLaunchesAfterTheirFirstSale() {
    Similar similar =
        read(List.of(OLD, LAUNCH, OLD), Map.of("s1", OLD.product(), "s2", LAUNCH.product()));

    int bucket = SimilarStores.bucket("c1");
    List<WeeklyTotals> mix = similar.stores().mixes().get("s1");
    assertThat(mix).hasSize(SimilarStores.BUCKETS);
    assertThat(mix.get(bucket).units()).containsExactly(28, 14);
    assertThat(mix.get((bucket + 1) % SimilarStores.BUCKETS).units()).containsExactly(0, 0);
    assertThat(similar.stores().mixes().get("s2").get(bucket).units()).containsExactly(27, 0);

    assertThat(similar.names().words())
        .containsOnlyKeys(
            Key.of("c1", ""), Key.of("c1", "250"), Key.of("c1", "red"), Key.of("c1", "tea"));
    WeeklyTotals red = similar.names().words().get(Key.of("c1", "red"));
    assertThat(red.units()).containsExactly(3 + 4 + 5 + 6, 0);
    assertThat(red.seriesDays()).containsExactly(4, 0);
    assertThat(similar.launchesOfStore()).containsOnlyKeys("s2");
    assertThat(similar.stores().regions()).containsExactly(Map.entry("s1", "SP"));
  }

  @Test
  void ofOneStoreWithoutLaunchesThereIsNothingToRead() {
    Similar similar = read(List.of(OLD), Map.of("s1", OLD.product()));
    assertThat(similar.stores().mixes()).isEmpty();
    assertThat(similar.names().words()).isEmpty();
  }
}
