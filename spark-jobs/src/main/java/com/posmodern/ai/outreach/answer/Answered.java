package com.posmodern.ai.outreach.answer;

import com.posmodern.ai.config.Campaign.Channel;
import java.time.Instant;
import java.util.Optional;

/**
 * What a request says, verified: what became of a message, or what a customer did or wrote.
 *
 * @param eventId the same however often it lands
 * @param kind as in {@code source.campaign_events}
 * @param reference of the message; empty where a customer wrote by themselves
 * @param contact number, address or chat of the writer, or the address that nothing more goes to;
 *     empty where there is a reference alone
 * @param channel where the source tells
 * @param text that a customer wrote
 * @param stop why nothing more is sent; empty where nothing stops
 */
public record Answered(
    String eventId,
    String kind,
    Instant at,
    Optional<String> reference,
    Optional<String> contact,
    Optional<Channel> channel,
    Optional<String> text,
    Optional<Stop> stop) {
  /** Why nothing more is sent: the reason in {@code source.suppressions}. */
  public enum Stop {
    STOP_WORD,
    UNSUBSCRIBED,
    COMPLAINED,
    /** The address is none any longer: the customer's other channels stay open. */
    BOUNCED
  }

  /** An event of a message. */
  static Answered ofMessage(String id, String kind, Instant at, String reference) {
    if (reference.isEmpty()) {
      throw new BadAnswer(BadAnswer.NO_REFERENCE);
    }
    return new Answered(
        id,
        kind,
        at,
        Optional.of(reference),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        stopOf(kind));
  }

  /** What a customer wrote. */
  static Answered written(String id, Instant at, String from, Channel channel, String text) {
    boolean stops = StopWords.isOne(text);
    return new Answered(
        id,
        stops ? Answers.UNSUBSCRIBED : Answers.REPLIED,
        at,
        Optional.empty(),
        Optional.of(from),
        Optional.of(channel),
        Optional.of(text),
        stops ? Optional.of(Stop.STOP_WORD) : Optional.empty());
  }

  /** The same event with what the customer wrote; a stop word unsubscribes. */
  Answered saying(String words) {
    if (words.isEmpty()) {
      return this;
    }
    boolean stops = kind.equals(Answers.REPLIED) && StopWords.isOne(words);
    return new Answered(
        eventId,
        stops ? Answers.UNSUBSCRIBED : kind,
        at,
        reference,
        contact,
        channel,
        Optional.of(words),
        stops ? Optional.of(Stop.UNSUBSCRIBED) : stop);
  }

  private static Optional<Stop> stopOf(String kind) {
    return switch (kind) {
      case Answers.UNSUBSCRIBED -> Optional.of(Stop.UNSUBSCRIBED);
      case Answers.COMPLAINED -> Optional.of(Stop.COMPLAINED);
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return kind + " " + eventId;
  }
}
