package com.posmodern.ai.source.imports;

import java.util.List;

/**
 * One row of a file that is no Parquet.
 *
 * @param line of the file, from 1; of a spreadsheet the row's number
 * @param fields empty when it is refused
 * @param kinds of a spreadsheet: per field the letter of {@link SheetCell}; null for text files
 * @param text what a refused row looks like
 * @param fault why it is refused, null for a sound row
 */
record SourceRecord(long line, List<String> fields, String kinds, String text, String fault) {
  /** The number of fields is not the header's, or a quote is not closed. */
  static final String MALFORMED = "malformed_line";

  /** Bytes that the declared encoding has no character for, or UTF-8 that is declared another. */
  static final String UNDECODABLE = "undecodable_text";

  private static final int LONGEST = 2_000;

  static SourceRecord sound(long line, List<String> fields) {
    return new SourceRecord(line, fields, null, null, null);
  }

  static SourceRecord ofSheet(long line, List<String> fields, String kinds) {
    return new SourceRecord(line, fields, kinds, null, null);
  }

  static SourceRecord refused(long line, String text, String fault) {
    return new SourceRecord(
        line, List.of(), null, text.length() > LONGEST ? text.substring(0, LONGEST) : text, fault);
  }
}
