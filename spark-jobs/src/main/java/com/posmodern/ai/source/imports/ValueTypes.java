package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** From a value of a file to a value of its type; null where it is none. */
final class ValueTypes {
  private ValueTypes() {}

  static Column typed(Column value, DataType found, SourceColumn column, CsvFormat csv) {
    DataType wanted = column.type();
    if (wanted.equals(DataTypes.StringType)) {
      return value.cast(wanted);
    }
    if (!found.equals(DataTypes.StringType)) {
      // A Parquet file has types of its own. Its timestamps are moments, unless it says local.
      boolean local = found.equals(DataTypes.TimestampNTZType);
      return local && wanted.equals(DataTypes.TimestampType)
          ? utc(value.cast(wanted), column)
          : value.try_cast(wanted);
    }
    if (wanted.equals(DataTypes.TimestampType)) {
      return utc(parsed(value, column), column);
    }
    if (wanted.equals(DataTypes.DateType)) {
      return parsed(value, column).cast(wanted);
    }
    return wanted instanceof NumericType
        ? number(value, csv).try_cast(wanted)
        : value.try_cast(wanted);
  }

  private static Column parsed(Column value, SourceColumn column) {
    return coalesce(
        column.formats().stream()
            .map(format -> try_to_timestamp(value, lit(format)))
            .toArray(Column[]::new));
  }

  /** The hour that a clock change repeats is taken as its first pass. */
  private static Column utc(Column local, SourceColumn column) {
    return column.timeZone().map(zone -> to_utc_timestamp(local, zone.getId())).orElse(local);
  }

  /** The separators taken out, so that 1.234,5 is never read as 1.2345. */
  private static Column number(Column value, CsvFormat csv) {
    return when(
        value.rlike(csv.numberPattern()),
        translate(value, csv.decimalSeparator() + csv.thousandsSeparator(), "."));
  }
}
