package com.posmodern.ai.source.imports;

/** Invisible characters, which turn one key into two. */
final class Invisible {
  /**
   * Taken off both ends of every value: blanks of all widths, line breaks, zero-width characters,
   * marks of direction and order.
   */
  static final String AROUND =
      " \t\n\u000B\f\r\u0085\u00A0\u00AD\u061C\u1680\u180E"
          + "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A"
          + "\u200B\u200C\u200D\u200E\u200F\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u202F"
          + "\u205F\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3000\uFEFF";

  /** Inside a code: control and format characters, blanks other than the ordinary space. */
  static final String IN_CODE =
      "[\\p{Cc}\\p{Cf}\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFFFD]";

  /** Inside any text: control characters but tab and line breaks, and what could not be decoded. */
  static final String IN_TEXT = "[\\p{Cc}\uFFFD&&[^\\t\\n\\r\u000B\\f]]";

  private Invisible() {}

  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && AROUND.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && AROUND.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }
}
