package com.posmodern.ai.campaign.audience;

/** Why a customer is not selected, in the order in which it is asked: the first one counts. */
public enum Reason {
  /** No recorded consent to marketing, in every row of the customer. */
  NO_CONSENT,
  UNDER_AGE,
  AGE_UNKNOWN,
  /** On no channel of the campaign can the customer be reached. */
  NO_CONTACT,
  /** Selected by the same campaign on an earlier night. */
  ALREADY_SELECTED,
  OTHER_STORE,
  OTHER_SEGMENT,
  OTHER_RECENCY,
  OTHER_NUMBER_OF_BASKETS,
  OTHER_BIRTHDAY_MONTH,
  /** A propensity is below what the campaign asks for, or unknown. */
  LOW_PROPENSITY,
  /** None of the offered products, or of the categories, is recommended to the customer. */
  NO_PRODUCT_WANTED,
  /** The variant that falls to the customer has been stopped. */
  VARIANT_STOPPED,
  /** The message costs more than it is expected to bring. */
  NO_GAIN,
  /** Selected by as many campaigns lately as is allowed. */
  FREQUENCY_CAP,
  /** Another campaign is expected to gain more with the customer. */
  OTHER_CAMPAIGN,
  /** The budget is spent on customers with a higher expected gain. */
  BUDGET
}
