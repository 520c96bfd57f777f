package com.posmodern.ai.contract;

import java.util.Locale;

/**
 * How a series' demand behaves, by the interval between days with demand (ADI) and the squared
 * coefficient of variation of the demands that are not zero (CV²).
 *
 * <p>Source: Syntetos, Boylan and Croston, "On the categorization of demand patterns", Journal of
 * the Operational Research Society 56 (2005): the cuts are theirs.
 */
public enum DemandClass {
  SMOOTH,
  ERRATIC,
  INTERMITTENT,
  LUMPY,
  /** Too young to tell. */
  NEW;

  /** In the tables: every class together. */
  public static final String ALL = "all";

  /** ADI from which demand is rare. */
  public static final double INTERVAL_CUT = 1.32;

  /** CV² from which demand varies. */
  public static final double VARIATION_CUT = 0.49;

  /** The class of a series that is old enough to have one. */
  public static DemandClass of(double averageInterval, double squaredVariation) {
    boolean rare = averageInterval >= INTERVAL_CUT;
    boolean varied = squaredVariation >= VARIATION_CUT;
    if (rare) {
      return varied ? LUMPY : INTERMITTENT;
    }
    return varied ? ERRATIC : SMOOTH;
  }

  /** A number for trees, which split it where they like. */
  @SuppressWarnings("EnumOrdinal") // Kept models are read with the same declaration.
  public int number() {
    return ordinal();
  }

  /** Name in the tables. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
