package com.posmodern.ai.publish.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What incremental loading saves: 100,000 rows, of which one in a hundred changed. */
@Tag("external")
class IncrementalLoadTest {
  private static final String DATABASE = "incremental_test";
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 29);

  @TempDir Path folder;

  @Test
  void unchangedRowsAreNotWrittenAgain() throws SQLException {
    var settings = PostgresServer.database(DATABASE);
    TillNights nights = new TillNights(folder);
    PostgresTarget target = new PostgresTarget(settings, nights.rows(), nights::find);
    long whole = measured("all rows new", target, night(nights, 0, 0));
    long few = measured("1 % changed", target, night(nights, 1, 50));
    long none = measured("none changed", target, night(nights, 2, 50));
    assertThat(few).isLessThan(whole / 10);
    assertThat(none).isLessThan(whole / 100);
  }

  /** Loads and prints; gives the bytes that the server wrote to its log for it. */
  private static long measured(String what, PostgresTarget target, Publication publication)
      throws SQLException {
    long before = written();
    long start = System.nanoTime();
    String told = target.prepare(publication);
    double seconds = (System.nanoTime() - start) / 1e9;
    target.show(publication);
    long bytes = written() - before;
    System.out.printf("%-14s %5.1f s, %,d bytes logged: %s%n", what, seconds, bytes, told);
    return bytes;
  }

  private static long written() throws SQLException {
    return Long.parseLong(
        PostgresServer.value(
            DATABASE, "postgres", "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"));
  }

  private static Publication night(TillNights nights, int number, int changed) {
    return nights.publish(
        Publication.id(MONDAY.plusDays(number), "run"),
        MONDAY.plusDays(number),
        Map.of(
            Table.PRODUCT_RECOMMENDATIONS,
            ContractRows.select(
                Table.PRODUCT_RECOMMENDATIONS,
                """
                    SELECT 'recommend' AS model_version, concat('customer-', c.id) AS customer_id,
                      cast(r.id + 1 AS int) AS rank, concat('product-', r.id) AS product_id,
                      CASE WHEN c.id < %d THEN 2.0D ELSE 1.0D END AS score, 'popular' AS reason,
                      false AS bought_before, 0L AS purchases
                    FROM range(5000) c CROSS JOIN range(20) r"""
                    .formatted(changed))));
  }
}
