package com.posmodern.ai.contract;

/** The value of a key that stands for all its values, in the tables whose contract permits it. */
public final class Wildcard {
  /** Every store, region, product or supplier. */
  public static final String ALL = "ALL";

  private Wildcard() {}
}
