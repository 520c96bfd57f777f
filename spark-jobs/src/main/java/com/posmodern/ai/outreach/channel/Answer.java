package com.posmodern.ai.outreach.channel;

import java.time.Duration;

/** What a request to a provider came to. Reasons name neither address nor text. */
public sealed interface Answer {
  /**
   * The provider took the message.
   *
   * @param providerId what it calls it; empty where it gave no name
   */
  record Accepted(String providerId) implements Answer {}

  /** The provider will never take it. */
  record Refused(String reason) implements Answer {}

  /**
   * The message has surely not been sent, and may be tried again.
   *
   * @param pause that the provider asked for; zero where it asked for none
   */
  record NotTaken(String reason, Duration pause) implements Answer {}

  /** Nobody knows: the request left, and no answer says what became of it. */
  record Unknown(String reason) implements Answer {}
}
