package com.posmodern.ai.recommend;

import java.io.Serializable;

/**
 * Weights of the three scores a product has for a customer. ALS alone, popularity alone and the
 * customer's own purchases alone are mixtures too: the candidates the blend is judged against.
 *
 * @param name candidate in the metrics
 * @param als weight of the ALS preference (about 0 to 1)
 * @param personal weight of the customer's own purchases (0 to 1)
 * @param popularity weight of the product's popularity (0 to 1)
 */
public record Mixture(String name, double als, double personal, double popularity)
    implements Serializable {
  public static final Mixture ALS = new Mixture("als", 1, 0, 0);
  public static final Mixture PERSONAL = new Mixture("personal_frequency", 0, 1, 0);
  public static final Mixture POPULARITY = new Mixture("popularity", 0, 0, 1);
  private static final String BLEND = "blend";

  /** The published list. */
  public static Mixture blend(double personal, double popularity) {
    return new Mixture(BLEND, 1, personal, popularity);
  }

  public Mixture named(String other) {
    return new Mixture(other, als, personal, popularity);
  }

  /** Own purchases alone say nothing about products that the customer never bought. */
  boolean boughtOnly() {
    return als == 0 && popularity == 0;
  }

  double score(double alsScore, double personalScore, double popularityScore) {
    return als * alsScore + personal * personalScore + popularity * popularityScore;
  }
}
