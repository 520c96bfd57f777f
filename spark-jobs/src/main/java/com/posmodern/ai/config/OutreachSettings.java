package com.posmodern.ai.config;

import com.posmodern.ai.config.ProviderSettings.Ses;
import com.posmodern.ai.config.ProviderSettings.Sns;
import com.posmodern.ai.config.ProviderSettings.TelegramBot;
import com.posmodern.ai.config.ProviderSettings.Twilio;
import com.posmodern.ai.config.ProviderSettings.Webhook;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How messages are sent. Secrets come from the environment alone: see docs/marketing.md.
 *
 * @param mode whether messages are sent, and to whom
 * @param timeZone IANA time zone of customers whose store is not on record
 * @param countryCode digits put before a telephone number that has no country code
 * @param quietFrom time of day, as {@code 20:00}, from which nobody is disturbed
 * @param quietUntil time of day until which nobody is disturbed
 * @param capPerDay most messages that a customer gets within 24 hours, over all campaigns
 * @param capPerWeek the same within 7 days
 * @param mostPerRun most messages of one run, so that a run ends before the next one begins
 * @param batch messages that are prepared together: consent and suppressions are read for each
 *     batch, and again when they change before it has left; the outbox is committed once for each
 * @param inFlight messages of a channel that are on their way at the same time: so many at most are
 *     in doubt after a crash
 * @param attempts requests within a run for a message that the provider did not take
 * @param runs runs in which a message is attempted before it is given up
 * @param timeoutSeconds for an answer of a provider
 * @param doubtSettlesSeconds how long after a request the provider surely knows of it, so that it
 *     can be asked
 * @param alarmBouncedShare share of the messages of a day that come back above which responses
 *     raises an alarm
 */
public record OutreachSettings(
    Mode mode,
    String timeZone,
    String countryCode,
    String quietFrom,
    String quietUntil,
    int capPerDay,
    int capPerWeek,
    int mostPerRun,
    int batch,
    int inFlight,
    int attempts,
    int runs,
    int timeoutSeconds,
    int doubtSettlesSeconds,
    double alarmBouncedShare,
    Route whatsapp,
    Route sms,
    Route telegram,
    Route email,
    Twilio twilio,
    TelegramBot telegramBot,
    Webhook webhook,
    Ses ses,
    Sns sns,
    Links links,
    Answers answers) {

  /** Whether messages are sent, and to whom. */
  public enum Mode {
    /** Nothing is sent: the run says what it would send. */
    DRY_RUN,
    /** All go to the one address of the environment, so that a person sees them. */
    SANDBOX,
    /** To the customers. */
    LIVE
  }

  /** Who carries the messages of a channel. */
  public enum Provider {
    /** Nobody: messages of the channel wait. */
    NONE,
    TWILIO,
    TELEGRAM,
    /** Amazon SES, for e-mail. */
    SES,
    /** Amazon SNS, for text messages. */
    SNS,
    WEBHOOK
  }

  /**
   * How a channel sends.
   *
   * @param perSecond most messages a second
   */
  public record Route(Provider provider, int perSecond) {
    public Route {
      SettingChecks.that(
          perSecond >= 1 && perSecond <= 1000, "per_second", "be from 1 to 1000, is " + perSecond);
    }
  }

  /**
   * Signed short links, appended to messages; the secret comes from POS_LINK_SECRET.
   *
   * @param base public address of the answers' receiver, such as {@code https://l.example.com};
   *     empty: no links
   * @param target where a click leads
   */
  public record Links(String base, String target) {
    public Links {
      if (!base.isEmpty()) {
        SettingChecks.address("base", base);
        SettingChecks.address("target", target);
      }
    }

    public boolean wanted() {
      return !base.isEmpty();
    }
  }

  /**
   * Answers of providers and customers.
   *
   * @param folder where they land, a folder or an address; empty: {@code outreach/landed} of the
   *     lake
   */
  public record Answers(String folder) {}

  public OutreachSettings {
    try {
      ZoneId.of(timeZone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "time_zone must be an IANA time zone such as America/Sao_Paulo, is " + timeZone, e);
    }
    SettingChecks.that(
        countryCode.matches("[1-9][0-9]{0,2}"),
        "country_code",
        "be the digits of a country, is " + countryCode);
    LocalTime from = time("quiet_from", quietFrom);
    LocalTime until = time("quiet_until", quietUntil);
    SettingChecks.that(
        !from.equals(until), "quiet_until", "differ from quiet_from, both are " + quietUntil);
    SettingChecks.positive("cap_per_day", capPerDay);
    SettingChecks.that(
        capPerWeek >= capPerDay, "cap_per_week", "be at least cap_per_day, is " + capPerWeek);
    SettingChecks.positive("most_per_run", mostPerRun);
    SettingChecks.that(batch >= 1 && batch <= 20_000, "batch", "be from 1 to 20000, is " + batch);
    SettingChecks.that(
        inFlight >= 1 && inFlight <= 500, "in_flight", "be from 1 to 500, is " + inFlight);
    SettingChecks.that(attempts >= 1 && attempts <= 10, "attempts", "be from 1 to 10");
    SettingChecks.positive("runs", runs);
    SettingChecks.positive("timeout_seconds", timeoutSeconds);
    SettingChecks.notNegative("doubt_settles_seconds", doubtSettlesSeconds);
    SettingChecks.share("alarm_bounced_share", alarmBouncedShare);
    carries("whatsapp", whatsapp, Provider.TWILIO);
    carries("sms", sms, Provider.TWILIO, Provider.SNS);
    carries("telegram", telegram, Provider.TELEGRAM);
    carries("email", email, Provider.SES);
  }

  /** Any channel may have no provider, or a webhook. */
  private static void carries(String channel, Route route, Provider... own) {
    List<Provider> allowed = new ArrayList<>(List.of(Provider.NONE));
    allowed.addAll(List.of(own));
    allowed.add(Provider.WEBHOOK);
    SettingChecks.that(
        allowed.contains(route.provider()),
        channel + ".provider",
        "be one of %s, is %s"
            .formatted(
                allowed.stream().map(Enum::name).collect(Collectors.joining(", ")),
                route.provider()));
  }

  /** The route of a channel. */
  public Route route(Campaign.Channel channel) {
    return switch (channel) {
      case WHATSAPP -> whatsapp;
      case SMS -> sms;
      case TELEGRAM -> telegram;
      case EMAIL -> email;
    };
  }

  public Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  private static LocalTime time(String key, String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s must be a time of day such as 20:00, is %s".formatted(key, text), e);
    }
  }
}
