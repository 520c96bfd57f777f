package com.posmodern.ai.source.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Rows of a delimited text. Lines end with LF, CR LF or CR. A line that breaks the rules of quoting
 * is refused alone: reading goes on with the line after it, even where quoted fields may hold line
 * breaks and its quote would have swallowed what follows.
 */
final class TextRecords implements Records {
  /** A quote that stays open for longer than this is a stray one. */
  private static final int MOST_LINES = 500;

  private static final int LONGEST_LINE = 10_000_000;

  private final Reader text;
  private final Decoding decoding;
  private final CsvFormat format;
  private final RecordParser parser;
  private final Deque<String> ahead = new ArrayDeque<>();
  private final char[] buffer = new char[1 << 15];
  private int at;
  private int end;
  private boolean afterReturn;
  private long line;
  private int fieldCount = -1;

  /**
   * @param bytes at their beginning, that support mark
   */
  TextRecords(InputStream bytes, Decoding decoding, CsvFormat format) throws IOException {
    this.decoding = decoding;
    this.text = decoding.reader(bytes);
    this.format = format;
    this.parser = new RecordParser(format);
    for (int i = 0; i < format.skipLines(); i++) {
      nextLine();
    }
    skipSeparatorLine();
  }

  @Override
  public void expect(int fields) {
    this.fieldCount = fields;
  }

  private void skipSeparatorLine() throws IOException {
    String first = nextLine();
    if (first == null) {
      return;
    }
    if (separatorLine(first) == null) {
      ahead.push(first);
      line--;
    } else if (!separatorLine(first).equals(format.delimiter())) {
      throw new SeparatorException(separatorLine(first));
    }
  }

  /** What a spreadsheet's {@code sep=;} names; null for another line. */
  static String separatorLine(String line) {
    String stripped = line.replace("\"", "");
    return stripped.regionMatches(true, 0, "sep=", 0, 4) && stripped.length() <= 6
        ? stripped.substring(4)
        : null;
  }

  /** The file names another delimiter than the mapping. */
  static final class SeparatorException extends IOException {
    private static final long serialVersionUID = 1L;

    SeparatorException(String separator) {
      super("the file says sep=" + separator);
    }
  }

  @Override
  public SourceRecord next() throws IOException {
    String first = nextLine();
    while (first != null && isBlank(first)) {
      first = nextLine();
    }
    return first == null ? null : record(first);
  }

  private SourceRecord record(String first) throws IOException {
    long begin = line;
    if (first.indexOf('\uFFFD') >= 0 || decoding.isMisreadUtf8(first)) {
      return SourceRecord.refused(begin, first, SourceRecord.UNDECODABLE);
    }
    RecordParser.Outcome outcome = parser.parse(first);
    if (outcome == RecordParser.Outcome.UNCLOSED && format.multiLine()) {
      return severalLines(first, begin);
    }
    if (outcome != RecordParser.Outcome.FIELDS || isOfWrongLength(parser.fields().size())) {
      return SourceRecord.refused(begin, first, SourceRecord.MALFORMED);
    }
    return SourceRecord.sound(begin, List.copyOf(parser.fields()));
  }

  private SourceRecord severalLines(String first, long begin) throws IOException {
    List<String> lines = new ArrayList<>(List.of(first));
    StringBuilder all = new StringBuilder(first);
    RecordParser.Outcome outcome = RecordParser.Outcome.UNCLOSED;
    while (outcome == RecordParser.Outcome.UNCLOSED && lines.size() < MOST_LINES) {
      String more = nextLine();
      if (more == null) {
        break;
      }
      lines.add(more);
      all.append('\n').append(more);
      outcome =
          more.indexOf(format.quote()) < 0
              ? RecordParser.Outcome.UNCLOSED
              : parser.parse(all.toString());
    }
    List<String> fields = List.copyOf(parser.fields());
    if (outcome == RecordParser.Outcome.FIELDS
        && !isOfWrongLength(fields.size())
        && all.indexOf("\uFFFD") < 0
        && !eachIsARow(lines)) {
      return SourceRecord.sound(begin, fields);
    }
    for (int i = lines.size() - 1; i > 0; i--) {
      ahead.push(lines.get(i));
      line--;
    }
    return SourceRecord.refused(
        begin,
        first,
        first.indexOf('\uFFFD') >= 0 ? SourceRecord.UNDECODABLE : SourceRecord.MALFORMED);
  }

  /** In that case two stray quotes happen to pair up; it is not a field over several lines. */
  private boolean eachIsARow(List<String> lines) {
    return fieldCount > 1
        && lines.stream().allMatch(alone -> parser.literalCount(alone) == fieldCount);
  }

  private boolean isOfWrongLength(int fields) {
    return fieldCount >= 0 && fields != fieldCount;
  }

  private static boolean isBlank(String line) {
    return Invisible.strip(line).isEmpty();
  }

  /** Without its end; null after the last. */
  private String nextLine() throws IOException {
    if (!ahead.isEmpty()) {
      line++;
      return ahead.pop();
    }
    StringBuilder part = null;
    while (true) {
      if (at == end && !fill()) {
        if (part == null) {
          return null;
        }
        line++;
        return part.toString();
      }
      if (afterReturn) {
        afterReturn = false;
        if (buffer[at] == '\n') {
          at++;
          continue;
        }
      }
      int stop = at;
      while (stop < end && buffer[stop] != '\n' && buffer[stop] != '\r') {
        stop++;
      }
      if (stop < end) {
        String last = new String(buffer, at, stop - at);
        afterReturn = buffer[stop] == '\r';
        at = stop + 1;
        line++;
        return part == null ? last : part.append(last).toString();
      }
      part = part == null ? new StringBuilder() : part;
      part.append(buffer, at, stop - at);
      at = stop;
      if (part.length() > LONGEST_LINE) {
        throw new IOException("a line has more than %,d characters".formatted(LONGEST_LINE));
      }
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(text.read(buffer, 0, buffer.length), 0);
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
