package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Looks at a text file: its encoding, delimiter, and the lines above its header. */
final class TextSample {
  private static final int BYTES_LOOKED_AT = 1 << 20;

  private final Configuration hadoop;
  private final SourceFile file;
  private String note = "";

  private TextSample(Configuration hadoop, SourceFile file) {
    this.hadoop = hadoop;
    this.file = file;
  }

  /**
   * @throws PosException bad data for a file without a line
   */
  static FileSample of(Configuration hadoop, SourceFile file) throws IOException {
    return new TextSample(hadoop, file).look();
  }

  private FileSample look() throws IOException {
    String encoding = encoding();
    List<String> lines = lines(encoding);
    String delimiter = delimiter(lines);
    int width = commonWidth(lines, delimiter);
    int skipped = 0;
    while (skipped < lines.size() - 1 && !isHeader(lines.get(skipped), delimiter, width)) {
      skipped++;
    }
    boolean separatorLine = skipped == 1 && TextRecords.separatorLine(lines.get(0)) != null;
    CsvFormat format = format(encoding, delimiter, separatorLine ? 0 : skipped);
    return new FileSample(format, note, rows(format));
  }

  private static CsvFormat format(String encoding, String delimiter, int skip) {
    return new CsvFormat(
        delimiter, "\"", "\"", encoding, List.of(), skip, "", false, ".", "", List.of());
  }

  private String encoding() throws IOException {
    byte[] first;
    try (InputStream bytes = OpenFile.bytes(hadoop, file)) {
      first = bytes.readNBytes(BYTES_LOOKED_AT);
    }
    try (InputStream bytes = new ByteArrayInputStream(first)) {
      Decoding decoding = Decoding.of(bytes, Decoding.AUTO, file.name());
      if (decoding.markLength() > 0) {
        note = "a byte order mark of " + decoding.charset();
        return Decoding.AUTO;
      }
    } catch (PosException wide) {
      return wide.getMessage().contains("UTF-16LE") ? "UTF-16LE" : "UTF-16BE";
    }
    try {
      int whole = first.length < BYTES_LOOKED_AT ? first.length : lastLine(first);
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(first, 0, whole));
      return "UTF-8";
    } catch (CharacterCodingException e) {
      note = "not UTF-8; the most likely of the older encodings";
      return "windows-1252";
    }
  }

  private static int lastLine(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private List<String> lines(String encoding) throws IOException {
    List<String> lines = new ArrayList<>();
    // A delimiter that no file has: each record is a line.
    CsvFormat raw =
        new CsvFormat(
            "\u0000", "\u0001", "\u0001", encoding, List.of(), 0, "", false, ".", "", List.of());
    try (InputStream bytes = OpenFile.bytes(hadoop, file);
        Records records =
            new TextRecords(bytes, Decoding.of(bytes, raw.encoding(), file.name()), raw)) {
      for (SourceRecord record = records.next();
          record != null && lines.size() < 100;
          record = records.next()) {
        lines.add(record.fault() == null ? record.fields().get(0) : record.text());
      }
    } catch (TextRecords.SeparatorException e) {
      // A line that names the separator decides.
      return List.of(e.getMessage().replaceFirst(".*sep=", "sep="));
    }
    return lines;
  }

  private static String delimiter(List<String> lines) {
    if (lines.size() == 1 && lines.get(0).startsWith("sep=")) {
      return lines.get(0).substring(4);
    }
    return List.of(";", "\t", "|", ",").stream()
        .max(Comparator.comparingLong(delimiter -> likelihood(lines, delimiter)))
        .orElse(",");
  }

  /** Lines of the commonest width, where that is no single field. */
  private static long likelihood(List<String> lines, String delimiter) {
    int width = commonWidth(lines, delimiter);
    return width < 2
        ? 0
        : lines.stream().filter(line -> width(line, delimiter) == width).count() * 1_000 + width;
  }

  private static int commonWidth(List<String> lines, String delimiter) {
    return FileSample.commonest(lines.stream().map(line -> width(line, delimiter)));
  }

  /** As wide as the rows, and most of its fields are names. */
  private static boolean isHeader(String line, String delimiter, int width) {
    RecordParser parser = new RecordParser(format("UTF-8", delimiter, 0));
    parser.parse(line);
    long names = parser.fields().stream().filter(field -> !field.isBlank()).count();
    return parser.fields().size() == width && names * 2 > width;
  }

  private static int width(String line, String delimiter) {
    return new RecordParser(format("UTF-8", delimiter, 0)).literalCount(line);
  }

  private List<List<String>> rows(CsvFormat format) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (Records records = TextHeaders.open(hadoop, file, format)) {
      for (SourceRecord record = records.next();
          record != null && rows.size() < FileSample.ROWS_LOOKED_AT;
          record = records.next()) {
        if (record.fault() == null) {
          rows.add(record.fields().stream().map(Invisible::strip).toList());
        }
      }
    }
    return rows;
  }
}
