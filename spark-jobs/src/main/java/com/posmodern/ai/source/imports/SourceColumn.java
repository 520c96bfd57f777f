package com.posmodern.ai.source.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/**
 * A column of the file as the mapping uses it.
 *
 * @param from spellings of the column's name; the first that a file has is read
 * @param type what the values are
 * @param formats patterns of dates and timestamps, tried in their order
 * @param timeZone where the file's local timestamps were taken; empty where the formats carry an
 *     offset
 * @param twoDigitYearsFrom first of the hundred years that yy can mean; empty where no format has
 *     yy
 * @param literals values of a code that are real although they look like a missing value, such as
 *     NA
 * @param optional a file may lack the column; its values are then null
 */
public record SourceColumn(
    List<String> from,
    DataType type,
    List<String> formats,
    Optional<ZoneId> timeZone,
    OptionalInt twoDigitYearsFrom,
    List<String> literals,
    boolean optional) {

  private static final Set<String> REQUIRED = Set.of("from", "type");
  private static final Set<String> OPTIONAL =
      Set.of("formats", "time_zone", "two_digit_years_from", "literals", "optional");

  private static final Set<DataType> OTHER_TYPES =
      Set.of(
          DataTypes.StringType, DataTypes.BooleanType, DataTypes.DateType, DataTypes.TimestampType);

  private static final Pattern WITHOUT_SCALE =
      Pattern.compile("(?i)\\s*(decimal|dec|numeric)\\s*(\\(\\s*\\d+\\s*\\))?\\s*");

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
    formats.forEach(format -> DatePatterns.check(format, twoDigitYearsFrom));
    twoDigitYearsFrom.ifPresent(
        year ->
            Checks.that(
                year >= 1900 && year <= 2000 && formats.stream().anyMatch(f -> !f.contains("yyyy")),
                "two_digit_years_from",
                "be a year from 1900 to 2000, where a format has yy"));
  }

  /** Reads {@code {from: Name or [Names], type: …, formats: […], time_zone: …, optional: …}}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SourceColumn of(JsonNode node) {
    Checks.keys(node, REQUIRED, OPTIONAL);
    String optional = node.path("optional").asText("false");
    Checks.that(Set.of("true", "false").contains(optional), "optional", "be true or false");
    return new SourceColumn(
        Checks.texts(node, "from"),
        type(Checks.text(node, "type")),
        node.has("formats") ? Checks.texts(node, "formats") : List.of(),
        node.has("time_zone") ? Optional.of(zone(node)) : Optional.empty(),
        node.has("two_digit_years_from") ? OptionalInt.of(year(node)) : OptionalInt.empty(),
        node.has("literals") ? Checks.texts(node, "literals") : List.of(),
        optional.equals("true"));
  }

  /**
   * A column of a database's table, which needs no formats: its dates and timestamps have a type.
   *
   * @param zone of timestamps without a zone, where the column names none
   * @throws IllegalArgumentException for a key that is unknown or missing, or a bad value
   */
  public static SourceColumn ofTable(JsonNode node, ZoneId zone) {
    Checks.keys(node, REQUIRED, OPTIONAL);
    ObjectNode whole = node.deepCopy();
    String type = type(Checks.text(node, "type")).sql();
    boolean timestamp = type.equals(DataTypes.TimestampType.sql());
    if (!node.has("formats") && timestamp) {
      whole.putArray("formats").add("yyyy-MM-dd HH:mm:ss");
    } else if (!node.has("formats") && type.equals(DataTypes.DateType.sql())) {
      whole.putArray("formats").add("yyyy-MM-dd");
    }
    if (timestamp && !node.has("time_zone")) {
      whole.put("time_zone", zone.getId());
    }
    return of(whole);
  }

  SourceColumn asOptional() {
    return new SourceColumn(from, type, formats, timeZone, twoDigitYearsFrom, literals, true);
  }

  private static DataType type(String name) {
    Checks.that(
        !WITHOUT_SCALE.matcher(name).matches(),
        "type",
        "say how many decimals, as decimal(12,2): %s has none and would round 12.50 to 13"
            .formatted(name));
    DataType type;
    try {
      type = DataType.fromDDL(name);
    } catch (Exception e) {
      // Spark's parser throws a checked exception that its signature does not declare.
      throw new IllegalArgumentException("type must be a Spark SQL type, is " + name, e);
    }
    Checks.that(
        type instanceof NumericType || OTHER_TYPES.contains(type),
        "type",
        "be string, boolean, a number, date or timestamp, is " + name);
    return type;
  }

  private static int year(JsonNode node) {
    String year = Checks.text(node, "two_digit_years_from");
    Checks.that(year.matches("[0-9]{4}"), "two_digit_years_from", "be a year, is " + year);
    return Integer.parseInt(year);
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
