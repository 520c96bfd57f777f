package com.posmodern.ai.outreach.channel;

import com.posmodern.ai.aws.SignedRequests;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.error.PosException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Opens the channels that the settings name, with secrets of the environment. */
public final class Channels {
  private Channels() {}

  /**
   * The channels that have a provider.
   *
   * @param environment value of a variable; null when it is not set
   * @throws PosException usage when a setting or secret of one of them is missing
   */
  public static Map<Channel, MessageChannel> open(
      OutreachSettings settings, UnaryOperator<String> environment, InstantSource clock) {
    HttpCalls calls = new HttpCalls(settings.timeout());
    Map<Channel, MessageChannel> open = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      OutreachSettings.Provider provider = settings.route(channel).provider();
      switch (provider) {
        case NONE -> {}
        case TWILIO -> {
          boolean whatsapp = channel == Channel.WHATSAPP;
          require(
              whatsapp ? settings.twilio().whatsappFrom() : settings.twilio().smsFrom(),
              whatsapp ? "outreach.twilio.whatsapp_from" : "outreach.twilio.sms_from");
          open.put(
              channel,
              new TwilioChannel(
                  settings.twilio(),
                  secret("TWILIO_ACCOUNT_SID", channel, environment),
                  secret("TWILIO_AUTH_TOKEN", channel, environment),
                  calls));
        }
        case TELEGRAM ->
            open.put(
                channel,
                new TelegramChannel(
                    settings.telegramBot(),
                    secret("TELEGRAM_BOT_TOKEN", channel, environment),
                    calls));
        case SES -> {
          require(settings.ses().from(), "outreach.ses.from");
          require(settings.ses().region(), "outreach.ses.region");
          open.put(
              channel,
              new SesChannel(settings.ses(), SignedRequests.open(environment, clock), calls));
        }
        case SNS -> {
          require(settings.sns().region(), "outreach.sns.region");
          open.put(
              channel,
              new SnsChannel(settings.sns(), SignedRequests.open(environment, clock), calls));
        }
        case WEBHOOK -> {
          require(settings.webhook().url(), "outreach.webhook.url");
          open.put(
              channel,
              new WebhookChannel(
                  settings.webhook(),
                  secret("POS_WEBHOOK_SECRET", channel, environment),
                  calls,
                  clock));
        }
      }
    }
    return open;
  }

  private static void require(String value, String key) {
    if (value.isEmpty()) {
      throw PosException.usage(
          "a channel needs it, and it is empty", key, "Fill it in, or set the provider to NONE.");
    }
  }

  private static String secret(String name, Channel channel, UnaryOperator<String> environment) {
    String value = environment.apply(name);
    if (value == null || value.isBlank()) {
      throw PosException.usage(
          "is not set, and channel %s needs it".formatted(channel),
          "environment variable " + name,
          "Set it, or set the channel's provider to NONE.");
    }
    return value.strip();
  }
}
