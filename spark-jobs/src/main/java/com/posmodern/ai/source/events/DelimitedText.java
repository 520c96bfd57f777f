package com.posmodern.ai.source.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.config.DelimitedFile;
import com.posmodern.ai.error.PosException;
import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A delimited text with a header; it fits into memory. */
public final class DelimitedText {
  private static final int LONGEST_CELL = 100_000;

  private final String source;
  private final List<String> header;
  private final List<Line> lines;

  /**
   * A line.
   *
   * @param number of the record, the header being the first
   * @param cells by header; those without a header are left out
   * @param whole whether it has as many cells as the header
   */
  public record Line(int number, Map<String, String> cells, boolean whole) {
    /** The cells as JSON, for those who are told that the line is refused. */
    public ObjectNode told() {
      ObjectNode told = JsonNodeFactory.instance.objectNode();
      cells.forEach(told::put);
      return told;
    }

    /** How the line is called when it is refused. */
    public String key() {
      return "line " + number;
    }

    /**
     * Insists on as many cells as the header has.
     *
     * @throws Unreadable otherwise
     */
    public void requireWhole() {
      if (!whole) {
        throw new Unreadable("it has more or fewer cells than the header");
      }
    }

    /**
     * What is in a column.
     *
     * @throws Unreadable for an empty cell
     */
    public String text(String column) {
      return cell(column).orElseThrow(() -> new Unreadable("it has no " + column));
    }

    /**
     * The day in a column; empty for an empty cell.
     *
     * @throws Unreadable for a cell that is no day in the file's form
     */
    public Optional<LocalDate> day(String column, DelimitedFile file) {
      Optional<String> cell = cell(column);
      try {
        return cell.map(text -> LocalDate.parse(text, file.dates()));
      } catch (DateTimeParseException e) {
        throw new Unreadable(
            "%s is no day as %s: %s".formatted(column, file.dateFormat(), cell.orElseThrow()));
      }
    }

    /** What is in a column; empty for an empty cell, and for a column without a name. */
    public Optional<String> cell(String column) {
      return Optional.ofNullable(cells.get(column)).filter(text -> !text.isEmpty());
    }
  }

  private DelimitedText(String source, List<String> header, List<Line> lines) {
    this.source = source;
    this.header = header;
    this.lines = lines;
  }

  /**
   * Reads the file of a source.
   *
   * @param columns that must be there; empty names are left out
   * @throws PosException bad data when it cannot be read or lacks a column
   */
  public static DelimitedText of(DelimitedFile file, TextFiles files, List<String> columns) {
    DelimitedText text =
        of(
            file.name(),
            files.read(file.name(), file.file()),
            file.delimiter().charAt(0),
            file.encoding());
    columns.forEach(text::require);
    return text;
  }

  /**
   * Reads.
   *
   * @throws PosException bad data when it is not in the encoding, has no header or a cell without
   *     an end
   */
  static DelimitedText of(String source, byte[] bytes, char delimiter, String encoding) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(delimiter);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setMaxCharsPerColumn(LONGEST_CELL);
    List<String[]> records;
    try {
      String text =
          Charset.forName(encoding).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      records = new CsvParser(settings).parseAll(new StringReader(text.replace("\uFEFF", "")));
    } catch (CharacterCodingException e) {
      throw unreadable(source, "the file is not in " + encoding);
    } catch (TextParsingException e) {
      throw unreadable(source, "a cell of the file has no end");
    }
    if (records.isEmpty()) {
      throw unreadable(source, "the file is empty");
    }
    List<String> header = new ArrayList<>();
    for (String name : records.get(0)) {
      header.add(name.strip());
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 1; i < records.size(); i++) {
      lines.add(line(i + 1, header, records.get(i)));
    }
    return new DelimitedText(source, header, lines);
  }

  private static Line line(int number, List<String> header, String[] cells) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(header.size(), cells.length); i++) {
      named.put(header.get(i), cells[i].strip());
    }
    return new Line(number, named, cells.length == header.size());
  }

  /**
   * Insists on a column.
   *
   * @param column empty: none
   */
  void require(String column) {
    if (!column.isEmpty() && !header.contains(column)) {
      throw unreadable(
          source,
          "the file has no column '%s'; it has %s".formatted(column, String.join(", ", header)));
    }
  }

  /** The lines after the header. */
  public List<Line> lines() {
    return lines;
  }

  private static PosException unreadable(String source, String what) {
    return PosException.badData(
        what,
        source,
        "Correct the source in the settings, or the file; nothing of it was written.");
  }
}
