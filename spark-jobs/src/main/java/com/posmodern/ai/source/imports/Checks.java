package com.posmodern.ai.source.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The validations that the mapping's records share; each error names the offending key. */
public final class Checks {
  private Checks() {}

  public static void that(boolean holds, String key, String must) {
    if (!holds) {
      throw new IllegalArgumentException("%s must %s".formatted(key, must));
    }
  }

  static void distinct(String key, List<String> names) {
    that(new HashSet<>(names).size() == names.size(), key, "not name a column twice: " + names);
  }

  /** Names that are used in expressions without quotes. */
  public static void identifier(String name) {
    that(name.matches("[a-z][a-z0-9_]*"), name, "be lower-case letters, digits and _");
  }

  /** For records that are read from a tree because some keys are optional. */
  public static void keys(JsonNode node, Set<String> required, Set<String> optional) {
    that(node.isObject(), "the value", "be a group of keys " + sorted(required, optional));
    for (var field : node.properties()) {
      that(
          required.contains(field.getKey()) || optional.contains(field.getKey()),
          field.getKey(),
          "not be there: the keys are " + sorted(required, optional));
    }
    for (String key : required) {
      that(node.hasNonNull(key), key, "not be missing");
    }
  }

  public static String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    that(value.isTextual() && !value.asText().isBlank(), key, "be a text");
    return value.asText();
  }

  /** A text that may be empty or blank, such as a separator. */
  static String anyText(JsonNode node, String key) {
    that(node.path(key).isTextual(), key, "be a text");
    return node.path(key).asText();
  }

  /** A list of texts that may be empty. */
  static List<String> list(JsonNode node, String key) {
    that(node.path(key).isArray(), key, "be a list, as [a, b] or []");
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node.path(key)) {
      that(element.isTextual(), key, "hold texts only");
      texts.add(element.asText());
    }
    return List.copyOf(texts);
  }

  /** A list of texts; one text alone counts as a list of one. */
  static List<String> texts(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isArray()) {
      return List.of(text(node, key));
    }
    that(!value.isEmpty(), key, "not be empty");
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      that(element.isTextual() && !element.asText().isBlank(), key, "hold texts only");
      texts.add(element.asText());
    }
    return List.copyOf(texts);
  }

  private static List<String> sorted(Set<String> required, Set<String> optional) {
    Set<String> all = new HashSet<>(required);
    all.addAll(optional);
    return all.stream().sorted().toList();
  }
}
