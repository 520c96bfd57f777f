package com.posmodern.ai.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.posmodern.ai.contract.ContractColumn.Classification;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.types.DataType;

/**
 * Reads one Open Data Contract Standard v3 file.
 *
 * <p>Some rules are derived from column properties: {@code required} gives {@code
 * <column>_present}, {@code minimum} and {@code maximum} give {@code <column>_in_range}.
 */
final class ContractReader {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final Table table;
  private final String file;

  private ContractReader(Table table) {
    this.table = table;
    this.file = "lake-schemas/" + table.path() + ".yaml";
  }

  /** The contract of a table, from the application jar. */
  static Contract read(Table table) {
    ContractReader reader = new ContractReader(table);
    try (InputStream in = ContractReader.class.getResourceAsStream("/" + reader.file)) {
      if (in == null) {
        throw reader.broken("the file is missing from the application jar");
      }
      return reader.contract(in);
    } catch (IOException e) {
      throw PosException.infrastructure(e.getMessage(), reader.file, "Correct the contract.", e);
    }
  }

  /** The contract of a table, from the content of its file. */
  static Contract read(Table table, InputStream content) throws IOException {
    return new ContractReader(table).contract(content);
  }

  private Contract contract(InputStream content) throws IOException {
    JsonNode root = YAML.readTree(content);
    JsonNode schema = root.path("schema").path(0);
    if (!text(schema, "physicalName").equals(table.path())) {
      throw broken("physicalName is not " + table.path());
    }
    List<ContractColumn> columns = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    for (JsonNode property : schema.path("properties")) {
      ContractColumn column = column(property);
      columns.add(column);
      rules.addAll(derivedRules(column, property.path("logicalTypeOptions")));
      rules.addAll(statedRules(property.path("quality")));
    }
    rules.addAll(statedRules(schema.path("quality")));
    return new Contract(
        table,
        text(root, "version"),
        text(schema, "description"),
        custom(schema, "requiredTable").map(JsonNode::asBoolean).orElse(false),
        custom(schema, "consumers").map(ContractReader::strings).orElse(List.of()),
        List.copyOf(columns),
        List.copyOf(rules));
  }

  private ContractColumn column(JsonNode property) {
    String name = text(property, "name");
    return new ContractColumn(
        name,
        type(name, text(property, "physicalType")),
        text(property, "description"),
        property.path("required").asBoolean(false),
        property.path("primaryKey").asBoolean(false)
            ? property.path("primaryKeyPosition").asInt(1)
            : 0,
        property.path("partitioned").asBoolean(false),
        classification(name, property.path("classification").asText("none")),
        custom(property, "pseudonym").map(JsonNode::asText).equals(Optional.of("customer")),
        custom(property, "unit").map(JsonNode::asText),
        custom(property, "addedIn").map(JsonNode::asText));
  }

  private DataType type(String column, String physicalType) {
    try {
      return DataType.fromDDL(physicalType);
    } catch (Exception e) { // Scala's parser throws a checked exception that it does not declare.
      throw PosException.infrastructure(
          "physicalType " + physicalType + " is not a Spark type",
          file + " " + column,
          "Correct the contract.",
          e);
    }
  }

  private Classification classification(String column, String word) {
    try {
      return Classification.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw PosException.infrastructure(
          "classification " + word + " is unknown",
          file + " " + column,
          "Correct the contract.",
          e);
    }
  }

  private static List<Rule> derivedRules(ContractColumn column, JsonNode options) {
    List<Rule> rules = new ArrayList<>();
    if (column.required()) {
      rules.add(rowRule(column.name() + "_present", column.name() + " IS NOT NULL", "Never null."));
    }
    List<String> bounds = new ArrayList<>();
    if (options.has("minimum")) {
      bounds.add(column.name() + " >= " + options.get("minimum").asText());
    }
    if (options.has("maximum")) {
      bounds.add(column.name() + " <= " + options.get("maximum").asText());
    }
    if (!bounds.isEmpty()) {
      String inRange = "%s IS NULL OR (%s)".formatted(column.name(), String.join(" AND ", bounds));
      rules.add(rowRule(column.name() + "_in_range", inRange, String.join(", ", bounds) + "."));
    }
    return rules;
  }

  private static Rule rowRule(String name, String expression, String description) {
    return new Rule(name, Rule.Scope.ROW, Rule.Severity.ERROR, expression, Double.NaN, description);
  }

  private List<Rule> statedRules(JsonNode quality) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : quality) {
      JsonNode implementation = rule.path("implementation");
      boolean perRow = implementation.has("row");
      rules.add(
          new Rule(
              text(rule, "name"),
              perRow ? Rule.Scope.ROW : Rule.Scope.TABLE,
              Rule.Severity.valueOf(text(rule, "severity").toUpperCase(Locale.ROOT)),
              text(implementation, perRow ? "row" : "aggregate"),
              implementation.path("tolerance").asDouble(Double.NaN),
              text(rule, "description")));
    }
    return rules;
  }

  private static Optional<JsonNode> custom(JsonNode node, String property) {
    return StreamSupport.stream(node.path("customProperties").spliterator(), false)
        .filter(entry -> entry.path("property").asText().equals(property))
        .map(entry -> entry.path("value"))
        .findFirst();
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw broken("key " + key + " is missing at " + node.path("name").asText("the top"));
    }
    return value.asText();
  }

  private PosException broken(String what) {
    return PosException.infrastructure(what, file, "Correct the contract.", null);
  }
}
