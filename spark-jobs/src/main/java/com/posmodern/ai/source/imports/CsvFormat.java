package com.posmodern.ai.source.imports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of a source's text files.
 *
 * @param encoding a charset of Java, or {@link Decoding#AUTO}
 * @param header names of the columns where the files have no header line; empty: the first line of
 *     each file is its header
 * @param skipLines lines above the header, such as a title
 * @param multiLine quoted fields may hold line breaks
 * @param thousandsSeparator empty where digits are not grouped
 * @param sheet of a workbook that has several; empty where none is named
 * @param nullWords values that mean "no value", beside the empty one
 */
public record CsvFormat(
    String delimiter,
    String quote,
    String escape,
    String encoding,
    List<String> header,
    int skipLines,
    String sheet,
    boolean multiLine,
    String decimalSeparator,
    String thousandsSeparator,
    List<String> nullWords)
    implements Serializable {

  /** How numbers in a text column of a database are read. */
  static final CsvFormat OF_DATABASES =
      new CsvFormat(",", "\"", "\"", "UTF-8", List.of(), 0, "", false, ".", "", List.of());

  private static final Set<String> REQUIRED =
      Set.of(
          "delimiter",
          "quote",
          "escape",
          "encoding",
          "header",
          "multi_line",
          "decimal_separator",
          "thousands_separator",
          "null_words");

  private static final Pattern CODED = Pattern.compile("\\\\u([0-9a-fA-F]{4})|\\\\t");

  public CsvFormat {
    Checks.that(!delimiter.isEmpty(), "delimiter", "not be empty");
    Checks.that(
        !delimiter.contains("\\") && !delimiter.contains("\n") && !delimiter.contains("\r"),
        "delimiter",
        "be the characters themselves, \\t for a tab or \\u0001 for others, is " + delimiter);
    Checks.that(quote.length() == 1, "quote", "be one character");
    Checks.that(!delimiter.contains(quote), "delimiter", "not hold the quote");
    Checks.that(escape.length() == 1, "escape", "be one character");
    Checks.that(
        encoding.equalsIgnoreCase(Decoding.AUTO) || isCharset(encoding),
        "encoding",
        "be auto, UTF-8, UTF-16, UTF-16LE, UTF-16BE, ISO-8859-1, windows-1252 or another charset,"
            + " is "
            + encoding);
    Checks.that(skipLines >= 0, "skip_lines", "not be negative");
    Checks.that(Set.of(".", ",").contains(decimalSeparator), "decimal_separator", "be . or ,");
    Checks.that(
        thousandsSeparator.length() <= 1 && !thousandsSeparator.equals(decimalSeparator),
        "thousands_separator",
        "be empty or one character other than the decimal separator");
    Checks.distinct("header", header);
  }

  /** All keys but {@code skip_lines} and {@code sheet} must be there. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static CsvFormat of(JsonNode node) {
    Checks.keys(node, REQUIRED, Set.of("skip_lines", "sheet"));
    String skip = node.path("skip_lines").asText("0");
    Checks.that(skip.matches("[0-9]{1,4}"), "skip_lines", "be a number of lines, is " + skip);
    String multiLine = Checks.anyText(node, "multi_line");
    Checks.that(Set.of("true", "false").contains(multiLine), "multi_line", "be true or false");
    return new CsvFormat(
        decoded(Checks.anyText(node, "delimiter")),
        Checks.anyText(node, "quote"),
        Checks.anyText(node, "escape"),
        Checks.anyText(node, "encoding"),
        Checks.list(node, "header"),
        Integer.parseInt(skip),
        node.path("sheet").asText(""),
        multiLine.equals("true"),
        Checks.anyText(node, "decimal_separator"),
        Checks.anyText(node, "thousands_separator"),
        Checks.list(node, "null_words"));
  }

  private static String decoded(String delimiter) {
    return CODED
        .matcher(delimiter)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) == null
                        ? "\t"
                        : String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  boolean hasHeaderLine() {
    return header.isEmpty();
  }

  /** Numbers as these files write them; a group of digits has three. */
  String numberPattern() {
    String integer =
        thousandsSeparator.isEmpty()
            ? "[0-9]*"
            : "([0-9]{1,3}(%s[0-9]{3})+|[0-9]*)".formatted(Pattern.quote(thousandsSeparator));
    return "^[+-]?%s(%s[0-9]+)?([eE][+-]?[0-9]+)?$"
        .formatted(integer, Pattern.quote(decimalSeparator));
  }
}
