package com.posmodern.ai.outreach.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.ProviderSettings.Twilio;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * WhatsApp and text messages by Twilio's Messages API.
 *
 * <p>The API takes no idempotency key, but lists messages by recipient: a message in doubt is found
 * there by its text. See https://www.twilio.com/docs/messaging/api/message-resource.
 */
final class TwilioChannel implements MessageChannel {
  private static final String WHATSAPP = "whatsapp:";

  /** Clocks of two machines differ by less. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private final Twilio settings;
  private final String messages;
  private final String authorization;
  private final String account;
  private final HttpCalls calls;

  TwilioChannel(Twilio settings, String account, String token, HttpCalls calls) {
    this.settings = settings;
    this.account = account;
    this.messages = settings.url() + "/2010-04-01/Accounts/" + account + "/Messages.json";
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((account + ":" + token).getBytes(StandardCharsets.UTF_8));
    this.calls = calls;
  }

  @Override
  public String provider() {
    return "TWILIO";
  }

  @Override
  public Doubt doubt() {
    return Doubt.ASK;
  }

  @Override
  public Answer send(Envelope message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("To", to(message));
    boolean whatsapp = message.channel() == Channel.WHATSAPP;
    String from = whatsapp ? settings.whatsappFrom() : settings.smsFrom();
    fields.put(
        from.startsWith("MG") ? "MessagingServiceSid" : "From", (whatsapp ? WHATSAPP : "") + from);
    if (whatsapp && !settings.whatsappTemplate().isEmpty()) {
      fields.put("ContentSid", settings.whatsappTemplate());
      fields.put(
          "ContentVariables",
          HttpCalls.JSON.createObjectNode().put("1", message.body()).toString());
    } else {
      fields.put("Body", message.body());
    }
    if (!settings.callback().isEmpty()) {
      fields.put("StatusCallback", settings.callback() + "/twilio?ref=" + message.reference());
    }
    return calls.send(
        request(messages)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(HttpCalls.form(fields))),
        body -> new Answer.Accepted(body.path("sid").asText("")));
  }

  private static String to(Envelope message) {
    return (message.channel() == Channel.WHATSAPP ? WHATSAPP : "") + message.address();
  }

  private HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", authorization)
        .header("Accept", "application/json");
  }

  /**
   * The messages to the recipient, page by page. Not by the day on which they were sent: one that
   * waits at Twilio has none yet.
   */
  @Override
  public Answer ask(Envelope message) {
    Instant since = message.doubtfulSince().orElseThrow().minus(CLOCKS);
    String page = messages + "?PageSize=1000&To=" + HttpCalls.encoded(to(message));
    while (!page.isEmpty()) {
      String[] next = {""};
      Answer found =
          calls.send(
              request(page).GET(),
              body -> {
                next[0] = body.path("next_page_uri").asText("").replace("null", "");
                return body.has("messages")
                    ? among(body.get("messages"), message, since)
                    : new Answer.Unknown("the provider's list cannot be read");
              });
      if (found instanceof Answer.Accepted) {
        return found;
      }
      if (!(found instanceof Answer.NotTaken missing) || !missing.reason().equals(MISSING)) {
        return new Answer.Unknown("the provider did not say whether it knows the message");
      }
      page = next[0].isEmpty() ? "" : settings.url() + next[0];
    }
    return MessageChannel.notTaken(MISSING);
  }

  private static final String MISSING = "the provider does not know the message";

  private static Answer among(JsonNode messages, Envelope message, Instant since) {
    String text = lettersOf(message.body());
    for (JsonNode known : messages) {
      if (lettersOf(known.path("body").asText("")).contains(text)
          && !created(known).isBefore(since)) {
        return new Answer.Accepted(known.path("sid").asText(""));
      }
    }
    return MessageChannel.notTaken(MISSING);
  }

  /** Twilio may exchange quotes and dashes for those that a text message takes. */
  private static String lettersOf(String text) {
    return text.replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** A moment that cannot be read counts as now: the message may be the one in doubt. */
  private static Instant created(JsonNode message) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(
          message.path("date_created").asText(""), Instant::from);
    } catch (DateTimeParseException e) {
      return Instant.MAX;
    }
  }

  @Override
  public String toString() {
    return "Twilio account " + account.substring(0, Math.min(4, account.length())) + "…";
  }
}
