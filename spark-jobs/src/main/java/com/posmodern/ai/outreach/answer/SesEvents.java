package com.posmodern.ai.outreach.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.outreach.answer.Answered.Stop;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Events of Amazon SES, as a configuration set publishes them. See
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html.
 */
final class SesEvents {
  /** The tag that {@code SesChannel} sends along. */
  private static final String TAG = "pos_reference";

  /** What is new of each type, and the part in which it is told. */
  private static final Map<String, String> KINDS =
      Map.of(
          "Delivery", "delivered",
          "Open", "opened",
          "Click", "clicked",
          "Bounce", "bounced",
          "Complaint", Answers.COMPLAINED,
          "Reject", "failed",
          "Rendering Failure", "failed",
          "Subscription", Answers.UNSUBSCRIBED);

  private static final Set<String> PASSING = Set.of("Send", "DeliveryDelay");

  private SesEvents() {}

  /**
   * The event of a notification's message; empty when it says nothing new.
   *
   * @throws BadAnswer when it is none, or of no message with a reference
   */
  static Optional<Answered> read(String message) {
    JsonNode event = Answers.json(message);
    String type = event.path("eventType").asText(event.path("notificationType").asText(""));
    if (PASSING.contains(type)) {
      return Optional.empty();
    }
    String kind = KINDS.get(type);
    if (kind == null) {
      throw new BadAnswer(BadAnswer.UNKNOWN_EVENT);
    }
    JsonNode mail = event.path("mail");
    JsonNode part = event.path(part(type));
    String reference = mail.path("tags").path(TAG).path(0).asText("");
    if (reference.isEmpty()) {
      throw new BadAnswer(BadAnswer.NO_REFERENCE);
    }
    String moment = part.path("timestamp").asText(mail.path("timestamp").asText(""));
    Optional<Stop> stop = stop(type, part);
    return Optional.of(
        new Answered(
            String.join(
                "/", "ses", Answers.required(mail.path("messageId").asText("")), type, moment),
            kind,
            at(moment),
            Optional.of(reference),
            stop.map(any -> recipient(type, part, mail)).filter(address -> !address.isEmpty()),
            Optional.of(Channel.EMAIL),
            Optional.empty(),
            stop));
  }

  /** A bounce that will pass stops nothing. */
  private static Optional<Stop> stop(String type, JsonNode part) {
    return switch (type) {
      case "Bounce" ->
          part.path("bounceType").asText("").equals("Permanent")
              ? Optional.of(Stop.BOUNCED)
              : Optional.empty();
      case "Complaint" -> Optional.of(Stop.COMPLAINED);
      case "Subscription" -> Optional.of(Stop.UNSUBSCRIBED);
      default -> Optional.empty();
    };
  }

  private static String recipient(String type, JsonNode part, JsonNode mail) {
    JsonNode of =
        part.path(type.equals("Bounce") ? "bouncedRecipients" : "complainedRecipients").path(0);
    return of.path("emailAddress")
        .asText(mail.path("destination").path(0).asText(""))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** {@code Rendering Failure} is told in {@code failure}, all others in a part of their name. */
  private static String part(String type) {
    return type.equals("Rendering Failure") ? "failure" : type.toLowerCase(Locale.ROOT);
  }

  private static Instant at(String moment) {
    try {
      return Instant.parse(moment);
    } catch (DateTimeParseException e) {
      throw new BadAnswer(BadAnswer.UNREADABLE);
    }
  }
}
