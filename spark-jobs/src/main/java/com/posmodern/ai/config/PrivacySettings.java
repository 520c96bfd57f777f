package com.posmodern.ai.config;

/**
 * What the retailer may do with what customers bought.
 *
 * @param legalBasis on which a customer is profiled: put into a segment, given recommendations of
 *     their own, learned from
 */
public record PrivacySettings(LegalBasis legalBasis) {
  /** Bases of LGPD article 7 that permit profiling. */
  public enum LegalBasis {
    /** Item I: only customers whose consent is recorded. */
    CONSENT,
    /** Item IX: all but customers who are recorded without consent, which counts as objection. */
    LEGITIMATE_INTEREST
  }
}
