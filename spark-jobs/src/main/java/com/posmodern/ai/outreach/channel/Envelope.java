package com.posmodern.ai.outreach.channel;

import com.posmodern.ai.config.Campaign.Channel;
import java.time.Instant;
import java.util.Optional;

/**
 * A message with its address, as a provider needs it. It is never written anywhere: the address and
 * the text are not part of {@link #toString}.
 *
 * @param reference what the provider is told instead of campaign and customer; unique per message
 * @param address telephone number (E.164), e-mail address or chat
 * @param subject of an e-mail; empty on other channels
 * @param doubtfulSince when a request was last about to be sent whose outcome nobody knows
 */
public record Envelope(
    String reference,
    Channel channel,
    String address,
    String subject,
    String body,
    Optional<Instant> doubtfulSince) {
  @Override
  public String toString() {
    return "message %s by %s".formatted(reference, channel);
  }
}
