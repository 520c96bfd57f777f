package com.posmodern.ai.source.imports;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the text files of a source are written.
 *
 * @param header names of the columns where the files have no header line; empty: the first line of
 *     each file is its header
 * @param multiLine quoted fields may hold line breaks; such files are not split among cores
 * @param thousandsSeparator empty where digits are not grouped
 * @param nullWords values that mean "no value", beside the empty one
 */
public record CsvFormat(
    String delimiter,
    String quote,
    String escape,
    String encoding,
    List<String> header,
    boolean multiLine,
    String decimalSeparator,
    String thousandsSeparator,
    List<String> nullWords) {

  /** What Spark reads; windows-1252 is near enough to iso-8859-1 but for the euro sign. */
  private static final Set<String> ENCODINGS =
      Set.of("us-ascii", "iso-8859-1", "utf-8", "utf-16be", "utf-16le", "utf-16", "utf-32");

  public CsvFormat {
    Checks.that(!delimiter.isEmpty(), "delimiter", "not be empty");
    Checks.that(quote.length() == 1, "quote", "be one character");
    Checks.that(escape.length() == 1, "escape", "be one character");
    Checks.that(
        ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT)),
        "encoding",
        "be one of " + ENCODINGS.stream().sorted().toList() + ", is " + encoding);
    Checks.that(Set.of(".", ",").contains(decimalSeparator), "decimal_separator", "be . or ,");
    Checks.that(
        thousandsSeparator.length() <= 1 && !thousandsSeparator.equals(decimalSeparator),
        "thousands_separator",
        "be empty or one character other than the decimal separator");
    Checks.distinct("header", header);
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
