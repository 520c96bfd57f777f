package com.posmodern.ai.campaign.audience;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.config.Campaign;
import org.apache.spark.sql.Column;

/**
 * The arm of a customer, by a hash of campaign and customer: the same on every night and whatever
 * other campaigns there are. Arms of different campaigns are independent of each other.
 */
public final class Arms {
  /** The global holdout: no campaign addresses these customers. */
  public static final String HOLDOUT = "HOLDOUT";

  /** Selected by the campaign, and gets no message. */
  public static final String CONTROL = "CONTROL";

  private static final long STEPS = 1_000_000L;

  /** No campaign can be called so: ids have small letters. */
  private static final String EVERYBODY = "GLOBAL HOLDOUT";

  private Arms() {}

  /** Name of a variant: A, B … */
  public static String variant(int number) {
    return String.valueOf((char) ('A' + number));
  }

  static Column of(Campaign campaign, double globalHoldoutShare) {
    Column place = between0And1(campaign.id());
    double each = (1 - campaign.holdoutShare()) / campaign.variants();
    Column arm =
        when(between0And1(EVERYBODY).lt(globalHoldoutShare), lit(HOLDOUT))
            .when(place.lt(campaign.holdoutShare()), lit(CONTROL));
    for (int variant = 0; variant < campaign.variants() - 1; variant++) {
      arm =
          arm.when(place.lt(campaign.holdoutShare() + (variant + 1) * each), lit(variant(variant)));
    }
    return arm.otherwise(lit(variant(campaign.variants() - 1)));
  }

  /** Whether customers of that arm get a message. */
  public static Column touched(Column arm) {
    return not(arm.isin(HOLDOUT, CONTROL));
  }

  private static Column between0And1(String salt) {
    return pmod(xxhash64(lit(salt), col(CUSTOMER_ID)), lit(STEPS)).divide(lit(STEPS));
  }
}
