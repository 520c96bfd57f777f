package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CONTACT;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EMAIL;
import static com.posmodern.ai.contract.Columns.HOME_STORE_ID;
import static com.posmodern.ai.contract.Columns.MARKETING_CONSENT;
import static com.posmodern.ai.contract.Columns.PHONE;
import static com.posmodern.ai.contract.Columns.TELEGRAM_CHAT_ID;
import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.privacy.PseudonymKey;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Numbers and addresses of customers in the form that providers take, or the reason why there is
 * none.
 */
final class Contacts {
  static final String ID = "id";

  /** Of a struct: the contact in its form, null when there is none. */
  static final String ADDRESS = "address";

  /** Of a struct: whether something is on record, of whatever form. */
  static final String ON_RECORD = "on_record";

  /** Of a struct: whether the customer's rows disagree. */
  static final String DISPUTED = "disputed";

  private static final int AREA_AND_NUMBER = 10;
  private static final int AREA_AND_MOBILE = 11;

  private Contacts() {}

  /** Struct of a channel in {@link #of}. */
  static String of(Channel channel) {
    return switch (channel.needs()) {
      case PHONE -> PHONE;
      case EMAIL -> EMAIL;
      case TELEGRAM_CHAT -> TELEGRAM_CHAT_ID;
    };
  }

  /**
   * One row per customer: pseudonym; id; consent, which must be in every row; home_store_id; and
   * for each kind of contact a struct. A customer with several rows that disagree about a contact
   * has none.
   *
   * @param customers {@code source.customers}
   */
  static Dataset<Row> of(Dataset<Row> customers, PseudonymKey key, String countryCode) {
    Dataset<Row> forms =
        customers
            .where(col(CUSTOMER_ID).isNotNull())
            .select(
                col(CUSTOMER_ID),
                col(MARKETING_CONSENT),
                col(HOME_STORE_ID),
                col(PHONE).as("raw_phone"),
                col(EMAIL).as("raw_email"),
                col(TELEGRAM_CHAT_ID).as("raw_chat"),
                phone(col(PHONE), countryCode).as(PHONE),
                email(col(EMAIL)).as(EMAIL),
                chat(col(TELEGRAM_CHAT_ID)).as(TELEGRAM_CHAT_ID));
    return forms
        .groupBy(CUSTOMER_ID)
        .agg(
            bool_and(coalesce(col(MARKETING_CONSENT), lit(false))).as(MARKETING_CONSENT),
            min(HOME_STORE_ID).as(HOME_STORE_ID),
            contact(PHONE, "raw_phone"),
            contact(EMAIL, "raw_email"),
            contact(TELEGRAM_CHAT_ID, "raw_chat"))
        .withColumn(ID, col(CUSTOMER_ID))
        .withColumn(CUSTOMER_ID, key.pseudonym(col(ID)));
  }

  private static Column contact(String form, String raw) {
    return struct(
            min(col(form)).as(ADDRESS),
            max(coalesce(trim(col(raw)).notEqual(""), lit(false))).as(ON_RECORD),
            min(col(form)).notEqual(max(col(form))).as(DISPUTED))
        .as(form);
  }

  /** E.164; null when it is none. */
  static Column phone(Column raw, String countryCode) {
    Column text = trim(raw);
    // Digits and what people put between them; letters make it no number.
    Column clean = when(text.rlike("^\\+?[0-9 ().\\-/]+$"), regexp_replace(text, "[^0-9+]", ""));
    Column national = regexp_replace(clean, "^0+", "");
    Column length = org.apache.spark.sql.functions.length(national);
    Column whole =
        when(clean.startsWith("+"), clean)
            .when(clean.startsWith("00"), concat(lit("+"), national))
            .when(
                length.between(AREA_AND_NUMBER, AREA_AND_MOBILE),
                concat(lit("+" + countryCode), national))
            .when(
                national
                    .startsWith(countryCode)
                    .and(
                        length.between(
                            AREA_AND_NUMBER + countryCode.length(),
                            AREA_AND_MOBILE + countryCode.length())),
                concat(lit("+"), national));
    return when(whole.rlike("^\\+[1-9][0-9]{9,14}$"), whole);
  }

  static Column email(Column raw) {
    Column text = lower(trim(raw));
    return when(text.rlike("^[^@\\s,;<>]+@[^@\\s,;<>]+\\.[a-z]{2,}$"), text);
  }

  static Column chat(Column raw) {
    Column text = trim(raw);
    return when(text.rlike("^-?[0-9]{1,19}$"), text);
  }

  /** A contact of {@code source.suppressions} in all forms that it may have. */
  static Column normalised(Column contact, String countryCode) {
    return coalesce(email(contact), phone(contact, countryCode), trim(contact)).as(CONTACT);
  }

  /** The kinds of contact. */
  static List<String> kinds() {
    return List.of(PHONE, EMAIL, TELEGRAM_CHAT_ID);
  }
}
