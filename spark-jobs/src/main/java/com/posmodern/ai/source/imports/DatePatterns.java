package com.posmodern.ai.source.imports;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which date patterns of a mapping say one thing: many letters mean something else in other
 * programs, and a pattern without its day or year would be filled up in silence.
 */
final class DatePatterns {
  private static final Map<Character, String> REFUSED = new HashMap<>();

  static {
    String week = "is of week-based years; the calendar's are yyyy, MM and dd";
    for (char letter : "YwWec".toCharArray()) {
      REFUSED.put(letter, week);
    }
    REFUSED.put('E', "is a weekday, which Spark does not read; cut it off by an expression");
    REFUSED.put('F', "is a week of the month, not a fraction; a fraction is S");
    REFUSED.put('u', "is not the calendar year; write yyyy");
    REFUSED.put('n', "is a number of nanoseconds; a fraction of a second is S, a minute m");
    REFUSED.put('N', "is the nanosecond of the day; a fraction of a second is S");
    REFUSED.put('A', "is the millisecond of the day; AM and PM are a");
    REFUSED.put('T', "is not a pattern letter; write 'T' in quotes");
  }

  /** Days and hours that look like months, years, minutes, in several combinations. */
  private static final List<LocalDateTime> PROBES =
      List.of(
          LocalDateTime.of(2011, 10, 9, 8, 7, 6),
          LocalDateTime.of(2001, 2, 3, 4, 5, 6),
          LocalDateTime.of(2012, 11, 10, 12, 9, 8),
          LocalDateTime.of(2025, 3, 4, 11, 2, 1));

  private DatePatterns() {}

  /** A run of one letter outside quotes. */
  private record LetterRun(char letter, int length) {}

  /**
   * Checks one pattern.
   *
   * @param twoDigitYearsFrom first of the hundred years that yy can mean
   * @throws IllegalArgumentException when a letter means something else, one occurs twice, or a
   *     part of the date is missing
   */
  static void check(String pattern, OptionalInt twoDigitYearsFrom) {
    List<LetterRun> runs = runs(pattern);
    Map<Character, Integer> lengths = new HashMap<>();
    for (LetterRun run : runs) {
      String refused = REFUSED.get(run.letter());
      wrongIf(refused != null, pattern, run.letter() + " " + refused);
      wrongIf(
          "yMLdDHhKkmsSaXxZzOV".indexOf(run.letter()) < 0,
          pattern,
          run.letter() + " is not a pattern letter; put text into single quotes");
      char field = run.letter() == 'L' ? 'M' : run.letter();
      wrongIf(
          lengths.put(field, run.length()) != null,
          pattern,
          run.letter() + " occurs twice (months are MM, minutes mm, seconds ss)");
    }
    try {
      formatter(pattern);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "formats: %s is not a date pattern (%s)".formatted(pattern, e.getMessage()), e);
    }
    checkDate(pattern, lengths, twoDigitYearsFrom.isPresent());
    checkTime(pattern, lengths);
  }

  private static void checkDate(String pattern, Map<Character, Integer> lengths, boolean window) {
    int year = lengths.getOrDefault('y', 0);
    wrongIf(year != 4 && year != 2, pattern, "the year must be yyyy, or yy");
    wrongIf(
        year == 2 && !window,
        pattern,
        "yy does not say which century; add two_digit_years_from, as 1980 for 1980 to 2079");
    boolean monthAndDay = lengths.containsKey('M') && lengths.containsKey('d');
    boolean dayOfYear =
        lengths.containsKey('D') && !lengths.containsKey('M') && !lengths.containsKey('d');
    wrongIf(
        lengths.containsKey('D') && !dayOfYear,
        pattern,
        "D is the day of the year; the day of the month is dd");
    wrongIf(
        !monthAndDay && !dayOfYear,
        pattern,
        "month (MM) and day (dd) must be there; mm are minutes, DD days of the year");
    wrongIf(lengths.getOrDefault('M', 0) > 4, pattern, "one letter does not identify a month");
  }

  private static void checkTime(String pattern, Map<Character, Integer> lengths) {
    Set<Character> there = lengths.keySet();
    Set<Character> hours = new HashSet<>(there);
    hours.retainAll(Set.of('H', 'h', 'K', 'k'));
    boolean half = there.contains('a');
    wrongIf(hours.size() > 1, pattern, "it has two kinds of hours");
    wrongIf(
        (hours.contains('h') || hours.contains('K')) && !half,
        pattern,
        "hh is the hour of half a day; write HH, or add a for AM and PM");
    wrongIf(
        half && !hours.contains('h') && !hours.contains('K'),
        pattern,
        "with AM and PM (a) the hour is hh");
    wrongIf(hours.contains('k'), pattern, "k is an hour from 1 to 24; write HH");
    wrongIf(there.contains('m') && hours.isEmpty(), pattern, "mm are minutes; months are MM");
    wrongIf(
        there.contains('s') && !there.contains('m'), pattern, "there are seconds but no minutes");
    wrongIf(
        there.contains('S') && !there.contains('s'),
        pattern,
        "SS is a fraction of a second; seconds are ss");
  }

  private static void wrongIf(boolean wrong, String pattern, String what) {
    if (wrong) {
      throw new IllegalArgumentException("formats: in %s %s".formatted(pattern, what));
    }
  }

  /** Whether some text is one moment by the first pattern and another by the second. */
  static boolean conflict(String one, String other) {
    return readsOtherwise(one, other) || readsOtherwise(other, one);
  }

  private static boolean readsOtherwise(String written, String read) {
    for (LocalDateTime probe : PROBES) {
      try {
        String text = formatter(written).format(probe.atZone(java.time.ZoneOffset.UTC));
        LocalDateTime by = moment(formatter(read).parse(text));
        LocalDateTime meant = moment(formatter(written).parse(text));
        if (!by.equals(meant)) {
          return true;
        }
      } catch (DateTimeParseException unread) {
        // The second pattern does not read what the first one wrote.
      }
    }
    return false;
  }

  private static LocalDateTime moment(TemporalAccessor parsed) {
    return LocalDateTime.of(
        parsed.get(ChronoField.YEAR),
        parsed.get(ChronoField.MONTH_OF_YEAR),
        parsed.get(ChronoField.DAY_OF_MONTH),
        parsed.isSupported(ChronoField.HOUR_OF_DAY) ? parsed.get(ChronoField.HOUR_OF_DAY) : 0,
        parsed.isSupported(ChronoField.MINUTE_OF_HOUR) ? parsed.get(ChronoField.MINUTE_OF_HOUR) : 0,
        parsed.isSupported(ChronoField.SECOND_OF_MINUTE)
            ? parsed.get(ChronoField.SECOND_OF_MINUTE)
            : 0);
  }

  /** As Spark reads: English, without regard to case, no 30th of February. */
  static DateTimeFormatter formatter(String pattern) {
    StringBuilder strict = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      strict.append(c == 'y' && !quoted ? 'u' : c);
    }
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(strict.toString())
        .toFormatter(Locale.US)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** Characters of every text that the pattern reads, where that is one number. */
  static OptionalInt fixedLength(String pattern) {
    int length = 0;
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && (c == '[' || c == ']')) {
        return OptionalInt.empty();
      } else {
        length++;
      }
    }
    boolean fixed =
        runs(pattern).stream()
            .allMatch(
                run ->
                    run.letter() == 'y'
                        ? run.length() == 4
                        : "MdHms".indexOf(run.letter()) >= 0 && run.length() == 2);
    return fixed && !pattern.contains("''") ? OptionalInt.of(length) : OptionalInt.empty();
  }

  /** The pattern with month and day in each other's place; null where a swap reads nothing else. */
  static String swapped(String pattern) {
    List<LetterRun> runs = runs(pattern);
    boolean numbers =
        runs.stream().anyMatch(r -> r.letter() == 'd')
            && runs.stream().anyMatch(r -> r.letter() == 'M' && r.length() <= 2);
    if (!numbers) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      text.append(quoted ? c : c == 'd' ? 'M' : c == 'M' ? 'd' : c);
    }
    return text.toString();
  }

  private static List<LetterRun> runs(String pattern) {
    List<LetterRun> runs = new ArrayList<>();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      if (quoted || !Character.isLetter(c)) {
        continue;
      }
      int end = i;
      while (end + 1 < pattern.length() && pattern.charAt(end + 1) == c) {
        end++;
      }
      runs.add(new LetterRun(c, end - i + 1));
      i = end;
    }
    return runs;
  }
}
