package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds the mapping's columns in the header of a file, without regard to upper and lower case. */
record ColumnFinder(ImportMapping mapping, String source, String file) {

  /**
   * Name in the mapping → position in the header; empty for an optional column that is not there.
   *
   * @throws PosException usage when a column is missing or there twice
   */
  Map<String, OptionalInt> find(List<String> header) {
    Map<String, OptionalInt> positions = new LinkedHashMap<>();
    mapping
        .sources()
        .get(source)
        .columns()
        .forEach((name, column) -> positions.put(name, position(name, column, header)));
    return positions;
  }

  private OptionalInt position(String name, SourceColumn column, List<String> header) {
    String key = "sources.%s.columns.%s".formatted(source, name);
    for (String spelling : column.from()) {
      int[] found =
          IntStream.range(0, header.size())
              .filter(i -> header.get(i).equalsIgnoreCase(spelling))
              .toArray();
      if (found.length > 1) {
        throw mapping.wrong(
            key, "column %s is in %s more than once".formatted(spelling, file), "Rename one.");
      }
      if (found.length == 1) {
        return OptionalInt.of(found[0]);
      }
    }
    if (column.optional()) {
      return OptionalInt.empty();
    }
    throw mapping.wrong(
        key,
        "there is no column %s in %s".formatted(String.join(" or ", column.from()), file),
        "The columns there are " + header + ".");
  }
}
