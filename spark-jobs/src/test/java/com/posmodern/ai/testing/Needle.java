package com.posmodern.ai.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks for values in every file below a folder, in a way of its own, file by file. */
public final class Needle {
  private Needle() {}

  /** The files, below the folder, that hold one of the values anywhere. */
  public static List<String> in(Path folder, Collection<String> values) {
    List<String> found = new ArrayList<>();
    // Files of one folder have the same columns.
    Map<Path, List<String>> parquet = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".parquet")) {
          parquet.computeIfAbsent(file.getParent(), f -> new ArrayList<>()).add(file.toString());
        } else if (contains(Files.readString(file, StandardCharsets.ISO_8859_1), values)) {
          found.add(folder.relativize(file).toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parquet.forEach(
        (parent, files) ->
            SparkTest.session()
                .read()
                .parquet(files.toArray(String[]::new))
                .selectExpr("input_file_name()", "to_json(struct(*))")
                .collectAsList()
                .stream()
                .filter(row -> contains(row.getString(1), values))
                .map(row -> Path.of(URI.create(row.getString(0)).getPath()))
                .map(file -> folder.relativize(file).toString())
                .distinct()
                .forEach(found::add));
    return found;
  }

  private static boolean contains(String text, Collection<String> values) {
    return values.stream().anyMatch(text::contains);
  }
}
