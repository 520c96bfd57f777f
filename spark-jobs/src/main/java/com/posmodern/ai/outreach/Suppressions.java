package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CONTACT;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.SUPPRESSED_AT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.privacy.PseudonymKey;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The address that a message goes to, and whether nothing more may go there. */
final class Suppressions {
  private final OutreachSettings settings;
  private final PseudonymKey key;
  private final Instant now;

  Suppressions(OutreachSettings settings, PseudonymKey key, Instant now) {
    this.settings = settings;
    this.key = key;
    this.now = now;
  }

  /**
   * The rows with the contact of their channel, and {@link Held#SUPPRESSED} as a column.
   *
   * @param rows with the structs of {@link Contacts#of}
   * @param suppressions {@code source.suppressions}
   */
  Dataset<Row> on(Dataset<Row> rows, Optional<Dataset<Row>> suppressions) {
    Dataset<Row> addressed = addressed(rows);
    if (suppressions.isEmpty()) {
      return addressed.withColumn(Held.SUPPRESSED.name(), lit(false));
    }
    Dataset<Row> current =
        suppressions
            .get()
            .where(coalesce(col(SUPPRESSED_AT).leq(lit(Timestamp.from(now))), lit(true)));
    Column forms =
        array_distinct(
            array(Contacts.normalised(col(CONTACT), settings.countryCode()), trim(col(CONTACT))));
    Dataset<Row> byContact =
        current
            .where(col(CONTACT).isNotNull())
            .select(explode(forms).as(Contacts.ADDRESS), col(CHANNEL).as("only"))
            .groupBy(Contacts.ADDRESS)
            .agg(channelsOf("only").as("contact_channels"));
    Dataset<Row> byCustomer =
        current
            .where(col(CUSTOMER_ID).isNotNull())
            .groupBy(key.pseudonym(col(CUSTOMER_ID)).as(CUSTOMER_ID))
            .agg(channelsOf(CHANNEL).as("customer_channels"));
    return addressed
        .join(byContact, new String[] {Contacts.ADDRESS}, "left")
        .join(byCustomer, new String[] {CUSTOMER_ID}, "left")
        .withColumn(
            Held.SUPPRESSED.name(), covers("contact_channels").or(covers("customer_channels")));
  }

  private static Dataset<Row> addressed(Dataset<Row> rows) {
    Column address = lit(null).cast("string");
    Column onRecord = lit(null).cast("boolean");
    Column disputed = lit(null).cast("boolean");
    for (Channel channel : Channel.values()) {
      Column here = col(CHANNEL).equalTo(channel.name());
      String contact = Contacts.of(channel);
      address = when(here, col(contact + "." + Contacts.ADDRESS)).otherwise(address);
      onRecord = when(here, col(contact + "." + Contacts.ON_RECORD)).otherwise(onRecord);
      disputed = when(here, col(contact + "." + Contacts.DISPUTED)).otherwise(disputed);
    }
    return rows.withColumn(Contacts.ADDRESS, address)
        .withColumn(Contacts.ON_RECORD, coalesce(onRecord, lit(false)))
        .withColumn(Contacts.DISPUTED, coalesce(disputed, lit(false)));
  }

  /** The channels of suppressions as texts; an empty one stands for all of them. */
  private static Column channelsOf(String column) {
    return collect_set(coalesce(col(column), lit("")));
  }

  private static Column covers(String channels) {
    return coalesce(
        array_contains(col(channels), "").or(array_contains(col(channels), col(CHANNEL))),
        lit(false));
  }
}
