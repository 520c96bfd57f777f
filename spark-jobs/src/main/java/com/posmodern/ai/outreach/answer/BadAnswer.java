package com.posmodern.ai.outreach.answer;

/** A request that is none of a provider's, with the reason in one word; quarantined and counted. */
public final class BadAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadAnswer(String reason) {
    super(reason);
  }
}
