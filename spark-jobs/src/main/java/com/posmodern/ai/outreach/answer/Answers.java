package com.posmodern.ai.outreach.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.outreach.channel.Signature;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Verifies requests and reads what they say. Signatures: Twilio's X-Twilio-Signature (HMAC-SHA1 of
 * the address and the sorted fields, https://www.twilio.com/docs/usage/security), Telegram's secret
 * token, our own stamped HMAC of other systems, and the signature in a link.
 */
public final class Answers {
  static final String UNSUBSCRIBED = "unsubscribed";
  static final String COMPLAINED = "complained";
  static final String REPLIED = "replied";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What Twilio's message statuses are to us; others say nothing new. */
  private static final Map<String, String> TWILIO_STATUS =
      Map.of(
          "delivered", "delivered", "read", "opened", "undelivered", "bounced", "failed", "failed");

  private static final Set<String> TWILIO_PASSING =
      Set.of("accepted", "scheduled", "queued", "sending", "sent", "canceled", "receiving");

  private static final Set<String> WEBHOOK_KINDS =
      Set.of(
          "delivered",
          "opened",
          "clicked",
          REPLIED,
          "converted",
          UNSUBSCRIBED,
          "bounced",
          "failed",
          COMPLAINED);

  /** Who may answer. */
  public enum Source {
    TWILIO("TWILIO_AUTH_TOKEN"),
    TELEGRAM("TELEGRAM_WEBHOOK_SECRET"),
    WEBHOOK("POS_WEBHOOK_SECRET"),
    CLICK("POS_LINK_SECRET"),
    /** Verified by a certificate of AWS: {@link SnsNotices}. */
    SES("");

    private final String secret;

    Source(String secret) {
      this.secret = secret;
    }

    /** The environment variable with which its answers are verified; empty: there is none. */
    public String secret() {
      return secret;
    }
  }

  private final String callback;
  private final Map<Source, String> secrets;
  private final Function<String, Optional<String>> links;
  private final Optional<SnsNotices> notices;

  /**
   * @param callback public address of the receiver, which Twilio signs
   * @param secrets of those who may answer; everybody else is refused
   * @param links the reference of a link's token; empty when we did not sign it
   * @param notices that bring the events of SES; empty: they are refused
   */
  public Answers(
      String callback,
      Map<Source, String> secrets,
      Function<String, Optional<String>> links,
      Optional<SnsNotices> notices) {
    this.callback = callback;
    this.secrets = new EnumMap<>(Source.class);
    this.secrets.putAll(secrets);
    this.links = links;
    this.notices = notices;
  }

  /**
   * What a request says; empty when it says nothing new.
   *
   * @throws BadAnswer when it is unsigned, or cannot be read
   */
  public Optional<Answered> read(Landed landed) {
    Source source =
        Arrays.stream(Source.values())
            .filter(one -> secrets.containsKey(one) || (one == Source.SES && notices.isPresent()))
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(landed.source()))
            .findFirst()
            .orElseThrow(() -> new BadAnswer("UNKNOWN_SOURCE"));
    return switch (source) {
      case TWILIO -> twilio(landed);
      case TELEGRAM -> telegram(landed);
      case WEBHOOK -> Optional.of(webhook(landed));
      case CLICK -> Optional.of(click(landed));
      case SES -> notices.orElseThrow().message(json(landed.body())).flatMap(SesEvents::read);
    };
  }

  private Optional<Answered> twilio(Landed landed) {
    Map<String, String> fields = form(landed.body());
    StringBuilder signed = new StringBuilder(callback).append("/twilio");
    if (!landed.reference().isEmpty()) {
      signed.append("?ref=").append(landed.reference());
    }
    fields.forEach((name, value) -> signed.append(name).append(value));
    byte[] expected = Signature.sha1(secrets.get(Source.TWILIO)).of(signed.toString());
    if (!Signature.same(Base64.getEncoder().encodeToString(expected), landed.signature())) {
      throw new BadAnswer(BadAnswer.BAD_SIGNATURE);
    }
    String sid = required(fields.get("MessageSid"));
    if (fields.containsKey("Body") && fields.containsKey("From")) {
      String from = fields.get("From");
      boolean whatsapp = from.startsWith("whatsapp:");
      return Optional.of(
          Answered.written(
              "twilio/" + sid,
              landed.at(),
              whatsapp ? from.substring("whatsapp:".length()) : from,
              whatsapp ? Channel.WHATSAPP : Channel.SMS,
              fields.get("Body")));
    }
    String status = required(fields.get("MessageStatus"));
    if (TWILIO_PASSING.contains(status)) {
      return Optional.empty();
    }
    if (!TWILIO_STATUS.containsKey(status)) {
      throw new BadAnswer(BadAnswer.UNKNOWN_EVENT);
    }
    return Optional.of(
        Answered.ofMessage(
            "twilio/" + sid + "/" + status,
            TWILIO_STATUS.get(status),
            landed.at(),
            landed.reference()));
  }

  private Optional<Answered> telegram(Landed landed) {
    if (!Signature.same(secrets.get(Source.TELEGRAM), landed.signature())) {
      throw new BadAnswer(BadAnswer.BAD_SIGNATURE);
    }
    JsonNode update = json(landed.body());
    JsonNode message = update.path("message");
    if (!message.has("text")) {
      return Optional.empty();
    }
    return Optional.of(
        Answered.written(
            "telegram/" + required(update.path("update_id").asText("")),
            landed.at(),
            required(message.path("chat").path("id").asText("")),
            Channel.TELEGRAM,
            message.get("text").asText()));
  }

  private Answered webhook(Landed landed) {
    if (!Signature.sha256(secrets.get(Source.WEBHOOK))
        .isStamped(landed.signature(), landed.body(), landed.at())) {
      throw new BadAnswer(BadAnswer.BAD_SIGNATURE);
    }
    JsonNode body = json(landed.body());
    String kind = body.path("event").asText("");
    if (!WEBHOOK_KINDS.contains(kind)) {
      throw new BadAnswer(BadAnswer.UNKNOWN_EVENT);
    }
    return Answered.ofMessage(
            "webhook/" + required(body.path("id").asText("")),
            kind,
            moment(body.path("occurred_at").asText("")),
            body.path("reference").asText(""))
        .saying(body.path("text").asText(""));
  }

  private Answered click(Landed landed) {
    String reference =
        links.apply(landed.reference()).orElseThrow(() -> new BadAnswer(BadAnswer.BAD_SIGNATURE));
    return Answered.ofMessage("click/" + required(landed.id()), "clicked", landed.at(), reference);
  }

  static String required(String value) {
    if (value == null || value.isEmpty()) {
      throw new BadAnswer(BadAnswer.UNREADABLE);
    }
    return value;
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadAnswer(BadAnswer.UNREADABLE);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BadAnswer(BadAnswer.UNREADABLE);
    }
  }

  /** Fields of a form by name, sorted as Twilio signs them. */
  private static Map<String, String> form(String body) {
    Map<String, String> fields = new TreeMap<>();
    if (body.isEmpty()) {
      return fields;
    }
    for (String pair : body.split("&", -1)) {
      int at = pair.indexOf('=');
      if (at < 0) {
        throw new BadAnswer(BadAnswer.UNREADABLE);
      }
      fields.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadAnswer(BadAnswer.UNREADABLE);
    }
  }
}
