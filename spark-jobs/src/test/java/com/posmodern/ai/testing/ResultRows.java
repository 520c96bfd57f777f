package com.posmodern.ai.testing;

import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of small tables of results, for tests to which what they say matters little. */
public final class ResultRows {
  private ResultRows() {}

  /** {@code models.forecast_champions}: the candidates, with errors of 0, 1, 2 … */
  public static Dataset<Row> champions(String... candidates) {
    String rows =
        IntStream.range(0, candidates.length)
            .mapToObj(n -> "('%s', %dD)".formatted(candidates[n], n))
            .collect(Collectors.joining(", "));
    return ContractRows.select(
        Table.FORECAST_CHAMPIONS,
        "SELECT 'm' AS model_version, 'all' AS demand_class, candidate, wape,"
            + " wape AS baseline_wape, 1D AS weight, 0D AS category_share FROM VALUES "
            + rows
            + " AS t(candidate, wape)");
  }

  /** {@code results.customer_segments}: the customers, all in one segment of that name. */
  public static Dataset<Row> segments(String name, String... customers) {
    return ContractRows.select(
        Table.CUSTOMER_SEGMENTS,
        "SELECT 'm' AS model_version, customer_id, 1 AS segment_id, %s AS segment_name,"
                .formatted(name == null ? "string(null)" : "'" + name + "'")
            + " 0.5D AS distance, true AS placed FROM VALUES "
            + Arrays.stream(customers).map("('%s')"::formatted).collect(Collectors.joining(", "))
            + " AS t(customer_id)");
  }

  /** {@code ops.quality_results}: a rule of the table, broken by so many of nine rows. */
  public static Dataset<Row> quality(String table, long failed) {
    return ContractRows.select(
        Table.QUALITY_RESULTS,
        ("SELECT '%s' AS table_name, 'r' AS rule, 'error' AS severity, 9L AS rows_checked,"
                + " %dL AS rows_failed, 0.1D AS share, 0.2D AS tolerance, true AS passed")
            .formatted(table, failed));
  }
}
