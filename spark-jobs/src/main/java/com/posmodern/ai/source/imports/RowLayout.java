package com.posmodern.ai.source.imports;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a file has the mapping's columns.
 *
 * @param positions per column of the mapping, in its order: the field's place; {@link #ABSENT} for
 *     a column that the file lacks; {@link #FOLDER} for one that its folder says
 * @param folderValues per column: what the folder says, null for the others
 * @param fields of every row
 */
record RowLayout(
    SourceFile file, ArrayList<Integer> positions, ArrayList<String> folderValues, int fields)
    implements Serializable {
  static final int ABSENT = -1;
  static final int FOLDER = -2;

  /** The text that a row has for a column, without what nobody sees; null for none. */
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

  /** The kind of each column's cell; what a folder says and what is absent is text. */
  String kinds(String ofFields) {
    StringBuilder kinds = new StringBuilder();
    for (int position : positions) {
      kinds.append(position >= 0 ? ofFields.charAt(position) : SheetCell.TEXT);
    }
    return kinds.toString();
  }
}
