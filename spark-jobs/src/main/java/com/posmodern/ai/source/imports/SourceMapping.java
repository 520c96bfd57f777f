package com.posmodern.ai.source.imports;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One kind of file.
 *
 * @param columns by the name they have in expressions
 * @param derived further names: Spark SQL over the columns and the derived names before it
 */
public record SourceMapping(
    CsvFormat csv, Map<String, SourceColumn> columns, Map<String, String> derived) {

  public SourceMapping {
    columns = new LinkedHashMap<>(columns);
    derived = new LinkedHashMap<>(derived);
    Checks.that(!columns.isEmpty(), "columns", "not be empty");
    columns.keySet().forEach(Checks::identifier);
    derived.keySet().forEach(Checks::identifier);
    for (String name : derived.keySet()) {
      Checks.that(!columns.containsKey(name), "derived " + name, "not be a column's name as well");
    }
  }

  /** A table of a database. */
  public static SourceMapping ofTable(
      Map<String, SourceColumn> columns, Map<String, String> derived) {
    return new SourceMapping(CsvFormat.OF_DATABASES, columns, derived);
  }

  SourceMapping withOptionalColumns() {
    Map<String, SourceColumn> optional = new LinkedHashMap<>();
    columns.forEach((name, column) -> optional.put(name, column.asOptional()));
    return new SourceMapping(csv, optional, derived);
  }
}
