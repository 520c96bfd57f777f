package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import com.posmodern.ai.source.imports.TypedValue.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Dates and timestamps. A text that two of the formats read as different moments is refused, and so
 * is a local time that the clock never showed; one that it showed twice is its first pass, with a
 * note.
 *
 * @param name the column's name in the mapping
 */
record MomentTypes(String name, SourceColumn column) {

  TypedValue ofText(Column text) {
    List<String> formats = column.formats();
    List<Column> parsed = formats.stream().map(format -> parsed(text, format)).toList();
    Column local = ValueTypes.first(parsed.stream());
    Column ambiguous = lit(false);
    for (int i = 0; i < formats.size(); i++) {
      for (int j = i + 1; j < formats.size(); j++) {
        if (DatePatterns.conflict(formats.get(i), formats.get(j))) {
          ambiguous = ambiguous.or(parsed.get(i).notEqual(parsed.get(j)));
        }
      }
    }
    Column unread = text.isNotNull().and(local.isNull());
    Column reason = when(ambiguous, Fault.AMBIGUOUS_DATE.reason(name));
    List<Column> swapped = new ArrayList<>();
    formats.stream()
        .map(DatePatterns::swapped)
        .filter(Objects::nonNull)
        .filter(format -> !formats.contains(format))
        .forEach(format -> swapped.add(parsed(text, format)));
    if (!swapped.isEmpty()) {
      reason =
          reason.when(
              unread.and(ValueTypes.first(swapped.stream()).isNotNull()),
              Fault.DAY_AND_MONTH_SWAPPED.reason(name));
    }
    return ofLocal(local, reason.when(unread, Fault.UNREADABLE.reason(name)));
  }

  /** A cell holds a local time; for a column whose formats carry offsets that is not enough. */
  TypedValue ofCell(Column text) {
    Column local = try_to_timestamp(text, lit(SheetCell.MOMENT_PATTERN));
    boolean zoneUnknown =
        column.type().equals(DataTypes.TimestampType) && column.timeZone().isEmpty();
    Column unreadable = text.isNotNull().and(local.isNull().or(lit(zoneUnknown)));
    return ofLocal(local, when(unreadable, Fault.UNREADABLE.reason(name)));
  }

  /** As Parquet has it: a moment, or a local time where the column's zone counts. */
  TypedValue ofParquet(Column value, DataType found) {
    Column never = when(lit(false), ValueTypes.none());
    boolean moment = found.equals(DataTypes.TimestampType);
    if (column.type().equals(DataTypes.TimestampType)) {
      return moment
          ? new TypedValue(value, ValueTypes.none(), ValueTypes.none())
          : ofLocal(value.cast(DataTypes.TimestampType), never);
    }
    Column date = value.cast(DataTypes.DateType);
    // Without a time zone the day of a moment is unknown, unless it is midnight.
    Column reason =
        moment
            ? when(
                date.cast(DataTypes.TimestampType).notEqual(value), Fault.UNREADABLE.reason(name))
            : ValueTypes.none();
    return new TypedValue(when(reason.isNull(), date), reason, ValueTypes.none());
  }

  private TypedValue ofLocal(Column local, Column reasonSoFar) {
    if (column.type().equals(DataTypes.DateType)) {
      return new TypedValue(
          when(reasonSoFar.isNull(), local.cast(DataTypes.DateType)),
          reasonSoFar,
          ValueTypes.none());
    }
    if (column.timeZone().isEmpty() || column.timeZone().get().getRules().isFixedOffset()) {
      Column utc =
          column.timeZone().map(zone -> to_utc_timestamp(local, zone.getId())).orElse(local);
      return new TypedValue(when(reasonSoFar.isNull(), utc), reasonSoFar, ValueTypes.none());
    }
    String zone = column.timeZone().get().getId();
    Column utc = to_utc_timestamp(local, zone);
    Column reason =
        reasonSoFar.when(
            from_utc_timestamp(utc, zone).notEqual(local), Fault.IN_CLOCK_GAP.reason(name));
    Column hour = expr("INTERVAL 1 HOUR");
    Column twice =
        from_utc_timestamp(utc.plus(hour), zone)
            .equalTo(local)
            .or(from_utc_timestamp(utc.minus(hour), zone).equalTo(local));
    return new TypedValue(
        when(reason.isNull(), utc), reason, when(twice, lit(name + TypedValue.REPEATED_HOUR)));
  }

  private Column parsed(Column text, String format) {
    OptionalInt length = DatePatterns.fixedLength(format);
    // Comparing lengths is cheaper than letting the parser throw an exception.
    Column fitting = length.isEmpty() ? text : when(length(text).equalTo(length.getAsInt()), text);
    Column parsed = try_to_timestamp(fitting, lit(format));
    if (column.twoDigitYearsFrom().isEmpty() || format.contains("yyyy")) {
      return parsed;
    }
    int last = column.twoDigitYearsFrom().getAsInt() + 99;
    return when(year(parsed).gt(last), parsed.minus(expr("INTERVAL 100 YEARS")))
        .when(not(year(parsed).gt(last)), parsed);
  }
}
