package com.posmodern.ai.config;

import java.time.Duration;

/**
 * The stream of events.
 *
 * @param source where events come from
 * @param triggerSeconds least time between the beginnings of two batches: each costs a commit for
 *     every table it has rows of
 * @param lateHours an event that arrives so much later than it occurred is refused. It bounds the
 *     rows of a table among which a repeated event is looked for
 * @param futureMinutes an event that arrives so much earlier than it says it occurred is refused
 */
public record LiveSettings(
    Source source, int triggerSeconds, int lateHours, int futureMinutes, Files files, Kafka kafka) {

  /** Where events come from. */
  public enum Source {
    /** Files of JSON lines in a folder. */
    FILES,
    /** A topic, a record per event. */
    KAFKA
  }

  /** What becomes of a file whose events are in the tables. */
  public enum Afterwards {
    DELETE,
    KEEP
  }

  /**
   * Files that land.
   *
   * @param folder where; empty: {@code events/landed} of the lake
   * @param mostMib bound on a batch: it takes files up to so much together, and at least one
   * @param afterwards what becomes of them; they hold customers' ids
   */
  public record Files(String folder, int mostMib, Afterwards afterwards) {
    public Files {
      SettingChecks.positive("most_mib", mostMib);
    }
  }

  /**
   * A topic of Kafka.
   *
   * @param servers host:port, separated by commas
   * @param mostRecords bound on a batch
   */
  public record Kafka(String servers, String topic, int mostRecords) {
    public Kafka {
      SettingChecks.positive("most_records", mostRecords);
    }
  }

  public LiveSettings {
    SettingChecks.positive("trigger_seconds", triggerSeconds);
    SettingChecks.that(
        lateHours >= 1 && lateHours <= 720, "late_hours", "be from 1 to 720, is " + lateHours);
    SettingChecks.notNegative("future_minutes", futureMinutes);
    if (source == Source.KAFKA) {
      SettingChecks.text("kafka.servers", kafka.servers());
      SettingChecks.text("kafka.topic", kafka.topic());
    }
  }

  public Duration trigger() {
    return Duration.ofSeconds(triggerSeconds);
  }
}
