package com.posmodern.ai.source.imports;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a line into fields as RFC 4180 says, and says so where a line does not keep to it: a quote
 * that is not closed, or text after a closing quote. Blanks around quoted fields do no harm; a
 * quote inside a field without quotes is part of it.
 */
final class RecordParser {
  /** What a text was found to be. */
  enum Outcome {
    FIELDS,
    /** A quote is open at the end of the text. */
    UNCLOSED,
    /** Text follows a closing quote. */
    STRAY
  }

  private final String delimiter;
  private final char quote;
  private final char escape;
  private final List<String> fields = new ArrayList<>();

  RecordParser(CsvFormat format) {
    this.delimiter = format.delimiter();
    this.quote = format.quote().charAt(0);
    this.escape = format.escape().charAt(0);
  }

  /** Fields of the last text that was parsed successfully. */
  List<String> fields() {
    return fields;
  }

  Outcome parse(String text) {
    return parse(text, false);
  }

  /** Fields of a single line in which a quote that breaks the rules is taken literally. */
  int literalCount(String line) {
    parse(line, true);
    return fields.size();
  }

  private Outcome parse(String text, boolean literally) {
    fields.clear();
    if (text.indexOf(quote) < 0) {
      for (int at = 0; at >= 0; ) {
        at = unquoted(text, at);
      }
      return Outcome.FIELDS;
    }
    int at = 0;
    while (at >= 0) {
      int begin = afterBlanks(text, at);
      if (begin == text.length() || text.charAt(begin) != quote) {
        at = unquoted(text, at);
        continue;
      }
      StringBuilder value = new StringBuilder();
      int end = quoted(text, begin + 1, value);
      int next = end < 0 ? end : afterBlanks(text, end);
      if (end >= 0 && next == text.length()) {
        fields.add(value.toString());
        return Outcome.FIELDS;
      }
      if (end >= 0 && text.startsWith(delimiter, next)) {
        fields.add(value.toString());
        at = next + delimiter.length();
      } else if (literally) {
        at = unquoted(text, at);
      } else {
        return end < 0 ? Outcome.UNCLOSED : Outcome.STRAY;
      }
    }
    return Outcome.FIELDS;
  }

  /** Adds the field; the begin of the next one, -1 after the last. */
  private int unquoted(String text, int from) {
    int end = text.indexOf(delimiter, from);
    fields.add(end < 0 ? text.substring(from) : text.substring(from, end));
    return end < 0 ? -1 : end + delimiter.length();
  }

  /** The place after the closing quote, -1 without one. */
  private int quoted(String text, int from, StringBuilder value) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == escape && escape != quote && (next == quote || next == escape)) {
        value.append(next);
        i++;
      } else if (c != quote) {
        value.append(c);
      } else if (next == quote) {
        value.append(quote);
        i++;
      } else {
        return i + 1;
      }
    }
    return -1;
  }

  private int afterBlanks(String text, int from) {
    int at = from;
    while (at < text.length()
        && (text.charAt(at) == ' ' || text.charAt(at) == '\t')
        && !text.startsWith(delimiter, at)) {
      at++;
    }
    return at;
  }
}
