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
    Source source,
    int triggerSeconds,
    int lateHours,
    int futureMinutes,
    Files files,
    Kafka kafka,
    Watch watch) {

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

  /**
   * What the stream compares sales with what is usual by.
   *
   * @param everySeconds least time between two looks
   * @param lagMinutes sales that arrive so much later than newer ones raise no alarm
   * @param stopProbability a silence that is less likely on an ordinary day is a stop
   * @param burstProbability so many receipts in a quarter or half of an hour that are less likely
   *     are a burst
   * @param rateProbability two hours that sell so little or so much with less probability are slow
   *     or fast
   * @param revenueProbability an hour that takes so much money with less probability is alerted
   * @param quietMinutes an alert that comes back within this time is no new one
   * @param items what products, tills, carts and customers are compared by
   * @param tell who is notified of an alert
   */
  public record Watch(
      int everySeconds,
      int lagMinutes,
      double stopProbability,
      double burstProbability,
      double rateProbability,
      double revenueProbability,
      int quietMinutes,
      Items items,
      Notify tell) {
    public Watch {
      SettingChecks.positive("every_seconds", everySeconds);
      SettingChecks.notNegative("lag_minutes", lagMinutes);
      SettingChecks.share("stop_probability", stopProbability);
      SettingChecks.share("burst_probability", burstProbability);
      SettingChecks.share("rate_probability", rateProbability);
      SettingChecks.share("revenue_probability", revenueProbability);
      SettingChecks.notNegative("quiet_minutes", quietMinutes);
    }

    public Duration every() {
      return Duration.ofSeconds(everySeconds);
    }
  }

  /**
   * What parts of the business are compared with what is usual by.
   *
   * @param productProbability so many receipts with a product within half an hour or an hour that
   *     are less likely are alerted
   * @param customerProbability likewise the receipts of a customer within an hour
   * @param tillProbability a till that is silent while its store sells with less probability is
   *     alerted
   * @param cartProbability likewise the carts of an hour that are not bought
   * @param cartMinutes a cart to which nothing was added, and that was not bought, for so long is
   *     lost
   */
  public record Items(
      double productProbability,
      double customerProbability,
      double tillProbability,
      double cartProbability,
      int cartMinutes) {
    public Items {
      SettingChecks.share("product_probability", productProbability);
      SettingChecks.share("customer_probability", customerProbability);
      SettingChecks.share("till_probability", tillProbability);
      SettingChecks.share("cart_probability", cartProbability);
      SettingChecks.positive("cart_minutes", cartMinutes);
    }
  }

  /**
   * Who is notified of an alert.
   *
   * @param url of the webhook; of SNS empty but for tests
   * @param topic ARN of the topic
   * @param region of the topic
   */
  public record Notify(To to, String url, String topic, String region) {
    /** How. */
    public enum To {
      /** Rows of ops.live_alerts only. */
      NONE,
      /** A POST with a signature; POS_ALERTS_SECRET is in the environment. */
      WEBHOOK,
      /** A topic of Amazon SNS. */
      SNS
    }

    public Notify {
      if (to == To.WEBHOOK || !url.isEmpty()) {
        SettingChecks.address("url", url);
      }
      if (to == To.SNS) {
        SettingChecks.text("topic", topic);
        SettingChecks.text("region", region);
      }
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
