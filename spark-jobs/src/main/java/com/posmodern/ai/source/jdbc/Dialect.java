package com.posmodern.ai.source.jdbc;

import java.util.Locale;
import java.util.Map;

/** In what the databases differ beyond Spark's own dialects. */
enum Dialect {
  /** The driver opens its transactions read-only. */
  POSTGRESQL(
      Map.of("readOnly", "true", "ApplicationName", "pos-modern-ai extract"),
      "'%s'",
      "'%s %s'",
      "'%s %s+00:00'"),
  /** What a text means as a time depends on the session's language, unless its type is said. */
  SQL_SERVER(
      Map.of("ApplicationIntent", "ReadOnly"),
      "CAST('%s' AS date)",
      "CAST('%sT%s' AS datetime2(6))",
      "CAST('%sT%s+00:00' AS datetimeoffset(6))"),
  ORACLE(Map.of(), "DATE '%s'", "TIMESTAMP '%s %s'", "TIMESTAMP '%s %s+00:00'"),
  OTHER(Map.of(), "'%s'", "'%s %s'", "'%s %s+00:00'");

  @SuppressWarnings("ImmutableEnumChecker") // Unmodifiable maps only.
  private final Map<String, String> options;

  private final String date;
  private final String time;
  private final String moment;

  Dialect(Map<String, String> options, String date, String time, String moment) {
    this.options = options;
    this.date = date;
    this.time = time;
    this.moment = moment;
  }

  static Dialect of(String url) {
    String kind = url.toLowerCase(Locale.ROOT);
    if (kind.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    if (kind.startsWith("jdbc:sqlserver:")) {
      return SQL_SERVER;
    }
    return kind.startsWith("jdbc:oracle:") ? ORACLE : OTHER;
  }

  /** Of the connection, so that nothing can be written through it. */
  Map<String, String> options() {
    return options;
  }

  String date(String day) {
    return date.formatted(day);
  }

  String time(String day, String time) {
    return this.time.formatted(day, time);
  }

  String moment(String day, String utc) {
    return moment.formatted(day, utc);
  }
}
