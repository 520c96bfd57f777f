package com.posmodern.ai.source.imports;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a file has the mapping's columns.
 *
 * @param positions per column of the mapping, in its order: the field's place; {@link #ABSENT} for
 *     a column that the file lacks; {@link #FOLDER} for one that its folder says
 * @param folderValues per column: what the folder says, also of a column that the file has; null
 *     for the others
 * @param fields of every row
 */
record RowLayout(
    SourceFile file, ArrayList<Integer> positions, ArrayList<String> folderValues, int fields)
    implements Serializable {
  static final int ABSENT = -1;
  static final int FOLDER = -2;

  /** A row's reason: its folder is named for another value than it has. */
  static final String FOLDER_SAYS_OTHERWISE = "folder_says_otherwise";

  /**
   * The text that a row has for a column, without surrounding invisible characters; null if there
   * is none.
   */
  String value(List<String> row, int column, CsvFormat format) {
    int position = positions.get(column);
    String text =
        position >= 0 ? row.get(position) : position == FOLDER ? folderValues.get(column) : null;
    if (text == null) {
      return null;
    }
    String stripped = Invisible.strip(text);
    return stripped.isEmpty() || format.nullWords().contains(stripped) ? null : stripped;
  }

  /** Whether the row has another value of a column than the name of its folder. */
  boolean contradictsFolder(List<String> row, CsvFormat format) {
    for (int i = 0; i < positions.size(); i++) {
      String folder = folderValues.get(i);
      if (positions.get(i) >= 0 && folder != null && !same(value(row, i, format), folder)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A number may have leading zeros in one of the two, such as month 3 in the file and 03 in the
   * folder.
   */
  private static boolean same(String value, String folder) {
    if (value == null || value.equals(folder)) {
      return value != null;
    }
    try {
      return new BigDecimal(value).compareTo(new BigDecimal(folder)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The kind of each column's cell; what a folder says and what is absent is text. */
  String kinds(String ofFields) {
    StringBuilder kinds = new StringBuilder();
    for (int position : positions) {
      kinds.append(position >= 0 ? ofFields.charAt(position) : SheetCell.TEXT);
    }
    return kinds.toString();
  }
}
