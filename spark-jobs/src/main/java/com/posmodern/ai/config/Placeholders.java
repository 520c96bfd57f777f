package com.posmodern.ai.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.posmodern.ai.error.PosException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${NAME}} and {@code ${NAME:-default}} from the environment: what differs between
 * accounts is kept out of the files.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private final String file;
  private final Function<String, String> environment;

  /**
   * @param environment looks up a variable; null when it is not set
   */
  Placeholders(String file, Function<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * @throws PosException usage, naming file and key, when a variable without default is not set
   */
  JsonNode fill(JsonNode node) {
    return fill(node, "");
  }

  private JsonNode fill(JsonNode node, String key) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        field.setValue(
            fill(field.getValue(), key.isEmpty() ? field.getKey() : key + "." + field.getKey()));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, fill(array.get(i), key + "." + i));
      }
    } else if (node.isTextual()) {
      return TextNode.valueOf(fill(node.asText(), key));
    }
    return node;
  }

  private String fill(String text, String key) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found.group(2), key)));
  }

  private String value(String name, String otherwise, String key) {
    String value = environment.apply(name);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    if (otherwise == null) {
      throw PosException.usage(
          "the environment variable %s is not set".formatted(name),
          file + " " + key,
          "Set it, or put the value into your own settings file that extends this one.");
    }
    return otherwise;
  }
}
