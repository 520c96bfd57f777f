package com.posmodern.ai.source.imports;

import java.util.regex.Pattern;

/** What the number format of a workbook's cell says about its number. */
final class CellFormat {
  /** Texts, colours, currencies and conditions in a format, and the sections after the first. */
  private static final Pattern NO_FIELD =
      Pattern.compile("\"[^\"]*\"|\\\\.|[_*].|\\[(?![hms]+\\])[^\\]]*\\]|;.*", Pattern.DOTALL);

  private static final Pattern ELAPSED = Pattern.compile("(?i)\\[[hms]+\\]");
  private static final Pattern ZEROS = Pattern.compile("0{2,}");

  private CellFormat() {}

  /**
   * Whether the number is a day, a time of day, or both; a duration of more than 24 hours is
   * neither.
   */
  static boolean isMoment(Integer id, String format) {
    if (format == null) {
      // Built-in date formats of Chinese, Japanese and Korean, which a file refers to by number
      // only.
      return id != null && ((id >= 27 && id <= 36) || (id >= 50 && id <= 58));
    }
    String fields = fields(format);
    return !ELAPSED.matcher(format).find()
        && !fields.equals("general")
        && fields.chars().anyMatch(letter -> "ymdhs".indexOf(letter) >= 0);
  }

  /** Whether a moment of this format has no day. */
  static boolean isTimeOfDay(String format) {
    return format != null
        && fields(format).replaceAll("am/pm|a/p", "").chars().noneMatch(c -> "yd".indexOf(c) >= 0)
        && fields(format).matches("(?s).*[hs].*");
  }

  /** Digits that a format such as 00000 shows of every number; 0 for others. */
  static int leadingZeros(String format) {
    return format != null && ZEROS.matcher(format).matches() ? format.length() : 0;
  }

  private static String fields(String format) {
    return NO_FIELD.matcher(format).replaceAll("").toLowerCase(java.util.Locale.ROOT).strip();
  }
}
