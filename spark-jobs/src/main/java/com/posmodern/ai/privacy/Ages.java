package com.posmodern.ai.privacy;

import static com.posmodern.ai.contract.Columns.BIRTH_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** All that jobs may know of a date of birth: whether the customer is of age, and the month. */
public final class Ages {
  public static final String OF_AGE = "of_age";
  public static final String BIRTHDAY_MONTH = "birthday_month";

  private static final int MONTHS = 12;

  private Ages() {}

  /**
   * One row per customer under their pseudonym. A customer with several rows is of age if all of
   * them say so: a minor in one is a minor, and without a date in one the age is unknown.
   *
   * @param customers {@code source.customers}
   * @param day on which the age counts
   * @param minimumAge years
   * @return customer_id; of_age, null when unknown; birthday_month, null when unknown or disputed
   */
  public static Dataset<Row> of(
      Dataset<Row> customers, PseudonymKey key, LocalDate day, int minimumAge) {
    Column ofAge =
        add_months(col(BIRTH_DATE), lit(minimumAge * MONTHS)).leq(lit(Date.valueOf(day)));
    Column month = month(col(BIRTH_DATE));
    return customers
        .where(col(CUSTOMER_ID).isNotNull())
        .groupBy(col(CUSTOMER_ID))
        .agg(
            when(bool_and(ofAge).equalTo(false), lit(false))
                .when(count(col(BIRTH_DATE)).equalTo(count(lit(1))), lit(true))
                .as(OF_AGE),
            when(min(month).equalTo(max(month)), min(month)).as(BIRTHDAY_MONTH))
        .select(key.pseudonym(col(CUSTOMER_ID)).as(CUSTOMER_ID), col(OF_AGE), col(BIRTHDAY_MONTH));
  }
}
