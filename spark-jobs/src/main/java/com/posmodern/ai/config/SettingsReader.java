package com.posmodern.ai.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a YAML file into a record, strictly: an unknown key, a missing value and a bad value are
 * errors that name file and key.
 *
 * <p>A file may start from another one with {@code extends: other.yaml}; its own values win, key by
 * key. Texts may hold {@code ${NAME}} and {@code ${NAME:-default}} of the environment.
 */
public final class SettingsReader {
  /** Ending of the names of YAML files. */
  public static final String ENDING = ".yaml";

  private static final String EXTENDS = "extends";

  private static final YAMLMapper YAML =
      strict().disable(MapperFeature.ALLOW_COERCION_OF_SCALARS).build();

  /** For trees of texts, where true and false are words. */
  private static final YAMLMapper TEXTS = strict().build();

  private SettingsReader() {}

  private static YAMLMapper.Builder strict() {
    return YAMLMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  }

  /**
   * What a file of texts says, and where.
   *
   * @param lines dotted key → line of the file
   */
  public record Texts<T>(T value, Map<String, Integer> lines) {}

  /**
   * Reads a file in which every scalar is taken as written: see {@link TextTree}.
   *
   * @throws PosException usage that names file, line and key
   */
  public static <T> Texts<T> readTexts(Path file, Class<T> type) {
    TextTree.Document document = TextTree.read(file, text(file));
    JsonNode tree = new Placeholders(file.toString(), System::getenv).fill(document.root());
    try {
      return new Texts<>(TEXTS.treeToValue(tree, type), document.lines());
    } catch (JsonMappingException e) {
      throw PosException.usage(
          reason(e), place(file, document.lines(), key(e)), "Correct the value of the key.");
    } catch (JacksonException e) {
      throw PosException.usage(e.getOriginalMessage(), file.toString(), "Correct the file.");
    }
  }

  /**
   * The YAML files of a folder, in the order of their names; none where there is no such folder.
   *
   * @throws PosException infrastructure when the folder cannot be listed
   */
  public static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the folder cannot be listed: " + e.getMessage(),
          folder.toString(),
          "Check its permissions.",
          e);
    }
  }

  /** The file, the line of the key (or of the group it belongs in) and the key. */
  public static String place(Path file, Map<String, Integer> lines, String key) {
    for (String known = key; !known.isEmpty(); known = parent(known)) {
      Integer line = lines.get(known);
      if (line != null) {
        return "%s:%d %s".formatted(file, line, key);
      }
    }
    return key.isEmpty() ? file.toString() : file + " " + key;
  }

  private static String parent(String key) {
    return key.substring(0, Math.max(key.lastIndexOf('.'), 0));
  }

  private static String text(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw PosException.usage(
          "there is no such file, or it is unreadable", file.toString(), "Name an existing file.");
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw PosException.usage("the file is not UTF-8", file.toString(), "Save it as UTF-8.");
    } catch (IOException e) {
      throw PosException.infrastructure(e.getMessage(), file.toString(), "Check the disk.", e);
    }
  }

  public static <T> T read(Path file, Class<T> type) {
    return read(file, type, System::getenv);
  }

  static <T> T read(Path file, Class<T> type, Function<String, String> environment) {
    return bind(file, new Placeholders(file.toString(), environment).fill(tree(file)), type);
  }

  private static <T> T bind(Path file, JsonNode tree, Class<T> type) {
    try {
      return YAML.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw PosException.usage(reason(e), place(file, e), "Correct the value of the key.");
    } catch (JacksonException e) {
      throw PosException.usage(e.getOriginalMessage(), file.toString(), "Correct the file.");
    }
  }

  /**
   * Reads a file over another one that says what it leaves out.
   *
   * @param given keys that the file itself may not have, with their values
   */
  static <T> T read(Path file, Path base, Map<String, String> given, Class<T> type) {
    JsonNode own = new Placeholders(file.toString(), System::getenv).fill(tree(file));
    if (!(own instanceof ObjectNode keys)) {
      throw PosException.usage("the file holds no keys", file.toString(), "Write key: value.");
    }
    ObjectNode all = (ObjectNode) tree(base);
    for (Map.Entry<String, String> fact : given.entrySet()) {
      if (keys.has(fact.getKey())) {
        throw PosException.usage(
            "the key is not for the file to say", file + " " + fact.getKey(), "Remove it.");
      }
      all.put(fact.getKey(), fact.getValue());
    }
    merge(all, keys);
    return bind(file, all, type);
  }

  private static JsonNode tree(Path file) {
    if (!Files.isReadable(file)) {
      throw PosException.usage(
          "the configuration file is missing or unreadable",
          file.toString(),
          "Name an existing file.");
    }
    JsonNode own;
    try {
      own = YAML.readTree(file.toFile());
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
      throw PosException.usage(
          e.getOriginalMessage() + line, file.toString(), "Correct the YAML syntax.");
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
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "the key is unknown; allowed are "
          + unknown.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
    }
    if (e instanceof InvalidTypeIdException kind) {
      return "the kind %s is unknown".formatted(kind.getTypeId());
    }
    if (e instanceof InvalidFormatException bad && bad.getTargetType().isEnum()) {
      return "the value is %s; allowed are %s"
          .formatted(
              bad.getValue(),
              Arrays.stream(bad.getTargetType().getEnumConstants())
                  .map(Object::toString)
                  .collect(Collectors.joining(", ")));
    }
    return e.getOriginalMessage().lines().findFirst().orElse("bad value");
  }

  private static String place(Path file, JsonMappingException e) {
    return place(file, Map.of(), key(e));
  }

  private static String key(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
