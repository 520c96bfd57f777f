package com.posmodern.ai.outreach;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One attempt at a message, and what became of it: a row of {@code ops.outbox}. Holds a pseudonym
 * and no contact.
 *
 * @param asOf night that wrote the message
 * @param step which message of the campaign to the customer, from 1
 * @param number of the attempt, from 1
 * @param reference what providers are told
 * @param providerId empty where the provider gave none
 * @param reason empty when it was sent
 * @param at when it was recorded
 */
record Attempt(
    LocalDate asOf,
    String campaignId,
    String customerId,
    int step,
    Mode mode,
    int number,
    String reference,
    String arm,
    Channel channel,
    String provider,
    State state,
    String providerId,
    String reason,
    String legalBasis,
    Instant at) {
  /** How a message stands. */
  enum State {
    /** Written before the request; without an outcome beside it the message is in doubt. */
    INTENDED,
    SENT,
    FAILED,
    DEFERRED,
    IN_DOUBT
  }

  Attempt became(State now, String provider, Optional<String> id, String why, Instant when) {
    return new Attempt(
        asOf,
        campaignId,
        customerId,
        step,
        mode,
        number,
        reference,
        arm,
        channel,
        provider,
        now,
        id.orElse(""),
        why,
        legalBasis,
        when);
  }

  /** The outbox's key of the attempt. */
  String key() {
    return String.join(
        "/", mode.name(), campaignId, customerId, Integer.toString(step), Integer.toString(number));
  }
}
