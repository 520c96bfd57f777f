package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.campaign.TestCampaigns;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class DueMessagesTest {
  private static final PseudonymKey KEY = PseudonymKey.of("a-key-of-the-tests-0123456789abcdef");

  /** Ten in the morning in São Paulo, on a Tuesday. */
  private static final Instant MORNING = Instant.parse("2025-06-10T13:00:00Z");

  private static final OutreachSettings SETTINGS = TestSettings.read().outreach();
  private static final CampaignSettings RULES = TestSettings.read().campaign();

  private static final Dataset<Row> CUSTOMERS =
      ContractRows.select(
          Table.CUSTOMERS,
          "SELECT id AS customer_id, phone, 'S1' AS home_store_id, DATE '1980-01-01' AS birth_date,"
              + " consent AS marketing_consent, true AS profiling_consent FROM VALUES"
              + " ('ann', '(11) 98765-4321', true), ('ben', '+5511987650002', false),"
              + " ('cid', 'ask my wife', true), ('dot', null, true),"
              + " ('eve', '11987650005', true), ('eve', '11987650006', true),"
              + " ('fay', '011 98765-0007', true), ('gus', '11987650008', true),"
              + " ('gus', '11987650008', false) AS t(id, phone, consent)");

  @Test
  void everyMessageThatIsNotSentHasAReason() {
    assertThat(held(facts("ann", "ben", "cid", "dot", "eve", "fay", "gus", "hal"), MORNING))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ann", "",
                "ben", "NO_CONSENT",
                "cid", "BAD_CONTACT",
                "dot", "NO_CONTACT",
                "eve", "DISPUTED_CONTACT",
                "fay", "",
                "gus", "NO_CONSENT",
                "hal", "NO_CUSTOMER"));
  }

  @Test
  void numbersGetTheFormThatProvidersTake() {
    Map<String, String> found = new TreeMap<>();
    SparkTest.session()
        .sql(
            "SELECT * FROM VALUES ('(11) 98765-4321'), ('+55 11 98765-4321'), ('5511987654321'),"
                + " ('011987654321'), ('0055 11 98765 4321'), ('1132654321'), ('98765-4321'),"
                + " ('x11987654321'), (''), ('+351 912 345 678') AS t(raw)")
        .select(functions.col("raw"), Contacts.phone(functions.col("raw"), "55"))
        .collectAsList()
        .forEach(row -> found.put(row.getString(0), String.valueOf(row.get(1))));
    assertThat(found)
        .containsExactlyInAnyOrderEntriesOf(
            new TreeMap<>(
                Map.of(
                    "(11) 98765-4321", "+5511987654321",
                    "+55 11 98765-4321", "+5511987654321",
                    "5511987654321", "+5511987654321",
                    "011987654321", "+5511987654321",
                    "0055 11 98765 4321", "+5511987654321",
                    "1132654321", "+551132654321",
                    "98765-4321", "null",
                    "x11987654321", "null",
                    "", "null",
                    "+351 912 345 678", "+351912345678")));
  }

  @Test
  void nobodyIsDisturbedAtNightInTheirOwnTimeZone() {
    Instant evening = Instant.parse("2025-06-10T23:30:00Z"); // 20:30 in São Paulo
    assertThat(held(facts("ann"), evening)).containsEntry("ann", "QUIET_HOURS");
    Instant early = Instant.parse("2025-06-10T11:59:00Z"); // 08:59
    assertThat(held(facts("ann"), early)).containsEntry("ann", "QUIET_HOURS");
    DueMessages.Facts acre =
        with(
            facts("ann"),
            Optional.of(
                ContractRows.select(
                    Table.STORES,
                    "SELECT 'S1' AS store_id, 'America/Rio_Branco' AS time_zone, 'AC' AS region")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(held(acre, MORNING)).as("eight in the morning").containsEntry("ann", "QUIET_HOURS");
    assertThat(held(acre, evening)).as("half past six").containsEntry("ann", "");
  }

  @Test
  void aMessageMayLeaveUntilTheCustomersEveningOrMidnight() {
    assertThat(until(MORNING)).as("20:00 in São Paulo").isEqualTo("2025-06-10T23:00:00Z");
    assertThat(until(Instant.parse("2025-06-10T23:30:00Z"))).isEqualTo("2025-06-11T03:00:00Z");
  }

  private static String until(Instant now) {
    CustomerClock clock = new CustomerClock(SETTINGS, now);
    return clock
        .on(SparkTest.session().sql("SELECT 'S1' AS home_store_id"), facts("ann"))
        .select(clock.until())
        .head()
        .getTimestamp(0)
        .toInstant()
        .toString();
  }

  @Test
  void nothingIsSentOnPublicHolidaysOfTheRegion() {
    Optional<Dataset<Row>> stores =
        Optional.of(
            ContractRows.select(
                Table.STORES,
                "SELECT 'S1' AS store_id, 'America/Sao_Paulo' AS time_zone, 'SP' AS region"));
    assertThat(held(with(facts("ann"), stores, day("RJ", "regional_holiday")), MORNING))
        .containsEntry("ann", "");
    assertThat(held(with(facts("ann"), stores, day("SP", "regional_holiday")), MORNING))
        .containsEntry("ann", "PUBLIC_HOLIDAY");
    assertThat(held(with(facts("ann"), stores, day("ALL", "national_holiday")), MORNING))
        .containsEntry("ann", "PUBLIC_HOLIDAY");
    assertThat(held(with(facts("ann"), stores, day("ALL", "commercial_event")), MORNING))
        .containsEntry("ann", "");
  }

  @Test
  void aSuppressionHoldsForTheCustomerOrForTheNumberAndFromItsMomentOn() {
    assertThat(held(suppressed("customer_id", "'ann'", "NULL", "2025-06-01"), MORNING))
        .containsEntry("ann", "SUPPRESSED")
        .containsEntry("fay", "");
    assertThat(held(suppressed("contact", "'11 98765-0007'", "NULL", "2025-06-01"), MORNING))
        .containsEntry("ann", "")
        .containsEntry("fay", "SUPPRESSED");
    assertThat(held(suppressed("customer_id", "'ann'", "'EMAIL'", "2025-06-01"), MORNING))
        .containsEntry("ann", "");
    assertThat(held(suppressed("customer_id", "'ann'", "NULL", "2025-06-11"), MORNING))
        .containsEntry("ann", "");
  }

  @Test
  void theOutboxDecidesWhatIsDone() {
    assertThat(held(sent("SENT", "2025-06-10 12:00:00", 1), MORNING)).isEmpty();
    assertThat(held(sent("FAILED", "2025-06-10 12:00:00", 1), MORNING)).isEmpty();
    assertThat(held(sent("DEFERRED", "2025-06-10 12:00:00", 1), MORNING)).containsEntry("ann", "");
    assertThat(held(sent("IN_DOUBT", "2025-06-10 12:00:00", 1), MORNING))
        .as("asked about when the provider surely knows")
        .containsEntry("ann", "");
    assertThat(held(sent("IN_DOUBT", "2025-06-10 12:59:30", 1), MORNING))
        .containsEntry("ann", "IN_DOUBT");
    assertThat(due(sent("IN_DOUBT", "2025-06-10 12:59:30", 1), MORNING, Doubt.STAYS))
        .containsEntry("ann", "IN_DOUBT");
    assertThat(due(sent("IN_DOUBT", "2025-06-10 12:59:30", 1), MORNING, Doubt.SAME_AGAIN))
        .containsEntry("ann", "");
    assertThat(held(sent("DEFERRED", "2025-06-10 13:00:00", 1), MORNING))
        .as("tried by this run")
        .containsEntry("ann", "TRIED");
  }

  @Test
  void capsCountOtherCampaignsAndOtherMessagesOfTheBatch() {
    Optional<Dataset<Row>> yesterday =
        Optional.of(outbox("other", "ann", "SENT", "2025-06-10 09:00:00", 1));
    assertThat(held(withOutbox(facts("ann"), yesterday), MORNING))
        .containsEntry("ann", "CAP_PER_DAY");
    Optional<Dataset<Row>> twice =
        Optional.of(
            outbox("other", "ann", "SENT", "2025-06-05 09:00:00", 1)
                .unionByName(outbox("third", "ann", "SENT", "2025-06-06 09:00:00", 1)));
    assertThat(held(withOutbox(facts("ann"), twice), MORNING)).containsEntry("ann", "CAP_PER_WEEK");
    Dataset<Row> both = messages("event", "ann").unionByName(messages("event2", "ann"));
    DueMessages.Facts facts =
        new DueMessages.Facts(
            both,
            CUSTOMERS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(
            rows(facts, MORNING, Doubt.ASK).stream()
                .map(row -> row.getString(0) + " " + row.getString(2))
                .toList())
        .containsExactlyInAnyOrder("event ", "event2 CAP_PER_DAY");
  }

  @Test
  void aVariantThatWasStoppedAndACampaignThatIsOffSendNothing() {
    DueMessages.Facts facts = facts("ann");
    DueMessages.Facts stopped =
        new DueMessages.Facts(
            facts.messages(),
            facts.customers(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(SparkTest.session().sql("SELECT 'event' AS campaign_id, 'A' AS arm")));
    assertThat(held(stopped, MORNING)).containsEntry("ann", "VARIANT_STOPPED");
    DueMessages.Facts unknown =
        new DueMessages.Facts(
            messages("gone", "ann"),
            CUSTOMERS,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(held(unknown, MORNING)).containsEntry("ann", "CAMPAIGN_OFF");
  }

  private static Optional<Dataset<Row>> day(String region, String kind) {
    return Optional.of(
        SparkTest.session()
            .sql(
                "SELECT '%s' AS region, DATE '2025-06-10' AS calendar_date, 'x' AS event_name, '%s'"
                        .formatted(region, kind)
                    + " AS kind"));
  }

  private static DueMessages.Facts suppressed(
      String column, String value, String channel, String from) {
    return with(
        facts("ann", "fay"),
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            ContractRows.select(
                Table.SUPPRESSIONS,
                "SELECT '1' AS suppression_id, %s AS %s, CAST(%s AS string) AS channel, 'X' AS suppression_reason, TIMESTAMP '%s 00:00:00' AS suppressed_at"
                    .formatted(value, column, channel, from))),
        Optional.empty());
  }

  private static DueMessages.Facts sent(String state, String at, int attempt) {
    return withOutbox(facts("ann"), Optional.of(outbox("event", "ann", state, at, attempt)));
  }

  private static Dataset<Row> outbox(
      String campaign, String customer, String state, String at, int attempt) {
    return SparkTest.session()
        .sql(
            "SELECT '%s' AS campaign_id, '%s' AS customer_id, 1 AS message_step, 'LIVE' AS send_mode, %d AS attempt, '%s' AS reference, '%s' AS state, TIMESTAMP '%s' AS recorded_at"
                .formatted(
                    campaign, KEY.pseudonym(customer), attempt, campaign + customer, state, at));
  }

  private static DueMessages.Facts facts(String... customers) {
    return new DueMessages.Facts(
        messages("event", customers),
        CUSTOMERS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static DueMessages.Facts withOutbox(
      DueMessages.Facts facts, Optional<Dataset<Row>> outbox) {
    return with(facts, Optional.empty(), Optional.empty(), Optional.empty(), outbox);
  }

  private static DueMessages.Facts with(
      DueMessages.Facts facts, Optional<Dataset<Row>> stores, Optional<Dataset<Row>> calendar) {
    return with(facts, stores, calendar, Optional.empty(), Optional.empty());
  }

  private static DueMessages.Facts with(
      DueMessages.Facts facts,
      Optional<Dataset<Row>> stores,
      Optional<Dataset<Row>> calendar,
      Optional<Dataset<Row>> suppressions,
      Optional<Dataset<Row>> outbox) {
    return new DueMessages.Facts(
        facts.messages(),
        facts.customers(),
        stores,
        calendar,
        suppressions,
        outbox,
        Optional.empty());
  }

  private static Dataset<Row> messages(String campaign, String... customers) {
    return SparkTest.session()
        .createDataset(
            List.of(customers).stream().map(KEY::pseudonym).toList(),
            org.apache.spark.sql.Encoders.STRING())
        .toDF("customer_id")
        .selectExpr(
            "DATE '2025-06-09' AS as_of_date",
            "'%s' AS campaign_id".formatted(campaign),
            "customer_id",
            "'A' AS arm",
            "'WHATSAPP' AS channel",
            "CAST(null AS string) AS subject",
            "'Olá' AS body",
            "DATE '2025-06-10' AS valid_from",
            "DATE '2025-06-30' AS valid_until");
  }

  private static Map<String, String> held(DueMessages.Facts facts, Instant now) {
    return due(facts, now, Doubt.ASK);
  }

  private static Map<String, String> due(DueMessages.Facts facts, Instant now, Doubt doubt) {
    Map<String, String> names = new TreeMap<>();
    for (String name : List.of("ann", "ben", "cid", "dot", "eve", "fay", "gus", "hal")) {
      names.put(KEY.pseudonym(name), name);
    }
    Map<String, String> held = new TreeMap<>();
    rows(facts, now, doubt).forEach(row -> held.put(names.get(row.getString(1)), row.getString(2)));
    return held;
  }

  private static List<Row> rows(DueMessages.Facts facts, Instant now, Doubt doubt) {
    return new DueMessages(
            SETTINGS,
            RULES,
            List.of(TestCampaigns.of("event"), TestCampaigns.of("event2")),
            Map.of(Channel.WHATSAPP, doubt),
            KEY,
            Mode.LIVE,
            now,
            now)
        .of(facts)
        .select(
            functions.col("campaign_id"),
            functions.col("customer_id"),
            functions.coalesce(functions.col("held"), functions.lit("")))
        .collectAsList();
  }
}
