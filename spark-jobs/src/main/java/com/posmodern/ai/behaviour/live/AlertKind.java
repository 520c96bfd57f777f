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
  FAST,
  /** Far more receipts with a product than usual: it is talked about, or its price is wrong. */
  PRODUCT,
  /** Far more receipts of one customer than usual: a card that was stolen, or is passed on. */
  CUSTOMER,
  /** A till without a receipt while its store sells. */
  TILL,
  /** Far more carts than usual are not bought: the way to pay is broken. */
  CART;

  /** Whether it happens within minutes. */
  boolean isSudden() {
    return this == STOP || this == BURST;
  }
}
