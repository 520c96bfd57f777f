package com.posmodern.ai.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A YAML file in which every scalar is the text that was written: {@code 0042}, {@code NULL},
 * {@code no} and {@code 2025-03-01} are what the reader of the file sees, whatever YAML makes of
 * them. A value left empty is missing. Anchors of groups and lists, their aliases and merge keys
 * ({@code <<}) work.
 */
final class TextTree {
  /** Aliases of aliases grow without bound. */
  private static final int MOST_NODES = 200_000;

  private static final String MERGE_KEY = "<<";

  private final Path file;
  private final YAMLParser parser;
  private final Map<String, JsonNode> anchors = new HashMap<>();
  private final Map<String, Integer> lines = new TreeMap<>();
  private int nodes;

  private TextTree(Path file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * @param lines dotted key → its line in the file
   */
  record Document(JsonNode root, Map<String, Integer> lines) {}

  /**
   * @throws PosException usage, naming file and line, when the text is not YAML, a key occurs
   *     twice, or an alias has no anchor before it
   */
  static Document read(Path file, String text) {
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      TextTree tree = new TextTree(file, parser);
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw PosException.usage("the file is empty", file.toString(), "Write a mapping.");
      }
      JsonNode root = tree.value(first, "");
      if (parser.nextToken() != null) {
        throw tree.wrong("a second document begins", "Keep one, without --- between.");
      }
      return new Document(root, Map.copyOf(tree.lines));
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw PosException.usage(problem(e), file + line, "Correct the YAML syntax.");
    } catch (IOException e) {
      throw PosException.infrastructure(e.getMessage(), file.toString(), "Check the disk.", e);
    }
  }

  private JsonNode value(JsonToken token, String path) throws IOException {
    count(1);
    if (parser.isCurrentAlias()) {
      return alias(parser.getText());
    }
    String anchor = parser.getObjectId() == null ? null : parser.getObjectId().toString();
    JsonNode node =
        switch (token) {
          case START_OBJECT -> object(path);
          case START_ARRAY -> array(path);
          case VALUE_NULL ->
              parser.getText() == null || parser.getText().isEmpty()
                  ? NullNode.instance
                  : TextNode.valueOf(parser.getText());
          default -> TextNode.valueOf(parser.getText());
        };
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return node;
  }

  private JsonNode alias(String name) {
    JsonNode node = anchors.get(name);
    if (node == null) {
      throw wrong(
          "the alias *%s has no anchor &%s before it on a group or list".formatted(name, name),
          "Write the value out, or move the anchor up.");
    }
    count(size(node));
    return node.deepCopy();
  }

  private ObjectNode object(String path) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    JsonNode merged = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.getText();
      String key = path.isEmpty() ? name : path + "." + name;
      if (object.has(name)) {
        throw wrong("the key %s occurs twice".formatted(key), "Remove one of them.");
      }
      lines.putIfAbsent(key, parser.currentTokenLocation().getLineNr());
      JsonNode value = value(parser.nextToken(), key);
      if (name.equals(MERGE_KEY)) {
        merged = value;
      } else {
        object.set(name, value);
      }
    }
    if (merged != null) {
      merge(object, merged);
    }
    return object;
  }

  private void merge(ObjectNode object, JsonNode merged) {
    for (JsonNode from : merged.isArray() ? merged : java.util.List.of(merged)) {
      if (!from.isObject()) {
        throw wrong("<< can merge only a group of keys", "Name an anchor of a group.");
      }
      from.properties().forEach(field -> object.putIfAbsent(field.getKey(), field.getValue()));
    }
  }

  private ArrayNode array(String path) throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      JsonNode element = value(token, path + "." + array.size());
      if (element.isNull()) {
        throw wrong("%s has an empty entry".formatted(path), "Write \"\" for an empty text.");
      }
      array.add(element);
    }
    return array;
  }

  private void count(int more) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw wrong("aliases make the file too large", "Write the values out.");
    }
  }

  private static int size(JsonNode node) {
    int size = 1;
    for (JsonNode child : node) {
      size += size(child);
    }
    return size;
  }

  private PosException wrong(String what, String remedy) {
    return PosException.usage(what, file + ":" + parser.currentTokenLocation().getLineNr(), remedy);
  }

  /** SnakeYAML's message without its excerpt of the file. */
  private static String problem(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("in ") && !line.startsWith("at ["))
        .limit(2)
        .reduce((a, b) -> a + ": " + b)
        .orElse("no YAML");
  }
}
