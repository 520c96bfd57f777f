package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.ATTEMPT;
import static com.posmodern.ai.contract.Columns.BODY;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.MESSAGE_STEP;
import static com.posmodern.ai.contract.Columns.RECORDED_AT;
import static com.posmodern.ai.contract.Columns.REFERENCE;
import static com.posmodern.ai.contract.Columns.SEND_MODE;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.SUBJECT;
import static com.posmodern.ai.contract.Columns.VALID_FROM;
import static com.posmodern.ai.contract.Columns.VALID_UNTIL;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import com.posmodern.ai.privacy.Ages;
import com.posmodern.ai.privacy.PseudonymKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Which messages may be sent at a moment, and why the others may not: consent, age, suppressions,
 * contacts, the customer's clock and calendar, and caps, as they are now.
 */
final class DueMessages {
  /** Null where the message may be sent; else a {@link Held}. */
  static final String HELD = "held";

  static final String ADDRESS = Contacts.ADDRESS;
  static final String DOUBTFUL_SINCE = "doubtful_since";

  /** From then on the customer's clock holds the message back, see {@link CustomerClock#until}. */
  static final String UNTIL = "until";

  /** The only message of a campaign to a customer, as long as campaigns have no further ones. */
  static final int FIRST_STEP = 1;

  /** Struct of the last attempt at a message; null where there was none. */
  static final String LAST = "last";

  /** Whether the variant has been stopped. */
  static final String STOPPED = "stopped";

  private static final String PLACE = "place";
  private static final Duration ONE_DAY = Duration.ofDays(1);

  /**
   * The tables as they are now.
   *
   * @param messages {@code results.campaign_messages} of all nights whose messages may be sent,
   *     with the as-of column
   * @param customers {@code source.customers} with contacts
   * @param outbox {@code ops.outbox}
   * @param stops {@code ops.campaign_stops}
   */
  record Facts(
      Dataset<Row> messages,
      Dataset<Row> customers,
      Optional<Dataset<Row>> stores,
      Optional<Dataset<Row>> calendar,
      Optional<Dataset<Row>> suppressions,
      Optional<Dataset<Row>> outbox,
      Optional<Dataset<Row>> stops) {}

  private final OutreachSettings settings;
  private final CampaignSettings rules;
  private final PseudonymKey key;
  private final Mode mode;
  private final Instant now;
  private final CustomerClock clock;
  private final Holds holds;
  private final Suppressions suppressions;
  private final Caps caps;

  /**
   * @param campaigns of the folder, switched on or not
   * @param start of the run: what it has tried without success waits for the next one
   * @param channels those with a provider, and how each settles a doubt
   */
  DueMessages(
      OutreachSettings settings,
      CampaignSettings rules,
      List<Campaign> campaigns,
      Map<Channel, Doubt> channels,
      PseudonymKey key,
      Mode mode,
      Instant start,
      Instant now) {
    this.settings = settings;
    this.rules = rules;
    this.key = key;
    this.mode = mode;
    this.now = now;
    this.clock = new CustomerClock(settings, now);
    this.holds = new Holds(settings, rules, campaigns, channels, clock, start, now);
    this.suppressions = new Suppressions(settings, key, now);
    this.caps = new Caps(settings, mode, now);
  }

  /**
   * One row per message that has not been sent, refused by its provider, or expired: {@link #HELD}
   * and all that an attempt and an envelope need.
   */
  Dataset<Row> of(Facts facts) {
    Dataset<Row> pending = pending(facts);
    Dataset<Row> people = people(facts);
    Dataset<Row> joined =
        withStops(pending, facts.stops())
            .join(people, on(CUSTOMER_ID), "left")
            .transform(rows -> clock.on(rows, facts))
            .transform(rows -> suppressions.on(rows, facts.suppressions()))
            .transform(rows -> caps.counted(rows, facts.outbox()));
    Dataset<Row> known =
        joined
            .where(CustomerClock.today().between(col(VALID_FROM), col(VALID_UNTIL)))
            .withColumn(HELD, holds.first())
            .withColumn(DOUBTFUL_SINCE, when(inDoubt(), col(LAST + "." + RECORDED_AT)));
    return caps.held(known)
        .select(
            col(AS_OF_DATE),
            col(CAMPAIGN_ID),
            col(CUSTOMER_ID),
            col(ARM),
            col(CHANNEL),
            coalesce(col(SUBJECT), lit("")).as(SUBJECT),
            col(BODY),
            col(ADDRESS),
            col(REFERENCE),
            coalesce(col(LAST + "." + ATTEMPT), lit(0)).plus(1).as(ATTEMPT),
            col(DOUBTFUL_SINCE),
            col(VALID_UNTIL),
            clock.until().as(UNTIL),
            col(HELD));
  }

  /** The newest message of each campaign and customer that is not done. */
  private Dataset<Row> pending(Facts facts) {
    Dataset<Row> written =
        facts
            .messages()
            .where(col(BODY).isNotNull())
            .withColumn(
                PLACE,
                row_number()
                    .over(
                        Window.partitionBy(CAMPAIGN_ID, CUSTOMER_ID)
                            .orderBy(col(AS_OF_DATE).desc())))
            .where(col(PLACE).equalTo(1))
            .drop(PLACE)
            .withColumn(
                REFERENCE, Reference.of(col(CAMPAIGN_ID), col(CUSTOMER_ID), FIRST_STEP, mode));
    if (facts.outbox().isEmpty()) {
      return written.withColumn(
          LAST,
          struct(
              lit(null).cast("int").as(ATTEMPT),
              lit(null).cast("string").as(STATE),
              lit(null).cast("timestamp").as(RECORDED_AT)));
    }
    Dataset<Row> last =
        facts
            .outbox()
            .get()
            .where(col(SEND_MODE).equalTo(mode.name()))
            .where(col(MESSAGE_STEP).equalTo(FIRST_STEP))
            .groupBy(CAMPAIGN_ID, CUSTOMER_ID)
            .agg(max_by(struct(col(ATTEMPT), col(STATE), col(RECORDED_AT)), col(ATTEMPT)).as(LAST));
    return written
        .join(last, on(CAMPAIGN_ID, CUSTOMER_ID), "left")
        .where(
            coalesce(
                not(col(LAST + "." + STATE).isin(State.SENT.name(), State.FAILED.name())),
                lit(true)));
  }

  private Dataset<Row> people(Facts facts) {
    Dataset<Row> contacts = Contacts.of(facts.customers(), key, settings.countryCode());
    // Of age on this day everywhere on earth.
    LocalDate today = LocalDate.ofInstant(now.minus(ONE_DAY), java.time.ZoneOffset.UTC);
    return contacts.join(
        Ages.of(facts.customers(), key, today, rules.minimumAge()).select(CUSTOMER_ID, Ages.OF_AGE),
        on(CUSTOMER_ID),
        "left");
  }

  /** Whether nobody knows what became of the last attempt. */
  static Column inDoubt() {
    return coalesce(col(LAST + "." + STATE).equalTo(State.IN_DOUBT.name()), lit(false));
  }

  /** Marks messages of variants that have been stopped. */
  private static Dataset<Row> withStops(Dataset<Row> messages, Optional<Dataset<Row>> stops) {
    return stops
        .map(
            rows ->
                messages.join(
                    rows.select(col(CAMPAIGN_ID), col(ARM), lit(true).as(STOPPED)).distinct(),
                    on(CAMPAIGN_ID, ARM),
                    "left"))
        .orElseGet(() -> messages.withColumn(STOPPED, lit(false)))
        .withColumn(STOPPED, coalesce(col(STOPPED), lit(false)));
  }

  private static String[] on(String... columns) {
    return columns;
  }
}
