package com.posmodern.ai.behaviour.anomaly;

/** What of a series' days was out of the ordinary. */
enum Measure {
  /** Units sold minus units returned. */
  DEMAND,
  /** Units returned, against what is expected of the units sold. */
  RETURNS,
  /** Money given away outside promotions, against what is expected of the value sold. */
  DISCOUNTS,
  /** Shelf price of a unit; of a product only. */
  PRICE
}
