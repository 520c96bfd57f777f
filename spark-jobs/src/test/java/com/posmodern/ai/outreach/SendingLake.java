package com.posmodern.ai.outreach;

import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.functions;

/**
 * A lake of forty customers, of whom c7 has not consented, each with a text message of one
 * campaign; and a provider on the loopback.
 */
final class SendingLake implements AutoCloseable {
  static final PseudonymKey KEY = PseudonymKey.of("a-key-of-the-tests-0123456789abcdef");
  static final Instant MORNING = Instant.parse("2025-06-10T13:00:00Z");
  static final LocalDate NIGHT = LocalDate.of(2025, 6, 9);
  static final String CALLBACK = "https://answers.example.com";

  private final Path folder;
  private final FakeProvider fake = new FakeProvider();
  private final List<String> steps = new ArrayList<>();
  private final Lake lake;

  SendingLake(Path folder) throws IOException {
    this.folder = folder;
    this.lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
    Files.createDirectories(folder.resolve("campaigns"));
    Path conf = Path.of(System.getProperty("repository.root"), "conf/campaigns");
    Files.copy(conf.resolve("defaults.yaml"), folder.resolve("campaigns/defaults.yaml"));
    writeCampaign(true, "Event");
    writeCustomers(40);
    writeMessages("event", NIGHT, "2025-06-10");
  }

  void writeMessages(String campaign, LocalDate night, String from) {
    new LakeWriter(lake)
        .replace(
            Table.CAMPAIGN_MESSAGES,
            night,
            ContractRows.completed(
                Table.CAMPAIGN_MESSAGES,
                SparkTest.session()
                    .sql(
                        "SELECT '%s' AS campaign_id, concat('c', id) AS id, 'A' AS arm, 'SMS' AS channel,"
                                .formatted(campaign)
                            + " 'pt-BR' AS language, concat('Oi ', id, '!') AS body,"
                            + " array('P1') AS products_named, 'template' AS generator,"
                            + " '' AS fallback_reason, DATE '%s' AS valid_from,".formatted(from)
                            + " DATE '2025-06-30' AS valid_until FROM range(40)")
                    .withColumn("customer_id", KEY.pseudonym(functions.col("id")))
                    .drop("id")),
            Map.of());
  }

  /** As if nothing had ever been sent. */
  void forgetTheOutbox() {
    SparkTest.session().sql("DELETE FROM delta.`%s`".formatted(lake.location(Table.OUTBOX)));
  }

  Lake lake() {
    return lake;
  }

  FakeProvider fake() {
    return fake;
  }

  /** What runs said. */
  List<String> steps() {
    return steps;
  }

  /** Writes the customers; those of an id from the given one on do not consent, nor does c7. */
  void writeCustomers(int withoutConsent) {
    new LakeWriter(lake)
        .replaceSource(
            Table.CUSTOMERS,
            ContractRows.select(
                Table.CUSTOMERS,
                "SELECT concat('c', id) AS customer_id, concat('119876500', lpad(id, 2, '0')) AS"
                    + " phone, DATE '1980-01-01' AS birth_date, id <> 7 AND id < %d AS"
                        .formatted(withoutConsent)
                    + " marketing_consent, true AS profiling_consent FROM range(40)"));
  }

  /** Writes the suppressions: of all customers of a lower number. */
  void writeSuppressions(int customers) {
    new LakeWriter(lake)
        .replaceSource(
            Table.SUPPRESSIONS,
            ContractRows.select(
                Table.SUPPRESSIONS,
                "SELECT concat('s', id) AS suppression_id, concat('c', id) AS customer_id, 'STOP'"
                    + " AS suppression_reason, TIMESTAMP '2025-06-01 00:00:00' AS suppressed_at"
                    + " FROM range(%d)".formatted(customers)));
  }

  /** Writes the campaign's file, whole at any moment. */
  void writeCampaign(boolean enabled, String title) {
    try {
      Path next = folder.resolve("event.next");
      Files.writeString(
          next,
          """
          enabled: %s
          goal: EVENT
          title: %s
          window: {from: "2025-01-01", until: "2025-12-31"}
          offer: {budget: 1000.0}
          """
              .formatted(enabled, title));
      Files.move(next, folder.resolve("campaigns/event.yaml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void run(Mode mode, Instant now) {
    run(mode, now, step -> {});
  }

  /**
   * @param then is told each step as well
   */
  void run(Mode mode, Instant now, Consumer<String> then) {
    steps.add(
        new Sending(
                lake,
                settings(),
                mode,
                KEY,
                name -> name.equals(Sending.SANDBOX_VARIABLE) ? "+5511000000000" : "secret",
                InstantSource.fixed(now),
                step -> {
                  steps.add(step);
                  then.accept(step);
                })
            .run("run" + steps.size()));
  }

  String responses() {
    return responses(new SnsTrust(Duration.ofSeconds(5), InstantSource.fixed(MORNING)));
  }

  String responses(SnsTrust trust) {
    return new Responses(
            lake,
            settings(),
            KEY,
            name -> "secret",
            InstantSource.fixed(MORNING.plusSeconds(7200)),
            trust)
        .run();
  }

  private Settings settings() {
    OutreachSettings outreach =
        fake.settings(TestSettings.read().outreach(), OutreachSettings.Provider.TWILIO);
    return TestSettings.withOutreach(folder.resolve("campaigns").toString(), outreach)
        .withLake(lake.root());
  }

  @Override
  public void close() {
    fake.close();
  }
}
