package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * What the product table says.
 *
 * @param listPrice NaN where unknown
 * @param launchedOn first epoch day on sale; {@link Integer#MIN_VALUE} where unknown
 * @param discontinuedOn last epoch day on sale; {@link Integer#MAX_VALUE} while sold
 */
record ProductAttributes(
    String department, String category, float listPrice, int launchedOn, int discontinuedOn)
    implements Serializable {

  /** Between launch and end, both included. */
  boolean onSale(int day) {
    return launchedOn <= day && day <= discontinuedOn;
  }
}
