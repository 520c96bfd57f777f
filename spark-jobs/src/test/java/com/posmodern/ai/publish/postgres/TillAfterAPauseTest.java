package com.posmodern.ai.publish.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The till's database was away for nine days: longer than Delta keeps versions by its own rules.
 */
@Tag("external")
class TillAfterAPauseTest {
  private static final String DATABASE = "pause_test";
  private static final String SCORES =
      "SELECT concat_ws(' ', max(as_of_date), count(*), sum(score)::int)"
          + " FROM pos.product_recommendations";

  @TempDir Path folder;

  @Test
  void theNextNightIsLoadedAsChangesAndAnOldOneCanBePutBack() throws Exception {
    TillNights nights = new TillNights(folder);
    PostgresTarget target =
        new PostgresTarget(PostgresServer.database(DATABASE), nights.rows(), nights::find);
    Publication first = nights.night(1, 10);
    target.prepare(first);
    target.show(first);
    assertThat(PostgresServer.asTill(DATABASE, SCORES)).isEqualTo("2026-06-02 1005 1105");
    // Missed by the till.
    Publication missed = nights.night(2, 20);
    age(Duration.ofDays(9));

    Publication later = nights.night(10, 20);
    DeltaLog.clearCache();
    assertThat(target.prepare(later)).startsWith("154 of 1,290 rows written");
    target.show(later);
    assertThat(PostgresServer.asTill(DATABASE, SCORES)).isEqualTo("2026-06-11 1050 2150");
    target.prepare(missed);
    target.show(missed);
    assertThat(PostgresServer.asTill(DATABASE, SCORES)).isEqualTo("2026-06-03 1010 1310");
  }

  private void age(Duration by) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(by));
    for (Table table :
        List.of(Table.PRODUCT_RECOMMENDATIONS, Table.CUSTOMER_SEGMENTS, Table.SIMILAR_PRODUCTS)) {
      try (Stream<Path> files = Files.list(folder.resolve(table.path()).resolve("_delta_log"))) {
        for (Path file : files.toList()) {
          Files.setLastModifiedTime(file, then);
        }
      }
    }
  }
}
