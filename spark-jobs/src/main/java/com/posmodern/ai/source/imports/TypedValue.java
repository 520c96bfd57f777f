package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.lit;

import java.util.Locale;
import org.apache.spark.sql.Column;

/**
 * A value of its type, or why there is none.
 *
 * @param value null for no value and for a refused one
 * @param reason of a refused one, else null
 * @param note what was decided about an accepted one, else null
 */
record TypedValue(Column value, Column reason, Column note) {
  /** Suffixes of reasons, after the column's name in the mapping. */
  enum Fault {
    UNREADABLE,
    AMBIGUOUS_DATE,
    DAY_AND_MONTH_SWAPPED,
    IN_CLOCK_GAP,
    TOO_MANY_DECIMALS,
    SCIENTIFIC_NOTATION,
    LOST_DIGITS,
    SPREADSHEET_ERROR,
    NOT_COMPUTED,
    MADE_A_DATE,
    LOOKS_EMPTY,
    INVISIBLE_CHARACTER,
    UNDECODABLE_TEXT;

    String of(String column) {
      return column + "_" + name().toLowerCase(Locale.ROOT);
    }

    Column reason(String column) {
      return lit(of(column));
    }
  }

  /** Suffix of the note on a time that the clock showed twice. */
  static final String REPEATED_HOUR = "_in_repeated_hour";
}
