package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.ATTEMPT;
import static com.posmodern.ai.contract.Columns.BODY;
import static com.posmodern.ai.contract.Columns.CALENDAR_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CONTACT;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.HOME_STORE_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MARKETING_CONSENT;
import static com.posmodern.ai.contract.Columns.MESSAGE_STEP;
import static com.posmodern.ai.contract.Columns.RECORDED_AT;
import static com.posmodern.ai.contract.Columns.REFERENCE;
import static com.posmodern.ai.contract.Columns.REGION;
import static com.posmodern.ai.contract.Columns.SEND_MODE;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.SUBJECT;
import static com.posmodern.ai.contract.Columns.SUPPRESSED_AT;
import static com.posmodern.ai.contract.Columns.TIME_ZONE;
import static com.posmodern.ai.contract.Columns.VALID_FROM;
import static com.posmodern.ai.contract.Columns.VALID_UNTIL;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.config.CampaignSettings.UnknownAge;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import com.posmodern.ai.privacy.Ages;
import com.posmodern.ai.privacy.PseudonymKey;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
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

  /** The only message of a campaign to a customer, as long as campaigns have no further ones. */
  static final int FIRST_STEP = 1;

  private static final String LAST = "last";
  private static final String LOCAL = "local_time";
  private static final String HOLIDAY = "holiday";
  private static final String DAY = "messages_day";
  private static final String WEEK = "messages_week";
  private static final String PLACE = "place";
  private static final Duration ONE_DAY = Duration.ofDays(1);
  private static final Duration ONE_WEEK = Duration.ofDays(7);

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
  private final List<Campaign> campaigns;
  private final Map<Channel, Doubt> channels;
  private final PseudonymKey key;
  private final Mode mode;
  private final Instant start;
  private final Instant now;

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
    this.campaigns = campaigns;
    this.channels = new EnumMap<>(Channel.class);
    this.channels.putAll(channels);
    this.key = key;
    this.mode = mode;
    this.start = start;
    this.now = now;
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
            .transform(rows -> withCalendar(rows, facts))
            .transform(rows -> withSuppressions(rows, facts))
            .transform(rows -> withCaps(rows, facts));
    Column today = to_date(col(LOCAL));
    Dataset<Row> known =
        joined
            .where(today.between(col(VALID_FROM), col(VALID_UNTIL)))
            .withColumn(HELD, held())
            .withColumn(DOUBTFUL_SINCE, when(inDoubt(), col(LAST + "." + RECORDED_AT)));
    // Caps hold within a batch, too: the messages that may be sent are counted off per customer.
    Column place =
        row_number()
            .over(
                Window.partitionBy(col(CUSTOMER_ID), col(HELD).isNull())
                    .orderBy(col(VALID_UNTIL), col(CAMPAIGN_ID)));
    return known
        .withColumn(PLACE, place)
        .withColumn(
            HELD,
            coalesce(
                col(HELD),
                when(
                        col(DAY).plus(col(PLACE)).gt(settings.capPerDay()),
                        lit(Held.CAP_PER_DAY.name()))
                    .when(
                        col(WEEK).plus(col(PLACE)).gt(settings.capPerWeek()),
                        lit(Held.CAP_PER_WEEK.name()))))
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

  private Dataset<Row> withCalendar(Dataset<Row> rows, Facts facts) {
    Column instant = lit(Timestamp.from(now));
    Dataset<Row> placed =
        facts
            .stores()
            .map(
                stores ->
                    rows.join(
                        stores
                            .groupBy(col(STORE_ID).as(HOME_STORE_ID))
                            .agg(
                                first(TIME_ZONE, true).as(TIME_ZONE),
                                first(REGION, true).as(REGION)),
                        on(HOME_STORE_ID),
                        "left"))
            .orElseGet(
                () ->
                    rows.withColumn(TIME_ZONE, lit(null).cast("string"))
                        .withColumn(REGION, lit(null).cast("string")))
            .withColumn(
                LOCAL,
                from_utc_timestamp(instant, coalesce(col(TIME_ZONE), lit(settings.timeZone()))));
    if (facts.calendar().isEmpty()) {
      return placed.withColumn(HOLIDAY, lit(false));
    }
    Dataset<Row> holidays =
        facts
            .calendar()
            .get()
            .where(col(KIND).isin("national_holiday", "regional_holiday"))
            .select(
                col(CALENDAR_DATE).as("holiday_date"),
                col(REGION).as("holiday_region"),
                lit(true).as(HOLIDAY))
            .distinct();
    return placed
        .join(
            holidays,
            to_date(col(LOCAL))
                .equalTo(col("holiday_date"))
                .and(
                    col("holiday_region")
                        .equalTo("ALL")
                        .or(coalesce(col("holiday_region").equalTo(col(REGION)), lit(false)))),
            "left")
        .drop("holiday_date", "holiday_region")
        .dropDuplicates(CAMPAIGN_ID, CUSTOMER_ID)
        .withColumn(HOLIDAY, coalesce(col(HOLIDAY), lit(false)));
  }

  private Dataset<Row> withSuppressions(Dataset<Row> rows, Facts facts) {
    Column address = lit(null).cast("string");
    Column onRecord = lit(null).cast("boolean");
    Column disputed = lit(null).cast("boolean");
    for (Channel channel : Channel.values()) {
      Column here = col(CHANNEL).equalTo(channel.name());
      String contact = Contacts.of(channel);
      address = when(here, col(contact + "." + ADDRESS)).otherwise(address);
      onRecord = when(here, col(contact + "." + Contacts.ON_RECORD)).otherwise(onRecord);
      disputed = when(here, col(contact + "." + Contacts.DISPUTED)).otherwise(disputed);
    }
    Dataset<Row> addressed =
        rows.withColumn(ADDRESS, address)
            .withColumn(Contacts.ON_RECORD, coalesce(onRecord, lit(false)))
            .withColumn(Contacts.DISPUTED, coalesce(disputed, lit(false)));
    if (facts.suppressions().isEmpty()) {
      return addressed.withColumn(Held.SUPPRESSED.name(), lit(false));
    }
    Dataset<Row> current =
        facts
            .suppressions()
            .get()
            .where(coalesce(col(SUPPRESSED_AT).leq(lit(Timestamp.from(now))), lit(true)));
    Column forms =
        array_distinct(
            array(Contacts.normalised(col(CONTACT), settings.countryCode()), trim(col(CONTACT))));
    Dataset<Row> byContact =
        current
            .where(col(CONTACT).isNotNull())
            .select(explode(forms).as(ADDRESS), col(CHANNEL).as("only"))
            .groupBy(ADDRESS)
            .agg(channelsOf("only").as("contact_channels"));
    Dataset<Row> byCustomer =
        current
            .where(col(CUSTOMER_ID).isNotNull())
            .groupBy(key.pseudonym(col(CUSTOMER_ID)).as(CUSTOMER_ID))
            .agg(channelsOf(CHANNEL).as("customer_channels"));
    return addressed
        .join(byContact, on(ADDRESS), "left")
        .join(byCustomer, on(CUSTOMER_ID), "left")
        .withColumn(
            Held.SUPPRESSED.name(), covers("contact_channels").or(covers("customer_channels")));
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

  /** Messages to the customer lately, other than the one that is asked about. */
  private Dataset<Row> withCaps(Dataset<Row> rows, Facts facts) {
    if (facts.outbox().isEmpty()) {
      return rows.withColumn(DAY, lit(0L)).withColumn(WEEK, lit(0L));
    }
    Column dayAgo = lit(Timestamp.from(now.minus(ONE_DAY)));
    Column weekAgo = lit(Timestamp.from(now.minus(ONE_WEEK)));
    Dataset<Row> lately =
        facts
            .outbox()
            .get()
            .where(col(SEND_MODE).equalTo(mode.name()))
            .where(col(STATE).isin(State.SENT.name(), State.IN_DOUBT.name()))
            .where(col(RECORDED_AT).gt(weekAgo))
            .groupBy(CUSTOMER_ID, REFERENCE)
            .agg(max(RECORDED_AT).as(RECORDED_AT))
            .groupBy(CUSTOMER_ID)
            .agg(count(when(col(RECORDED_AT).gt(dayAgo), lit(1))).as(DAY), count(lit(1)).as(WEEK));
    Column own = col(LAST + "." + RECORDED_AT);
    return rows.join(lately, on(CUSTOMER_ID), "left")
        .withColumn(
            DAY,
            coalesce(col(DAY), lit(0L))
                .minus(when(inDoubt().and(own.gt(dayAgo)), lit(1L)).otherwise(lit(0L))))
        .withColumn(
            WEEK,
            coalesce(col(WEEK), lit(0L))
                .minus(when(inDoubt().and(own.gt(weekAgo)), lit(1L)).otherwise(lit(0L))));
  }

  private static Column inDoubt() {
    return coalesce(col(LAST + "." + STATE).equalTo(State.IN_DOUBT.name()), lit(false));
  }

  /** The first reason that holds; caps are counted off later. */
  private Column held() {
    Map<Held, Column> holds = new EnumMap<>(Held.class);
    Column off = lit(true);
    for (Campaign campaign : campaigns) {
      if (campaign.enabled()) {
        off =
            when(
                    col(CAMPAIGN_ID).equalTo(campaign.id()),
                    not(
                        to_date(col(LOCAL))
                            .between(
                                lit(java.sql.Date.valueOf(campaign.window().from())),
                                lit(java.sql.Date.valueOf(campaign.window().until())))))
                .otherwise(off);
      }
    }
    holds.put(Held.CAMPAIGN_OFF, off);
    holds.put(Held.VARIANT_STOPPED, col("stopped"));
    holds.put(Held.NO_CUSTOMER, col(Contacts.ID).isNull());
    holds.put(Held.NO_CONSENT, not(coalesce(col(MARKETING_CONSENT), lit(false))));
    holds.put(Held.UNDER_AGE, coalesce(not(col(Ages.OF_AGE)), lit(false)));
    if (rules.unknownAge() == UnknownAge.EXCLUDE) {
      holds.put(Held.AGE_UNKNOWN, col(Ages.OF_AGE).isNull());
    }
    holds.put(Held.SUPPRESSED, col(Held.SUPPRESSED.name()));
    holds.put(Held.NO_CONTACT, not(col(Contacts.ON_RECORD)));
    holds.put(Held.BAD_CONTACT, col(ADDRESS).isNull());
    holds.put(Held.DISPUTED_CONTACT, col(Contacts.DISPUTED));
    holds.put(
        Held.NO_PROVIDER,
        not(col(CHANNEL).isin(channels.keySet().stream().map(Channel::name).toArray())));
    holds.put(Held.IN_DOUBT, inDoubt().and(not(canBeSettled())));
    holds.put(
        Held.TRIED,
        coalesce(col(LAST + "." + RECORDED_AT).geq(lit(Timestamp.from(start))), lit(false)));
    holds.put(Held.QUIET_HOURS, quiet());
    holds.put(Held.PUBLIC_HOLIDAY, col(HOLIDAY));
    Column held = lit(null).cast("string");
    Held[] order = Held.values();
    for (int i = order.length - 1; i >= 0; i--) {
      Column holdsHere = holds.get(order[i]);
      if (holdsHere != null) {
        held = when(holdsHere, lit(order[i].name())).otherwise(held);
      }
    }
    return held;
  }

  private Column canBeSettled() {
    Column can = lit(false);
    for (Map.Entry<Channel, Doubt> channel : channels.entrySet()) {
      Column here =
          switch (channel.getValue()) {
            case SAME_AGAIN -> lit(true);
            case STAYS -> lit(false);
            case ASK ->
                col(LAST + "." + RECORDED_AT)
                    .leq(
                        lit(
                            Timestamp.from(
                                now.minus(Duration.ofSeconds(settings.doubtSettlesSeconds())))));
          };
      can = when(col(CHANNEL).equalTo(channel.getKey().name()), here).otherwise(can);
    }
    return can;
  }

  private Column quiet() {
    Column time = date_format(col(LOCAL), "HH:mm");
    LocalTime from = LocalTime.parse(settings.quietFrom());
    LocalTime until = LocalTime.parse(settings.quietUntil());
    Column after = time.geq(lit(from.toString()));
    Column before = time.lt(lit(until.toString()));
    return from.isBefore(until) ? after.and(before) : after.or(before);
  }

  /** Marks messages of variants that have been stopped. */
  private static Dataset<Row> withStops(Dataset<Row> messages, Optional<Dataset<Row>> stops) {
    return stops
        .map(
            rows ->
                messages.join(
                    rows.select(col(CAMPAIGN_ID), col(ARM), lit(true).as("stopped")).distinct(),
                    on(CAMPAIGN_ID, ARM),
                    "left"))
        .orElseGet(() -> messages.withColumn("stopped", lit(false)))
        .withColumn("stopped", coalesce(col("stopped"), lit(false)));
  }

  private static String[] on(String... columns) {
    return columns;
  }
}
