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
  /** About 100,000 sales lines; above that the generated code pays off. */
  private static final long MOST_BYTES = 3 << 20;

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
    if (bytes(lake).filter(known -> known <= MOST_BYTES).isEmpty()) {
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

  /** Size of all source tables; empty when a table has more files than its log lists. */
  private static Optional<Long> bytes(Lake lake) {
    return Stream.of(Table.values())
        .filter(table -> table.layer() == Layer.SOURCE && lake.exists(table))
        .map(table -> lake.newest(table).listedBytes(Optional.empty()))
        .reduce(
            Optional.of(0L), (sum, bytes) -> sum.flatMap(known -> bytes.map(more -> known + more)));
  }
}
