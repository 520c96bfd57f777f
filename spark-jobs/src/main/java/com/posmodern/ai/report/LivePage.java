package com.posmodern.ai.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The page of the stream: no network, no scripts; a browser loads it again every minute. */
public final class LivePage {
  private static final int HOUR_MINUTES = 60;
  private static final int DAY_MINUTES = 24 * HOUR_MINUTES;

  private LivePage() {}

  public static String render(LiveReport report) {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            LivePage.class.getClassLoader(),
            LivePage.class.getPackageName());
    StringOutput page = new StringOutput();
    templates.render("live.jte", report, page);
    return page.toString();
  }

  /** Time of day where the stores are. */
  static String clock(Instant at, LiveReport report) {
    return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(at.atZone(report.zone()));
  }

  /** Date and time of day where the stores are. */
  static String moment(Instant at, LiveReport report) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
        .format(at.atZone(report.zone()));
  }

  /** Such as {@code 7 min}, {@code 3 h} or {@code 12 days}. */
  static String age(Instant newest, Instant now) {
    long minutes = Math.max(0, Duration.between(newest, now).toMinutes());
    if (minutes < 2L * HOUR_MINUTES) {
      return minutes + " min";
    }
    return minutes < 2L * DAY_MINUTES
        ? minutes / HOUR_MINUTES + " h"
        : minutes / DAY_MINUTES + " days";
  }
}
