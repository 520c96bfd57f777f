package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {
  private static final Path CONF = Path.of(System.getProperty("repository.root"), "conf");
  private static final String TIME_ZONE = "spark.sql.session.timeZone";
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  @Test
  void aClustersTimeZoneMovesNoBusinessDate() {
    SparkSession session = SparkTest.session().newSession();
    // Half past one at night in UTC is the evening before in São Paulo.
    String sale = "SELECT CAST(TIMESTAMP'2026-06-30T01:30:00Z' AS DATE)";
    session.conf().set(TIME_ZONE, "America/Sao_Paulo");
    assertThat(date(session, sale)).isEqualTo("2026-06-29");

    SparkConf conf = configured(Map.of(TIME_ZONE, "America/Sao_Paulo"));

    session.conf().set(TIME_ZONE, conf.get(TIME_ZONE));
    assertThat(date(session, sale)).isEqualTo("2026-06-30");
  }

  @Test
  void aClusterInheritsNothingOfALaptop() {
    SparkConf conf = configured(Map.of("spark.master", "yarn"));
    assertThat(conf.getInt(PARTITIONS, 0)).isEqualTo(2000);
    assertThat(conf.get("spark.sql.adaptive.coalescePartitions.parallelismFirst"))
        .isEqualTo("false");
    for (String own :
        new String[] {
          "spark.default.parallelism",
          "spark.databricks.delta.snapshotPartitions",
          "spark.sql.sources.parallelPartitionDiscovery.parallelism",
          "spark.hadoop.fs.file.impl",
          "spark.delta.logStore.file.impl"
        }) {
      assertThat(conf.contains(own)).as(own).isFalse();
    }
  }

  @Test
  void aMachineBeginsWithSomeTasksPerCore() {
    assertThat(SparkSizes.of("local[*]", 6)).containsEntry(PARTITIONS, "24");
    assertThat(SparkSizes.of("local[3]", 6)).containsEntry(PARTITIONS, "12");
    assertThat(SparkSizes.of("local[3, 2]", 6)).containsEntry(PARTITIONS, "12");
    assertThat(SparkSizes.of("local", 6)).containsEntry(PARTITIONS, "4");
    assertThat(SparkSizes.of("spark://master:7077", 6)).containsEntry(PARTITIONS, "2000");
  }

  @Test
  void whatTheCommandLineSaysWins() {
    SparkConf conf = configured(Map.of(PARTITIONS, "7", "spark.master", "local[2]"));
    assertThat(conf.get(PARTITIONS)).isEqualTo("7");
    assertThat(conf.get("spark.default.parallelism")).isEqualTo("8");
  }

  @Test
  void theTillGetsAsManyConnectionsAsTasksOrAsAsked() {
    assertThat(SparkSizes.connections(SparkTest.session(), 0)).isEqualTo(2);
    assertThat(SparkSizes.connections(SparkTest.session(), 5)).isEqualTo(5);
  }

  private static SparkConf configured(Map<String, String> given) {
    SparkConf conf = new SparkConf(false);
    given.forEach(conf::set);
    return SparkSessions.configured(Settings.read(CONF.resolve("local.yaml")).spark(), conf);
  }

  private static String date(SparkSession session, String query) {
    LocalDate date = session.sql(query).as(Encoders.LOCALDATE()).head();
    return date.toString();
  }
}
