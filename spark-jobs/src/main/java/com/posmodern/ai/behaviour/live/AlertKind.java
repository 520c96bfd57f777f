package com.posmodern.ai.behaviour.live;

/** What an alert is about. */
public enum AlertKind {
  /** No receipts where some are all but certain: a store or its line is down. */
  STOP,
  /** Far more receipts than expected after the last hours. */
  BURST,
  /** Far more money than the hour usually takes. */
  REVENUE,
  /** Hours that sell less than the profile. */
  SLOW,
  /** Hours that sell more than the profile. */
  FAST;

  /** Whether it happens within minutes. */
  boolean isSudden() {
    return this == STOP || this == BURST;
  }
}
