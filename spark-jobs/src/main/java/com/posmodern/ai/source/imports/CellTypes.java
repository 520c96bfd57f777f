package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.source.imports.TypedValue.Fault;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/**
 * Converts a cell of a workbook to a value of its type: numbers and dates are taken as the workbook
 * stores them, text is converted like that of a text file.
 *
 * @param kind letter of {@link SheetCell}
 */
record CellTypes(ValueTypes types, Column kind) {
  /** Digits that a spreadsheet keeps of a whole number; it replaces all further ones by zeros. */
  private static final int DIGITS = 15;

  TypedValue of(Column text) {
    TypedValue asText = types.ofText(text);
    TypedValue number = number(text, asText);
    TypedValue moment = moment(text);
    Column lost =
        when(is(SheetCell.ERROR), Fault.SPREADSHEET_ERROR.reason(types.name()))
            .when(is(SheetCell.UNCOMPUTED), Fault.NOT_COMPUTED.reason(types.name()));
    Column isLost = is(SheetCell.ERROR).or(is(SheetCell.UNCOMPUTED));
    return new TypedValue(
        when(is(SheetCell.NUMBER), number.value())
            .when(is(SheetCell.MOMENT), moment.value())
            .when(isLost, lit(null))
            .otherwise(asText.value()),
        when(text.isNull(), ValueTypes.none())
            .when(is(SheetCell.NUMBER), number.reason())
            .when(is(SheetCell.MOMENT), moment.reason())
            .when(isLost, lost)
            .otherwise(asText.reason()),
        when(is(SheetCell.MOMENT), moment.note()).otherwise(asText.note()));
  }

  private Column is(char letter) {
    return kind.equalTo(String.valueOf(letter));
  }

  private TypedValue number(Column text, TypedValue asText) {
    if (types.column().type() instanceof NumericType) {
      return types.number(text, text);
    }
    if (!types.code()) {
      return asText;
    }
    Column lost = text.rlike("^-?[0-9]{" + (DIGITS + 1) + ",}$|[eE]");
    return new TypedValue(
        when(lost, lit(null)).otherwise(text),
        when(lost, Fault.LOST_DIGITS.reason(types.name())),
        ValueTypes.none());
  }

  private TypedValue moment(Column text) {
    DataType wanted = types.column().type();
    if (wanted.equals(DataTypes.TimestampType) || wanted.equals(DataTypes.DateType)) {
      return new MomentTypes(types.name(), types.column()).ofCell(text);
    }
    if (types.code() || !wanted.equals(DataTypes.StringType)) {
      Fault fault = types.code() ? Fault.MADE_A_DATE : Fault.UNREADABLE;
      return new TypedValue(
          lit(null).cast(wanted),
          when(length(text).gt(0), fault.reason(types.name())),
          ValueTypes.none());
    }
    // A day without a time, and a time without a fraction of a second.
    return new TypedValue(
        regexp_replace(text, "( 00:00:00)?\\.000$", ""), ValueTypes.none(), ValueTypes.none());
  }
}
