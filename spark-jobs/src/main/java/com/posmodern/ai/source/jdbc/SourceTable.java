package com.posmodern.ai.source.jdbc;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.posmodern.ai.source.imports.Checks;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of a database and which of its rows are read.
 *
 * @param table as SQL names it: a table, a view, or {@code (SELECT …) AS name}
 * @param watermark by which changed rows are known; empty to read all rows each time
 * @param batches into which many rows are divided; empty to read them at once
 * @param removed how rows that are gone are known
 * @param columns by the name they have in expressions, not yet read
 * @param derived further names, as in a mapping of files
 */
record SourceTable(
    String table,
    Optional<Watermark> watermark,
    Optional<Batches> batches,
    Removed removed,
    Map<String, JsonNode> columns,
    Map<String, String> derived) {

  /**
   * A column that grows whenever a row is written.
   *
   * @param column of the table
   * @param overlap how far before the last position is read again, as a transaction that began
   *     earlier may commit later: a duration such as PT15M, or a number where the column is one
   */
  record Watermark(String column, String overlap) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Watermark of(JsonNode node) {
      Checks.keys(node, Set.of("column", "overlap"), Set.of());
      String overlap = Checks.text(node, "overlap");
      Checks.that(
          overlap.matches("[0-9]{1,18}") || isDuration(overlap),
          "overlap",
          "be a duration such as PT15M or a number, is " + overlap);
      return new Watermark(Checks.text(node, "column"), overlap);
    }

    private static boolean isDuration(String text) {
      try {
        return !Duration.parse(text).isNegative();
      } catch (DateTimeParseException e) {
        return false;
      }
    }
  }

  /**
   * Parts of about as many rows each, by equal ranges of a column that never changes in a row.
   *
   * @param rows wanted in each
   */
  record Batches(String column, int rows) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Batches of(JsonNode node) {
      Checks.keys(node, Set.of("column", "rows"), Set.of());
      int rows = Database.number(node, "rows");
      Checks.that(rows > 0, "rows", "be positive");
      return new Batches(Checks.text(node, "column"), rows);
    }
  }

  /**
   * How rows that are gone are known; with neither they stay in the lake.
   *
   * @param where Spark SQL over the table's columns that is true of a row that counts as deleted
   * @param missingAtMost all keys of the table are compared with those of the lake, and rows whose
   *     keys are missing are removed, if they are at most this share: more are taken for a fault
   */
  record Removed(Optional<String> where, Optional<Double> missingAtMost) {
    private static final Removed NEVER = new Removed(Optional.empty(), Optional.empty());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Removed of(JsonNode node) {
      Checks.keys(node, Set.of(), Set.of("where", "missing_at_most"));
      return new Removed(
          node.has("where") ? Optional.of(Checks.text(node, "where")) : Optional.empty(),
          node.has("missing_at_most")
              ? Optional.of(share(Checks.text(node, "missing_at_most")))
              : Optional.empty());
    }

    private static double share(String text) {
      Checks.that(
          text.matches("0(\\.[0-9]+)?|1(\\.0+)?"),
          "missing_at_most",
          "be a share from 0 to 1, is " + text);
      return Double.parseDouble(text);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SourceTable of(JsonNode node) {
    Checks.keys(
        node, Set.of("table", "columns", "derived"), Set.of("watermark", "batches", "removed"));
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    Checks.that(node.get("columns").isObject(), "columns", "be a group of columns");
    node.get("columns").properties().forEach(c -> columns.put(c.getKey(), c.getValue()));
    Map<String, String> derived = new LinkedHashMap<>();
    Checks.that(node.get("derived").isObject(), "derived", "be a group of names, or {}");
    node.get("derived")
        .properties()
        .forEach(d -> derived.put(d.getKey(), Checks.text(node.get("derived"), d.getKey())));
    return new SourceTable(
        Checks.text(node, "table"),
        Optional.ofNullable(node.get("watermark")).map(Watermark::of),
        Optional.ofNullable(node.get("batches")).map(Batches::of),
        node.has("removed") ? Removed.of(node.get("removed")) : Removed.NEVER,
        columns,
        derived);
  }
}
