package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds the mapping's columns in the header of a file, without regard to upper and lower case. */
record ColumnFinder(ImportMapping mapping, String source, String file) {

  /**
   * Where the columns are.
   *
   * @throws PosException usage when a column is missing or there twice
   */
  RowLayout layout(SourceFile of, List<String> header) {
    Map<String, SourceColumn> columns = mapping.sources().get(source).columns();
    ArrayList<Integer> positions = new ArrayList<>();
    ArrayList<String> folderValues = new ArrayList<>();
    for (Map.Entry<String, SourceColumn> column : columns.entrySet()) {
      OptionalInt found = position(column.getKey(), column.getValue(), header, of.folders());
      int position = found.orElse(RowLayout.ABSENT);
      positions.add(position);
      folderValues.add(of.folders().get(folder(column.getValue(), of.folders())));
    }
    return new RowLayout(of, positions, folderValues, header.size());
  }

  private OptionalInt position(
      String name, SourceColumn column, List<String> header, Map<String, String> folders) {
    String key = "sources.%s.columns.%s".formatted(source, name);
    for (String spelling : column.from()) {
      int[] found =
          IntStream.range(0, header.size()).filter(i -> same(header.get(i), spelling)).toArray();
      if (found.length > 1) {
        throw mapping.wrong(
            key, "column %s is in %s more than once".formatted(spelling, file), "Rename one.");
      }
      if (found.length == 1) {
        return OptionalInt.of(found[0]);
      }
    }
    if (folder(column, folders) != null) {
      return OptionalInt.of(RowLayout.FOLDER);
    }
    if (column.optional()) {
      return OptionalInt.empty();
    }
    String hint =
        header.size() == 1 && header.get(0).matches(".*[;,|\t].*")
            ? " Is the delimiter right?"
            : "";
    throw mapping.wrong(
        key,
        "there is no column %s in %s".formatted(String.join(" or ", column.from()), file),
        "The columns there are " + header + "." + hint);
  }

  /** The folder's key that is one of the column's spellings; null without one. */
  static String folder(SourceColumn column, Map<String, String> folders) {
    return column.from().stream()
        .flatMap(spelling -> folders.keySet().stream().filter(key -> same(key, spelling)))
        .findFirst()
        .orElse(null);
  }

  /** An accent may be a separate character. */
  private static boolean same(String one, String other) {
    return composed(one).equalsIgnoreCase(composed(other));
  }

  private static String composed(String name) {
    return Normalizer.normalize(Invisible.strip(name), Normalizer.Form.NFC);
  }
}
