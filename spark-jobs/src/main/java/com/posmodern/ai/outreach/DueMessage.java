package com.posmodern.ai.outreach;

import com.posmodern.ai.outreach.channel.Envelope;

/**
 * A message that may be sent now.
 *
 * @param attempt that is about to be made, not yet with an outcome
 */
record DueMessage(Attempt attempt, Envelope envelope) {
  @Override
  public String toString() {
    return envelope.toString();
  }
}
