package com.posmodern.ai.model;

/** Names of the figures of the uplift model, for who judges it and who shows it. */
public final class UpliftFigures {
  /** The model, and its candidate: customers in the order of what a message brings. */
  public static final String UPLIFT = "uplift";

  /** The simple candidate: customers in the order of their propensity. */
  public static final String PROPENSITY = "propensity";

  /** Area between the order's curve and that of chance: revenue per customer. */
  public static final String QINI = "qini";

  /** Revenue that a message brings to one of the first 30 %. */
  public static final String TOP = "uplift_top_30";

  /** Revenue per customer of all when the first tenths get messages. */
  public static final String CUMULATED = "cumulated_uplift";

  /** Parameter of the version that says which candidate orders audiences. */
  public static final String PUBLISHED = "published";

  private UpliftFigures() {}
}
