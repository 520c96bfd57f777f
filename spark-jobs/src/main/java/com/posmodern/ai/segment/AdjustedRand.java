package com.posmodern.ai.segment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adjusted Rand index (Hubert and Arabie 1985): 1 is the same partition, 0 is chance. */
public final class AdjustedRand {
  private AdjustedRand() {}

  /** The two partitions of the same things, in the same order. */
  public static double index(List<?> left, List<?> right) {
    Map<Object, Long> rows = new HashMap<>();
    Map<Object, Long> columns = new HashMap<>();
    Map<List<Object>, Long> cells = new HashMap<>();
    for (int i = 0; i < left.size(); i++) {
      rows.merge(left.get(i), 1L, Long::sum);
      columns.merge(right.get(i), 1L, Long::sum);
      cells.merge(List.of(left.get(i), right.get(i)), 1L, Long::sum);
    }
    double together = pairs(cells);
    double expected = pairs(rows) * pairs(columns) / pairs(left.size());
    double most = (pairs(rows) + pairs(columns)) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static double pairs(Map<?, Long> counts) {
    return counts.values().stream().mapToDouble(count -> pairs((double) count)).sum();
  }

  private static double pairs(double count) {
    return count * (count - 1) / 2;
  }
}
