package com.posmodern.ai.campaign.outcome;

/**
 * All that an estimate needs of an arm, whatever its size.
 *
 * @param customers number of them
 * @param after sum of their spend after selection
 * @param before sum of their spend before
 * @param afterSquared sum of squares
 * @param beforeSquared sum of squares
 * @param product sum of before × after
 */
public record ArmSums(
    long customers,
    double after,
    double before,
    double afterSquared,
    double beforeSquared,
    double product) {
  double meanAfter() {
    return after / customers;
  }

  double meanBefore() {
    return before / customers;
  }

  /** Sum of squared deviations after. */
  double spreadAfter() {
    return Math.max(0, afterSquared - after * meanAfter());
  }

  /** Sum of squared deviations before. */
  double spreadBefore() {
    return Math.max(0, beforeSquared - before * meanBefore());
  }

  /** Sum of products of deviations. */
  double together() {
    return product - before * meanAfter();
  }
}
