package com.posmodern.ai.source.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Where the values of a table's column come from. */
public sealed interface TargetColumn {

  /** Spark SQL over the source's columns and derived names. */
  record Expression(String sql) implements TargetColumn {}

  /** The same value in every row. */
  record Constant(String text) implements TargetColumn {}

  /**
   * 1, 2, 3 … among the rows that agree in {@code within}, in the order of {@code orderBy} and then
   * of the source's values, so that the same lines get the same numbers in whatever order they are
   * read. Both lists name other columns of the table.
   */
  record LineNumber(List<String> within, List<String> orderBy) implements TargetColumn {}

  /** Reads an expression, {@code {constant: …}} or {@code {line_number: {within, order_by}}}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static TargetColumn of(JsonNode node) {
    if (node.isTextual()) {
      Checks.that(!node.asText().isBlank(), "the expression", "not be empty");
      return new Expression(node.asText());
    }
    if (node.has("constant")) {
      Checks.keys(node, Set.of("constant"), Set.of());
      Checks.that(node.get("constant").isTextual(), "constant", "be one value");
      return new Constant(node.get("constant").asText());
    }
    Checks.that(
        node.isObject(), "the column", "be an expression, {constant: …} or {line_number: …}");
    Checks.keys(node, Set.of("line_number"), Set.of());
    JsonNode numbering = node.get("line_number");
    Checks.keys(numbering, Set.of("within", "order_by"), Set.of());
    return new LineNumber(Checks.texts(numbering, "within"), Checks.texts(numbering, "order_by"));
  }
}
