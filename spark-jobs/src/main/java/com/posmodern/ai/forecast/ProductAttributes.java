package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * What the product table says.
 *
 * @param name with the brand; empty where unknown
 * @param listPrice NaN where unknown
 * @param launchedOn first epoch day on sale; {@link Integer#MIN_VALUE} where unknown
 * @param discontinuedOn last epoch day on sale; {@link Integer#MAX_VALUE} while sold
 * @param endKnownFrom epoch day from which the end was known; {@link Integer#MIN_VALUE} where
 *     nobody recorded it
 */
record ProductAttributes(
    String department,
    String category,
    String name,
    float listPrice,
    int launchedOn,
    int discontinuedOn,
    int endKnownFrom)
    implements Serializable {

  /** Between launch and end, both included. */
  boolean onSale(int day) {
    return launchedOn <= day && day <= discontinuedOn;
  }

  /** After the end, where the end was known at the origin. */
  boolean knownToHaveEnded(int day, int origin) {
    return day > discontinuedOn && endKnownFrom <= origin;
  }
}
