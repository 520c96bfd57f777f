package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Tunes Spark for a small lake. Code generation for each query and adaptive re-planning after each
 * stage pay off for millions of rows: on 10,000 sales lines they take half of the night.
 */
public final class SmallLake {
  /**
   * Rows of a table up to which generated code does not pay off. Its size in bytes would say
   * little: with repeated names and numbers a row takes anything from five to thirty bytes.
   */
  private static final long MOST_ROWS = 100_000;

  private static final Map<String, String> OPTIONS =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false",
          // A task of a few rows takes longer to send than to run.
          "spark.sql.shuffle.partitions", "2");

  private SmallLake() {}

  /**
   * Adapts the session if the source tables are small; the computed rows are the same. Options that
   * the settings or spark-submit set explicitly are left unchanged.
   *
   * @return whether it is small
   */
  public static boolean adapt(Lake lake) {
    if (!isSmall(lake)) {
      return false;
    }
    SparkConf given = lake.spark().sparkContext().getConf();
    OPTIONS.forEach(
        (option, value) -> {
          if (!given.contains(option) || SparkSizes.isDerived(given, option)) {
            lake.spark().conf().set(option, value);
          }
        });
    return true;
  }

  /** A table with more files than its log lists, or with files without statistics, is large. */
  private static boolean isSmall(Lake lake) {
    return Stream.of(Table.values())
        .filter(table -> table.layer() == Layer.SOURCE && lake.exists(table))
        .map(table -> lake.newest(table).listedRows(Optional.empty()))
        .allMatch(rows -> rows.filter(known -> known <= MOST_ROWS).isPresent());
  }
}
