package com.posmodern.ai.config;

import java.time.ZoneId;
import java.util.List;

/**
 * The sources of events near the stores.
 *
 * @param daysBack days before today whose events are taken as well, where a source knows them
 * @param daysAhead events that begin later are left alone
 * @param timeZone of days, where a source says none
 */
public record LocalEventSettings(
    int daysBack,
    int daysAhead,
    String timeZone,
    CallSettings calls,
    List<EventSourceSettings> sources) {
  public LocalEventSettings {
    SettingChecks.notNegative("days_back", daysBack);
    SettingChecks.positive("days_ahead", daysAhead);
    SettingChecks.zone("time_zone", timeZone);
    sources = List.copyOf(sources);
    long names = sources.stream().map(EventSourceSettings::name).distinct().count();
    SettingChecks.that(names == sources.size(), "sources", "have a name of their own each");
  }

  /** The time zone. */
  public ZoneId zone() {
    return ZoneId.of(timeZone);
  }
}
