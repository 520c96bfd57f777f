package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers who get popular products instead of a list of their own, so that what lists of their
 * own bring can be measured. Drawn by a hash of the customer: the same on every night, and
 * independent of the arms and of the global holdout of campaigns. A larger share adds customers and
 * lets none go.
 *
 * @param share of all known customers; 0: nobody
 */
public record ControlGroup(double share) {
  private static final String SALT = "RECOMMENDATIONS CONTROL";
  private static final long STEPS = 1_000_000L;

  /** Whether the customer of the row belongs to it. */
  public Column contains() {
    return pmod(xxhash64(lit(SALT), col(CUSTOMER_ID)), lit(STEPS)).lt(Math.round(share * STEPS));
  }

  /** The rows of everybody else. */
  public Dataset<Row> leftOut(Dataset<Row> rows) {
    return share > 0 ? rows.where(not(contains())) : rows;
  }

  /**
   * The customers without a list of their own, with those added who shall not have one.
   *
   * @param unlisted those of the customers who have none anyway
   * @param customers all of them, with the same columns
   */
  public Dataset<Row> addedTo(Dataset<Row> unlisted, Dataset<Row> customers) {
    return share > 0 ? leftOut(unlisted).unionByName(customers.where(contains())) : unlisted;
  }
}
