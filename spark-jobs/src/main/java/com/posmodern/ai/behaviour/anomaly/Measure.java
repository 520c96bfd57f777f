package com.posmodern.ai.behaviour.anomaly;

/** What of a series' days was out of the ordinary. */
enum Measure {
  /** Units sold minus units returned. */
  DEMAND,
  /** Units returned, beside what the units sold let expect. */
  RETURNS,
  /** Money given away outside promotions, beside what the value sold lets expect. */
  DISCOUNTS,
  /** Shelf price of a unit; of a product only. */
  PRICE
}
