package com.posmodern.ai.source.imports;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads files on the executors: per row the text of each column of the mapping, then the text of a
 * refused row, why it is refused, the file, the line, and of workbooks the kinds of the cells. A
 * file is read by one task.
 */
final class TextRows implements FlatMapFunction<RowLayout, Row> {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration hadoop;
  private final CsvFormat format;

  TextRows(SerializableConfiguration hadoop, CsvFormat format) {
    this.hadoop = hadoop;
    this.format = format;
  }

  @Override
  public Iterator<Row> call(RowLayout layout) throws IOException {
    Records records =
        explained(layout, () -> TextHeaders.open(hadoop.value(), layout.file(), format));
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener(
          context -> {
            try {
              records.close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    if (format.hasHeaderLine()) {
      records.next();
    }
    records.expect(layout.fields());
    return new Iterator<>() {
      private SourceRecord next = explained(layout, records::next);

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Row next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        Row row = row(layout, next);
        next = explained(layout, records::next);
        return row;
      }
    };
  }

  private Row row(RowLayout layout, SourceRecord record) {
    int columns = layout.positions().size();
    Object[] values = new Object[columns + 5];
    if (record.fault() == null) {
      for (int i = 0; i < columns; i++) {
        values[i] = layout.value(record.fields(), i, format);
      }
    }
    values[columns] = record.text();
    values[columns + 1] =
        record.fault() == null && layout.contradictsFolder(record.fields(), format)
            ? RowLayout.FOLDER_SAYS_OTHERWISE
            : record.fault();
    values[columns + 2] = layout.file().name();
    values[columns + 3] = record.line();
    values[columns + 4] = record.kinds() == null ? null : layout.kinds(record.kinds());
    return RowFactory.create(values);
  }

  private interface Reading<T> {
    T get() throws IOException;
  }

  private static <T> T explained(RowLayout layout, Reading<T> reading) {
    try {
      return reading.get();
    } catch (EOFException | ZipException e) {
      throw OpenFile.broken(layout.file().name(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(layout.file().name() + ": " + e.getMessage(), e);
    }
  }
}
