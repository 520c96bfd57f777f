package com.posmodern.ai.source.jdbc;

import com.posmodern.ai.error.PosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has changed in a table's columns since the last run.
 *
 * @param known types by name, of the last run; empty at the first
 * @param found types by name, now
 */
record ColumnDrift(String place, Map<String, String> known, Map<String, String> found) {

  /**
   * Compares.
   *
   * @param read names of the columns that are read
   * @return what does no harm
   * @throws PosException bad data when a column that is read has another kind of type: what was
   *     money may now be a text
   */
  List<String> of(Set<String> read) {
    List<String> changes = new ArrayList<>();
    if (known.isEmpty()) {
      return changes;
    }
    found.forEach(
        (name, type) -> {
          String former = known.get(name);
          if (former == null) {
            changes.add("new column %s (%s)%s".formatted(name, type, usage(read, name)));
          } else if (!former.equals(type)) {
            if (read.contains(name) && !kind(former).equals(kind(type))) {
              throw PosException.badData(
                  "column %s was %s and is %s now".formatted(name, former, type),
                  place,
                  "Change it back, or correct the file and read all rows again with --rebuild. The"
                      + " lake keeps what it has.");
            }
            changes.add("column %s was %s and is %s now".formatted(name, former, type));
          }
        });
    known.forEach(
        (name, type) -> {
          if (!found.containsKey(name)) {
            changes.add("column %s (%s) is gone".formatted(name, type));
          }
        });
    return changes;
  }

  private static String usage(Set<String> read, String name) {
    return read.contains(name) ? "" : ", which is not read";
  }

  /** Within a kind values are typed by the mapping, row by row. */
  private static String kind(String type) {
    if (type.startsWith("decimal")
        || Set.of("tinyint", "smallint", "int", "bigint", "float", "double").contains(type)) {
      return "number";
    }
    return type.replaceAll("\\(.*", "").replace("varchar", "string").replace("char", "string");
  }
}
