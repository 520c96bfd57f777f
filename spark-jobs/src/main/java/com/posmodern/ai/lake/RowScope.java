package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Columns;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which rows a write replaces, as a condition in SQL. */
final class RowScope {
  private RowScope() {}

  /** Those of an as-of date with these column values. */
  static String of(LocalDate asOf, Map<String, String> slice) {
    StringBuilder scope = new StringBuilder("%s = '%s'".formatted(Columns.AS_OF_DATE, asOf));
    new TreeMap<>(slice)
        .forEach((column, value) -> scope.append(" AND %s = %s".formatted(column, literal(value))));
    return scope.toString();
  }

  /** Those of an as-of date whose column has one of these values. */
  static String among(LocalDate asOf, String column, Collection<String> values) {
    return of(asOf, Map.of())
        + values.stream()
            .map(RowScope::literal)
            .collect(Collectors.joining(", ", " AND " + column + " IN (", ")"));
  }

  static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
