package com.posmodern.ai.outreach;

import com.posmodern.ai.outreach.channel.Envelope;
import java.time.Instant;

/**
 * A message that may be sent now.
 *
 * @param attempt that is about to be made, not yet with an outcome
 * @param until when the customer's quiet hours or next day begin: from then on it may not leave
 */
record DueMessage(Attempt attempt, Envelope envelope, Instant until) {
  @Override
  public String toString() {
    return envelope.toString();
  }
}
