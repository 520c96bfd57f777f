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
 * @param contact number, address or chat of the writer; empty where there is a reference
 * @param channel where the source tells
 * @param text that a customer wrote
 */
public record Answered(
    String eventId,
    String kind,
    Instant at,
    Optional<String> reference,
    Optional<String> contact,
    Optional<Channel> channel,
    Optional<String> text) {
  /** Kinds after which nothing more is sent to the customer. */
  public boolean suppresses() {
    return kind.equals(Answers.UNSUBSCRIBED) || kind.equals(Answers.COMPLAINED);
  }

  @Override
  public String toString() {
    return kind + " " + eventId;
  }
}
