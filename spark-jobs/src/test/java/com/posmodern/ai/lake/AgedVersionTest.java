package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.SparkSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that are older than Delta's own retention, as those of kept publications become. */
class AgedVersionTest {
  private static final Table TABLE = Table.SIMILAR_PRODUCTS;
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 29);

  @TempDir Path folder;

  private final SparkSession spark = SparkTest.session();

  @Test
  void aVersionOfForeverAgoIsReadAsLongAsItsFilesAreThere() throws IOException {
    Lake written = lake();
    LakeWriter writer = new LakeWriter(written);
    writer.replace(TABLE, MONDAY, similar("a"), Map.of());
    long published = written.version(TABLE);
    writer.replace(TABLE, MONDAY, similar("b"), Map.of());
    age(Path.of(written.location(TABLE), "_delta_log"), Duration.ofDays(400));
    // As the night after the pause does.
    writer.replace(TABLE, MONDAY.plusDays(400), similar("c"), Map.of());
    new TableCare(written).cleanLog(TABLE);
    DeltaLog.clearCache();

    Lake later = lake();
    assertThat(later.read(TABLE, published).select("product_id").head().getString(0))
        .isEqualTo("a");
  }

  @Test
  void theSessionOfAJobReadsThemToo() {
    SparkSession job =
        SparkSessions.open(
            new SparkSettings("local[1]", 1, Map.of(SparkSessions.OLD_VERSIONS_REFUSED, "true")));
    assertThat(job.conf().get(SparkSessions.OLD_VERSIONS_REFUSED)).isEqualTo("false");
  }

  private Dataset<Row> similar(String product) {
    return ContractRows.select(
        Table.SIMILAR_PRODUCTS,
        """
        SELECT 'similar-1' AS model_version, '%s' AS product_id, 1 AS rank,
          'other' AS similar_product_id, 0.5D AS score, 0.5D AS factor_similarity, 1.5D AS lift,
          10L AS support, 'bought_together' AS reason"""
            .formatted(product));
  }

  private static void age(Path log, Duration by) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(by));
    try (Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, then);
      }
    }
  }

  private Lake lake() {
    return new Lake(spark, folder.toString());
  }
}
