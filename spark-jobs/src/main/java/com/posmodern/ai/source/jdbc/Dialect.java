package com.posmodern.ai.source.jdbc;

import java.util.Locale;
import java.util.Map;

/** In what the databases differ beyond Spark's own dialects. */
enum Dialect {
  /** The driver opens its transactions read-only. */
  POSTGRESQL(Map.of("readOnly", "true", "ApplicationName", "pos-modern-ai extract"), "", ""),
  MYSQL(Map.of("sessionInitStatement", "SET SESSION TRANSACTION READ ONLY"), "", ""),
  SQL_SERVER(Map.of("ApplicationIntent", "ReadOnly"), "", ""),
  ORACLE(Map.of(), "DATE ", "TIMESTAMP "),
  OTHER(Map.of(), "", "");

  @SuppressWarnings("ImmutableEnumChecker") // Unmodifiable maps only.
  private final Map<String, String> options;

  private final String beforeDates;
  private final String beforeTimes;

  Dialect(Map<String, String> options, String beforeDates, String beforeTimes) {
    this.options = options;
    this.beforeDates = beforeDates;
    this.beforeTimes = beforeTimes;
  }

  static Dialect of(String url) {
    String kind = url.toLowerCase(Locale.ROOT);
    if (kind.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    if (kind.startsWith("jdbc:mysql:") || kind.startsWith("jdbc:mariadb:")) {
      return MYSQL;
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

  String date(String date) {
    return beforeDates + "'" + date + "'";
  }

  String time(String time) {
    return beforeTimes + "'" + time + "'";
  }
}
