package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.instr;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.source.imports.TypedValue.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;

/**
 * Converts a value of a file to its type. Changes made by other programs (a code stored as a float,
 * an error value of a spreadsheet, rounded digits) are reversed if no information was lost, and
 * rejected otherwise.
 *
 * @param name the column's name in the mapping
 * @param code the column is part of a key that identifies something
 */
record ValueTypes(String name, SourceColumn column, CsvFormat csv, boolean code) {
  private static final DataType WIDE = DataTypes.createDecimalType(38, 12);

  /** Floats differ from the intended decimal by less than this. */
  private static final double NOISE = 1e-9;

  /** Up to these whole numbers a double or a float is exact. */
  private static final double DOUBLES = 9_007_199_254_740_992.0;

  private static final double FLOATS = 16_777_216.0;

  private static final String SPREADSHEET_ERROR =
      "^#(N/A|N/D|NV|REF!|BEZUG!|VALUE!|VALOR!|WERT!|DIV/0!|NAME\\?|NOME\\?|NUM!|N\u00DAM!|ZAHL!"
          + "|NULL!|NULO!|SPILL!|CALC!|#*)$";

  private static final List<String> EMPTY_WORDS =
      List.of("null", "nan", "none", "na", "n/a", "<na>", "nil", "undefined", "\\n");

  /** Values that need a closer look; all others are used unchanged. */
  private static final String SUSPECT_TEXT = "[^ -~]|^#";

  private static final String SUSPECT_CODE =
      "[^ -~]|^#|^[<\\\\]?(?i:n|u)|^[0-9.,]+(0$|[eE][+0-9]+$)";

  private static final String SCIENTIFIC = "^([0-9])[.,]?([0-9]*)[eE][+]?([0-9]{1,2})$";

  /** A value as text, without surrounding invisible characters. */
  TypedValue ofText(Column text) {
    DataType wanted = column.type();
    if (wanted.equals(DataTypes.StringType)) {
      return code ? code(text) : plainText(text);
    }
    if (wanted.equals(DataTypes.TimestampType) || wanted.equals(DataTypes.DateType)) {
      return new MomentTypes(name, column).ofText(text);
    }
    if (wanted instanceof NumericType) {
      return number(
          when(
              text.rlike(csv.numberPattern()),
              translate(text, csv.decimalSeparator() + csv.thousandsSeparator(), ".")),
          text);
    }
    return readable(text.try_cast(wanted), text);
  }

  /** A number as Parquet has it; NaN is no value. */
  TypedValue ofNumber(Column value, DataType found) {
    boolean isFloat = found.equals(DataTypes.FloatType);
    boolean floating = isFloat || found.equals(DataTypes.DoubleType);
    Column there = floating ? when(isnan(value), lit(null)).otherwise(value) : value;
    if (column.type() instanceof NumericType) {
      Column text = there.cast(DataTypes.StringType);
      return number(text, text);
    }
    if (!column.type().equals(DataTypes.StringType) || !floating) {
      return ofText(there.cast(DataTypes.StringType));
    }
    Column whole = there.equalTo(floor(there));
    Column exact = abs(there).lt(lit(isFloat ? FLOATS : DOUBLES));
    Column digits =
        when(
                whole.and(exact),
                there.try_cast(DataTypes.createDecimalType(20, 0)).cast(DataTypes.StringType))
            .when(whole, lit(null))
            .otherwise(there.cast(DataTypes.StringType));
    Column reason = when(there.isNotNull().and(digits.isNull()), Fault.LOST_DIGITS.reason(name));
    return new TypedValue(digits, reason, none());
  }

  private TypedValue plainText(Column text) {
    // Most values are plain ASCII, which a quick test shows.
    Column suspect = text.rlike(SUSPECT_TEXT);
    Column reason =
        when(
            suspect,
            when(text.rlike(Invisible.IN_TEXT), Fault.INVISIBLE_CHARACTER.reason(name))
                .when(text.rlike(SPREADSHEET_ERROR), Fault.SPREADSHEET_ERROR.reason(name)));
    return new TypedValue(when(reason.isNull(), text), reason, none());
  }

  /** 17850.0 is 17850, and 7.891000315507E12 has all its digits; 7.891E+12 has lost some. */
  private TypedValue code(Column text) {
    Column suspect = text.rlike(SUSPECT_CODE);
    Column asFloat = text.rlike("^[0-9]+[.,]0+$");
    Column scientific = text.rlike(SCIENTIFIC).and(text.rlike("[.,+]"));
    Column exact =
        length(regexp_extract(text, SCIENTIFIC, 2))
            .equalTo(regexp_extract(text, SCIENTIFIC, 3).try_cast(DataTypes.IntegerType));
    Column value =
        when(asFloat, regexp_replace(text, "[.,]0+$", ""))
            .when(scientific, regexp_replace(text, "[.,]|[eE].*$", ""))
            .otherwise(text);
    Column empty = lower(text).isin(EMPTY_WORDS.toArray());
    if (!column.literals().isEmpty()) {
      empty = empty.and(text.isin(column.literals().toArray()).equalTo(false));
    }
    Column reason =
        when(
            suspect,
            when(text.rlike(Invisible.IN_CODE), Fault.INVISIBLE_CHARACTER.reason(name))
                .when(text.rlike(SPREADSHEET_ERROR), Fault.SPREADSHEET_ERROR.reason(name))
                .when(empty, Fault.LOOKS_EMPTY.reason(name))
                .when(
                    scientific.and(exact.equalTo(false)), Fault.SCIENTIFIC_NOTATION.reason(name)));
    return new TypedValue(
        when(suspect, when(reason.isNull(), value)).otherwise(text), reason, none());
  }

  /**
   * @param digits with a decimal point and no other separator; null where the text is no number
   */
  TypedValue number(Column digits, Column text) {
    DataType wanted = column.type();
    if (!(wanted instanceof DecimalType) && !(wanted instanceof IntegralType)) {
      return readable(digits.try_cast(wanted), text);
    }
    int scale = wanted instanceof DecimalType decimal ? decimal.scale() : 0;
    Column value =
        wanted instanceof DecimalType
            ? digits.try_cast(wanted)
            : digits.try_cast(WIDE).try_cast(wanted);
    Column point = instr(digits, ".");
    Column rounded =
        point
            .gt(0)
            .and(length(digits).minus(point).gt(scale))
            .or(digits.contains("E"))
            .or(digits.contains("e"))
            .and(
                abs(digits.try_cast(DataTypes.DoubleType).minus(value.cast(DataTypes.DoubleType)))
                    .gt(NOISE));
    Column reason =
        when(text.isNotNull().and(value.isNull()), Fault.UNREADABLE.reason(name))
            .when(rounded, Fault.TOO_MANY_DECIMALS.reason(name));
    return new TypedValue(when(reason.isNull(), value), reason, none());
  }

  private TypedValue readable(Column value, Column given) {
    return new TypedValue(
        value, when(given.isNotNull().and(value.isNull()), Fault.UNREADABLE.reason(name)), none());
  }

  static Column none() {
    return lit(null).cast(DataTypes.StringType);
  }

  static Column first(Stream<Column> values) {
    return coalesce(values.toArray(Column[]::new));
  }
}
