package com.posmodern.ai.source.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column of the file as the mapping uses it.
 *
 * @param from spellings of the column's name; the first that a file has is read
 * @param type what the values are
 * @param formats patterns of dates and timestamps, tried in their order
 * @param timeZone where the file's local timestamps were taken; empty where the formats carry an
 *     offset
 * @param optional a file may lack the column; its values are then null
 */
public record SourceColumn(
    List<String> from,
    DataType type,
    List<String> formats,
    Optional<ZoneId> timeZone,
    boolean optional) {

  private static final Set<String> REQUIRED = Set.of("from", "type");
  private static final Set<String> OPTIONAL = Set.of("formats", "time_zone", "optional");

  public SourceColumn {
    boolean timestamp = type.equals(DataTypes.TimestampType);
    Checks.distinct("from", from);
    Checks.that(
        (timestamp || type.equals(DataTypes.DateType)) == !formats.isEmpty(),
        "formats",
        "be there for dates and timestamps, and only for them");
    boolean offset = formats.stream().anyMatch(SourceColumn::hasOffset);
    Checks.that(
        (timestamp && !offset) == timeZone.isPresent(),
        "time_zone",
        "be there for timestamps without an offset in the format, and only for them");
    Checks.that(
        !offset || formats.stream().allMatch(SourceColumn::hasOffset),
        "formats",
        "all carry an offset, or none");
  }

  /** Reads {@code {from: Name or [Names], type: …, formats: […], time_zone: …, optional: …}}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SourceColumn of(JsonNode node) {
    Checks.keys(node, REQUIRED, OPTIONAL);
    JsonNode optional = node.path("optional");
    Checks.that(optional.isMissingNode() || optional.isBoolean(), "optional", "be true or false");
    return new SourceColumn(
        Checks.texts(node, "from"),
        type(Checks.text(node, "type")),
        node.has("formats") ? formats(node) : List.of(),
        node.has("time_zone") ? Optional.of(zone(node)) : Optional.empty(),
        optional.asBoolean());
  }

  private static DataType type(String name) {
    try {
      return DataType.fromDDL(name);
    } catch (Exception e) {
      // Spark's parser throws a checked exception that its signature does not tell.
      throw new IllegalArgumentException("type must be a Spark SQL type, is " + name, e);
    }
  }

  private static List<String> formats(JsonNode node) {
    List<String> formats = Checks.texts(node, "formats");
    for (String format : formats) {
      try {
        var unused = DateTimeFormatter.ofPattern(format);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "formats: %s is no date pattern (%s)".formatted(format, e.getMessage()), e);
      }
    }
    return formats;
  }

  private static ZoneId zone(JsonNode node) {
    String name = Checks.text(node, "time_zone");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time_zone must be an IANA zone, is " + name, e);
    }
  }

  private static boolean hasOffset(String format) {
    return format.replaceAll("'[^']*'", "").matches(".*[XxZzOV].*");
  }
}
