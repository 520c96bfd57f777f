package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;

/** Opens text files and sheets of workbooks, and finds where each has the mapping's columns. */
final class TextHeaders {
  /** Lines among which a header is looked for that is not the first, to say where it is. */
  private static final int LINES_LOOKED_AT = 20;

  private final Configuration hadoop;
  private final ImportMapping mapping;
  private final String source;
  private final CsvFormat format;

  TextHeaders(Configuration hadoop, ImportMapping mapping, String source) {
    this.hadoop = hadoop;
    this.mapping = mapping;
    this.source = source;
    this.format = mapping.sources().get(source).csv();
  }

  /**
   * The layout of a file; empty for one without a line.
   *
   * @throws PosException usage when a column is missing, bad data when the file cannot be read
   */
  Optional<RowLayout> layout(SourceFile file) {
    try (Records records = open(hadoop, file, format)) {
      List<String> header = format.header();
      if (format.hasHeaderLine()) {
        SourceRecord first = records.next();
        if (first == null) {
          return Optional.empty();
        }
        if (first.fault() != null) {
          throw PosException.badData(
              "the header in line %d cannot be read (%s)".formatted(first.line(), first.fault()),
              file.name(),
              "Check encoding %s, delimiter and quotes of sources.%s.csv."
                  .formatted(format.encoding(), source));
        }
        header = first.fields().stream().map(Invisible::strip).toList();
      }
      ColumnFinder finder = new ColumnFinder(mapping, source, file.name());
      try {
        return Optional.of(finder.layout(file, header));
      } catch (PosException missing) {
        throw betterPlace(finder, file, records).orElse(missing);
      }
    } catch (TextRecords.SeparatorException e) {
      throw mapping.wrong(
          "sources.%s.csv.delimiter".formatted(source),
          "%s: %s, the mapping says %s".formatted(file.name(), e.getMessage(), format.delimiter()),
          "Correct the delimiter.");
    } catch (EOFException | ZipException e) {
      throw OpenFile.broken(file.name(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw PosException.infrastructure(
          "cannot be read: " + e.getMessage(),
          file.name(),
          "Check the storage and the access rights, then run again.",
          e);
    }
  }

  private Optional<PosException> betterPlace(ColumnFinder finder, SourceFile file, Records records)
      throws IOException {
    for (int i = 0; i < LINES_LOOKED_AT && format.hasHeaderLine(); i++) {
      SourceRecord record = records.next();
      if (record == null) {
        break;
      }
      List<String> fields = record.fields().stream().map(Invisible::strip).toList();
      try {
        finder.layout(file, fields);
        return Optional.of(
            mapping.wrong(
                "sources.%s.csv".formatted(source),
                "in %s the header is line %d".formatted(file.name(), record.line()),
                "Add skip_lines: %d.".formatted(record.line() - 1)));
      } catch (PosException notThere) {
        // That line is not the header either.
      }
    }
    return Optional.empty();
  }

  /** The rows, at their beginning. */
  static Records open(Configuration hadoop, SourceFile file, CsvFormat format) throws IOException {
    if (file.format() == SourceFile.Format.WORKBOOK) {
      return Workbook.records(hadoop, file, format.skipLines());
    }
    InputStream bytes = OpenFile.bytes(hadoop, file);
    try {
      return new TextRecords(bytes, Decoding.of(bytes, format.encoding(), file.name()), format);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }
}
