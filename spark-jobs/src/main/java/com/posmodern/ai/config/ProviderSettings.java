package com.posmodern.ai.config;

/**
 * How the providers of {@link OutreachSettings} are reached. Secrets come from the environment
 * alone: see docs/marketing.md.
 */
public final class ProviderSettings {
  private ProviderSettings() {}

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
      SettingChecks.address("url", url);
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
      SettingChecks.address("url", url);
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
        SettingChecks.address("url", url);
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

  private static void requireAws(String url, String region) {
    if (!url.isEmpty()) {
      SettingChecks.address("url", url);
    }
    SettingChecks.that(
        region.matches("([a-z]{2}(-[a-z]+)+-[0-9])?"),
        "region",
        "be a region such as sa-east-1, is " + region);
  }
}
