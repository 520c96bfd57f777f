package com.posmodern.ai.source.imports;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A description of the values of a column.
 *
 * @param header its name in the file
 * @param values of the rows looked at, without those that are none
 */
record DraftColumn(String header, List<String> values) {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
  private static final Pattern POINT = Pattern.compile("[+-]?[0-9]*[.][0-9]+");
  private static final Pattern COMMA = Pattern.compile("[+-]?[0-9.]*,[0-9]+");

  private static final List<String> DATES =
      List.of(
          "yyyy-MM-dd",
          "dd/MM/yyyy",
          "MM/dd/yyyy",
          "d/M/yyyy",
          "M/d/yyyy",
          "dd.MM.yyyy",
          "dd-MM-yyyy",
          "yyyy/MM/dd",
          "yyyyMMdd",
          "dd/MM/yy",
          "MM/dd/yy",
          "dd.MM.yy",
          "dd MMM yyyy");

  private static final List<String> TIMES =
      List.of(
          "",
          " HH:mm:ss",
          " HH:mm",
          " H:mm",
          " H:mm:ss",
          "'T'HH:mm:ss",
          " HH:mm:ss.SSS",
          "'T'HH:mm:ss.SSS",
          "'T'HH:mm:ssXXX",
          "'T'HH:mm:ss.SSSXXX",
          " hh:mm:ss a",
          " h:mm a");

  /** Formats that read every value; several where day and month both fit. */
  List<String> formats() {
    if (values.isEmpty()) {
      return List.of();
    }
    List<String> fitting = new ArrayList<>();
    DATES.stream()
        .flatMap(date -> TIMES.stream().map(time -> date + time))
        .filter(format -> values.stream().allMatch(value -> reads(format, value)))
        .forEach(fitting::add);
    // d/M reads whatever dd/MM does: of formats that agree the first is enough.
    List<String> different = new ArrayList<>();
    for (String format : fitting) {
      if (different.stream().allMatch(known -> DatePatterns.conflict(known, format))) {
        different.add(format);
      }
    }
    return different;
  }

  private static boolean reads(String format, String value) {
    try {
      DatePatterns.formatter(format).parse(value);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  boolean isWhole() {
    return all(WHOLE);
  }

  boolean hasComma() {
    return !values.isEmpty()
        && values.stream().allMatch(v -> COMMA.matcher(v).matches() || WHOLE.matcher(v).matches())
        && values.stream().anyMatch(v -> COMMA.matcher(v).matches());
  }

  boolean isDecimal() {
    return hasComma()
        || (!values.isEmpty()
            && values.stream()
                .allMatch(v -> POINT.matcher(v).matches() || WHOLE.matcher(v).matches())
            && values.stream().anyMatch(v -> POINT.matcher(v).matches()));
  }

  /** A zero at the beginning, or more digits than a quantity has: a number in looks only. */
  boolean isCode() {
    return isWhole() && values.stream().anyMatch(v -> v.matches("0[0-9]+") || v.length() > 9);
  }

  private boolean all(Pattern pattern) {
    return !values.isEmpty() && values.stream().allMatch(v -> pattern.matcher(v).matches());
  }

  /** Decimals of the value that has most. */
  int scale() {
    return values.stream()
        .map(value -> value.replaceFirst(".*[.,]", ""))
        .mapToInt(String::length)
        .filter(length -> length <= 9)
        .max()
        .orElse(2);
  }

  /** The header as a name of the mapping. */
  String name() {
    String plain =
        java.text.Normalizer.normalize(header, java.text.Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    return plain.matches("[a-z].*") ? plain : "c_" + plain;
  }

  /** The words of the name. */
  Stream<String> words() {
    return Stream.of(name().split("_", -1));
  }

  Optional<String> example() {
    return values.stream().findFirst();
  }
}
