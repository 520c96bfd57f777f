package com.posmodern.ai.source.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Row;

/**
 * Rows of a workbook's sheet. Every cell is placed by its column, also where cells before it are
 * missing.
 */
final class SheetRecords implements Records {
  private final Workbook workbook;
  private final SourceFile file;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private final SheetCell.Formulas formulas;
  private final int skip;
  private long line;
  private int fields;

  SheetRecords(
      Workbook workbook,
      SourceFile file,
      Stream<Row> stream,
      SheetCell.Formulas formulas,
      int skip) {
    this.workbook = workbook;
    this.file = file;
    this.stream = stream;
    this.rows = stream.iterator();
    this.formulas = formulas;
    this.skip = skip;
  }

  @Override
  public SourceRecord next() throws IOException {
    try {
      return nextFilled();
    } catch (RuntimeException e) {
      throw Workbook.explained(file.name(), e);
    }
  }

  private SourceRecord nextFilled() {
    while (rows.hasNext()) {
      Row row = rows.next();
      // Some programs do not number their rows.
      line = Math.max(row.getRowNum(), line + 1);
      if (line <= skip) {
        continue;
      }
      int width = Math.max(fields, row.getCellCount());
      List<String> texts = new ArrayList<>(width);
      StringBuilder kinds = new StringBuilder(width);
      boolean empty = true;
      for (int i = 0; i < width; i++) {
        SheetCell cell =
            i < row.getCellCount() ? SheetCell.of(row.getCell(i), formulas) : SheetCell.EMPTY;
        texts.add(cell.text());
        kinds.append(cell.kind());
        empty &= Invisible.strip(cell.text()).isEmpty();
      }
      if (!empty) {
        return SourceRecord.ofSheet(line, texts, kinds.toString());
      }
    }
    return null;
  }

  /** Notes beside the table do not make a row invalid. */
  @Override
  public void expect(int header) {
    fields = header;
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
