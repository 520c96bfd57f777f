package com.posmodern.ai.outreach.channel;

import java.time.Duration;

/** A provider that carries the messages of a channel. Safe for use by several threads. */
public interface MessageChannel {
  /** How a message in doubt can be sent at most once all the same. */
  enum Doubt {
    /** The provider takes the same reference once: it may be sent again. */
    SAME_AGAIN,
    /** The provider can be asked whether it knows the message. */
    ASK,
    /** Neither: it stays in doubt, and is never sent again. */
    STAYS
  }

  /** Its name in the outbox. */
  String provider();

  Doubt doubt();

  /** One request. Never throws for what a network or a provider does. */
  Answer send(Envelope message);

  /**
   * Whether the provider knows the message; for {@link Doubt#ASK} alone.
   *
   * @return {@link Answer.Accepted} when it does, {@link Answer.NotTaken} when it surely does not,
   *     {@link Answer.Unknown} when it did not say
   */
  default Answer ask(Envelope message) {
    return new Answer.Unknown("the provider cannot be asked");
  }

  /** As a provider that has not been reached, or asks for patience. */
  static Answer notTaken(String reason) {
    return new Answer.NotTaken(reason, Duration.ZERO);
  }
}
