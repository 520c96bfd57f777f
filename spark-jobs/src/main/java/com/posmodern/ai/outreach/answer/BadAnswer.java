package com.posmodern.ai.outreach.answer;

/** A request that is none of a provider's, with the reason in one word; quarantined and counted. */
public final class BadAnswer extends RuntimeException {
  static final String BAD_SIGNATURE = "BAD_SIGNATURE";
  static final String UNREADABLE = "UNREADABLE";
  static final String UNKNOWN_EVENT = "UNKNOWN_EVENT";
  static final String NO_REFERENCE = "NO_REFERENCE";

  private static final long serialVersionUID = 1L;

  BadAnswer(String reason) {
    super(reason);
  }
}
