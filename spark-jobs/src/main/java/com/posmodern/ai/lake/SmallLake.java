package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Spark as it serves a lake with little in it best. Code made and compiled for each query, and
 * plans made anew after each stage, are for millions of rows: on 10,000 sales lines they are half
 * of the night.
 */
public final class SmallLake {
  /** About 100,000 sales lines; from there on the compiled code earns its time. */
  private static final long MOST_BYTES = 3 << 20;

  private static final Map<String, String> OPTIONS =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false",
          // A task of a few rows takes longer to send than to do.
          "spark.sql.shuffle.partitions", "2");

  private SmallLake() {}

  /**
   * Adapts the session, where the source tables are small; the rows that jobs compute are the same.
   * What the settings or spark-submit say of code and plans stays as it is.
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

  /** Of all source tables; empty when one has more files than its log lists. */
  private static Optional<Long> bytes(Lake lake) {
    return Stream.of(Table.values())
        .filter(table -> table.layer() == Layer.SOURCE && lake.exists(table))
        .map(table -> lake.newest(table).listedBytes(Optional.empty()))
        .reduce(
            Optional.of(0L), (sum, bytes) -> sum.flatMap(known -> bytes.map(more -> known + more)));
  }
}
