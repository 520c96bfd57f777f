package com.posmodern.ai.config;

import java.time.format.DateTimeFormatter;

/** A source that is a delimited file with a header; see the settings for its keys. */
public interface DelimitedFile {
  /** Of the source. */
  String name();

  /** Path or address. */
  String file();

  /** One character. */
  String delimiter();

  /** Such as UTF-8 or ISO-8859-1. */
  String encoding();

  /** Such as {@code dd/MM/yyyy}. */
  String dateFormat();

  /** Reads the file's days, strictly. */
  default DateTimeFormatter dates() {
    return SettingChecks.strictDates(dateFormat());
  }

  /** Refuses settings with which no file can be read. */
  static void require(String file, String delimiter, String encoding, String dateFormat) {
    SettingChecks.text("file", file);
    SettingChecks.that(delimiter.length() == 1, "delimiter", "be one character");
    SettingChecks.encoding("encoding", encoding);
    SettingChecks.datePattern("date_format", dateFormat);
  }
}
