package com.posmodern.ai.config;

import java.net.URI;
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
 * @param batch messages that are prepared together: consent and suppressions are read, and the
 *     outbox is committed, once for each batch
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
   * Twilio's Messages API; account and token come from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.
   *
   * @param url of the API
   * @param smsFrom number or messaging service (MG...) that text messages come from
   * @param whatsappFrom number that WhatsApp messages come from
   * @param whatsappTemplate sid (HX...) of the approved template, whose variable 1 is the text;
   *     empty: the text itself, which WhatsApp delivers within 24 hours of the customer's last word
   *     alone
   * @param callback public address of the answers; empty: no status is asked for
   */
  public record Twilio(
      String url, String smsFrom, String whatsappFrom, String whatsappTemplate, String callback) {
    public Twilio {
      requireAddress("url", url);
      SettingChecks.that(
          callback.isEmpty() || callback.startsWith("https://") || callback.startsWith("http://"),
          "callback",
          "be an address, is " + callback);
    }
  }

  /**
   * Telegram's Bot API; the token comes from TELEGRAM_BOT_TOKEN.
   *
   * @param url of the API
   */
  public record TelegramBot(String url) {
    public TelegramBot {
      requireAddress("url", url);
    }
  }

  /**
   * Any other system; the secret of the signature comes from POS_WEBHOOK_SECRET.
   *
   * @param url that messages are posted to; empty where no channel uses it
   */
  public record Webhook(String url) {
    public Webhook {
      if (!url.isEmpty()) {
        requireAddress("url", url);
      }
    }
  }

  /**
   * Amazon SES; credentials are those of the role, or of AWS_ACCESS_KEY_ID and
   * AWS_SECRET_ACCESS_KEY.
   *
   * @param url of the API; empty: that of the region
   * @param region such as {@code sa-east-1}
   * @param from verified address that messages come from
   * @param configurationSet whose events are published to the topic; empty: none
   * @param topic ARN of the SNS topic by which bounces, complaints and the like come back, see
   *     conf/aws/answers.yaml; empty: none is read
   */
  public record Ses(String url, String region, String from, String configurationSet, String topic) {
    public Ses {
      requireAws(url, region);
      SettingChecks.that(
          from.isEmpty() || from.contains("@"), "from", "be an e-mail address, is " + from);
      SettingChecks.that(
          topic.isEmpty() || topic.matches("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[\\w.-]+"),
          "topic",
          "be the ARN of an SNS topic, is " + topic);
    }

    /** Address of the API. */
    public String endpoint() {
      return url.isEmpty() ? "https://email.%s.amazonaws.com".formatted(region) : url;
    }
  }

  /**
   * Amazon SNS; credentials as those of SES.
   *
   * @param url of the API; empty: that of the region
   * @param region such as {@code sa-east-1}
   * @param senderId name that text messages come from, where the country has such; empty: a number
   *     of AWS
   */
  public record Sns(String url, String region, String senderId) {
    public Sns {
      requireAws(url, region);
      SettingChecks.that(
          senderId.matches("[A-Za-z0-9]{0,11}"),
          "sender_id",
          "be at most 11 letters and digits, is " + senderId);
    }

    /** Address of the API. */
    public String endpoint() {
      return url.isEmpty() ? "https://sns.%s.amazonaws.com".formatted(region) : url;
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
        requireAddress("base", base);
        requireAddress("target", target);
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

  private static void requireAws(String url, String region) {
    if (!url.isEmpty()) {
      requireAddress("url", url);
    }
    SettingChecks.that(
        region.matches("([a-z]{2}(-[a-z]+)+-[0-9])?"),
        "region",
        "be a region such as sa-east-1, is " + region);
  }

  private static void requireAddress(String key, String text) {
    boolean good;
    try {
      good = URI.create(text).getHost() != null && text.matches("https?://.*");
    } catch (IllegalArgumentException e) {
      good = false;
    }
    SettingChecks.that(good, key, "be an address such as https://example.com, is " + text);
  }
}
