package com.posmodern.ai.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads a YAML file into a record, strictly: an unknown key, a missing value and a bad value are
 * errors that name file and key.
 *
 * <p>A file may start from another one with {@code extends: other.yaml}; its own values win, key by
 * key. Texts may hold {@code ${NAME}} and {@code ${NAME:-default}} of the environment.
 */
public final class SettingsReader {
  private static final String EXTENDS = "extends";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private SettingsReader() {}

  public static <T> T read(Path file, Class<T> type) {
    return read(file, type, System::getenv);
  }

  static <T> T read(Path file, Class<T> type, Function<String, String> environment) {
    JsonNode tree = new Placeholders(file.toString(), environment).fill(tree(file));
    try {
      return YAML.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw PosException.usage(reason(e), place(file, e), "Mend the key.");
    } catch (JacksonException e) {
      throw PosException.usage(e.getOriginalMessage(), file.toString(), "Mend the file.");
    }
  }

  private static JsonNode tree(Path file) {
    if (!Files.isReadable(file)) {
      throw PosException.usage(
          "the configuration file is missing or unreadable", file.toString(), "Name another one.");
    }
    JsonNode own;
    try {
      own = YAML.readTree(file.toFile());
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw PosException.usage(
          e.getOriginalMessage() + line, file.toString(), "Mend the YAML syntax.");
    } catch (IOException e) {
      throw PosException.infrastructure(e.getMessage(), file.toString(), "Check the disk.", e);
    }
    if (!own.has(EXTENDS)) {
      return own;
    }
    JsonNode base = tree(file.resolveSibling(own.get(EXTENDS).asText()));
    ((ObjectNode) own).remove(EXTENDS);
    merge((ObjectNode) base, own);
    return base;
  }

  private static void merge(ObjectNode base, JsonNode over) {
    for (Map.Entry<String, JsonNode> field : over.properties()) {
      JsonNode former = base.get(field.getKey());
      if (former instanceof ObjectNode object && field.getValue().isObject()) {
        merge(object, field.getValue());
      } else {
        base.set(field.getKey(), field.getValue());
      }
    }
  }

  private static String reason(JsonMappingException e) {
    if (e.getCause() instanceof IllegalArgumentException invalid) {
      return invalid.getMessage();
    }
    if (e.getOriginalMessage().startsWith("Missing creator property")
        || e.getOriginalMessage().startsWith("Null value for creator property")) {
      return "the value is missing";
    }
    return e.getOriginalMessage().lines().findFirst().orElse("bad value");
  }

  private static String place(Path file, JsonMappingException e) {
    String key =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return key.isEmpty() ? file.toString() : file + " " + key;
  }
}
