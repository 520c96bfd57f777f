package com.posmodern.ai.outreach;

/** Why a message is not sent now, in the order in which it is asked: the first one counts. */
enum Held {
  /** Its campaign is switched off, or outside its window. */
  CAMPAIGN_OFF,
  /** Its variant has been stopped. */
  VARIANT_STOPPED,
  /** The customer is not, or no longer, among the customers. */
  NO_CUSTOMER,
  NO_CONSENT,
  UNDER_AGE,
  AGE_UNKNOWN,
  SUPPRESSED,
  /** No number or address is on record. */
  NO_CONTACT,
  /** What is on record is no number or address. */
  BAD_CONTACT,
  /** The customer's rows name different ones. */
  DISPUTED_CONTACT,
  /** The channel has no provider. */
  NO_PROVIDER,
  /** Nobody knows whether it was sent, and the provider cannot be asked, or not yet. */
  IN_DOUBT,
  /** Tried by this run without success. */
  TRIED,
  QUIET_HOURS,
  PUBLIC_HOLIDAY,
  CAP_PER_DAY,
  CAP_PER_WEEK
}
