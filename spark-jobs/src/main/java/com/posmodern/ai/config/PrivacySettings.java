package com.posmodern.ai.config;

/**
 * What the retailer may do with what customers bought.
 *
 * @param legalBasis on which a customer is profiled: put into a segment, given recommendations of
 *     their own, learned from
 * @param bucketVersionsDays how long a bucket with versioning keeps what was replaced or deleted; 0
 *     where nothing is kept
 * @param landedExportsDays how long the files that were imported stay where they landed; 0 where
 *     there is no such place
 */
public record PrivacySettings(
    LegalBasis legalBasis, int bucketVersionsDays, int landedExportsDays) {
  /** Bases of LGPD article 7 that permit profiling. */
  public enum LegalBasis {
    /** Item I: only customers whose consent is recorded. */
    CONSENT,
    /** Item IX: all but customers who are recorded without consent, which counts as objection. */
    LEGITIMATE_INTEREST
  }

  public PrivacySettings {
    SettingChecks.that(
        bucketVersionsDays >= 0, "bucket_versions_days", "be 0 or more, is " + bucketVersionsDays);
    SettingChecks.that(
        landedExportsDays >= 0, "landed_exports_days", "be 0 or more, is " + landedExportsDays);
  }
}
