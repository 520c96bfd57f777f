package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a lake of forty customers against a provider on the loopback. */
class SendingTest {
  @TempDir private Path folder;

  private SendingLake sending;
  private Lake lake;
  private FakeProvider fake;
  private List<String> steps;

  @BeforeEach
  void writeTheLake() throws IOException {
    sending = new SendingLake(folder);
    lake = sending.lake();
    fake = sending.fake();
    steps = sending.steps();
  }

  @AfterEach
  void close() {
    sending.close();
  }

  @Test
  void aRunSendsOnceWhatIsDueAndCountsTheRest() {
    fake.batchesOf(20);
    run(Mode.LIVE);
    run(Mode.LIVE);
    assertThat(fake.times()).hasSize(39).doesNotContainKey("Oi 7!");
    assertThat(fake.times().values()).containsOnly(1);
    assertThat(fake.delivered()).contains(new FakeProvider.Delivered("+5511987650003", "Oi 3!"));
    assertThat(states()).isEqualTo(Map.of("SENT", 39L));
    assertThat(String.join("\n", steps)).contains("39 SENT").contains("1 NO_CONSENT");
    assertThat(String.join("\n", steps))
        .contains("20 messages attempted")
        .contains("19 messages attempted");
    assertThat(String.join("\n", steps)).doesNotContain("119876").doesNotContain("Oi");
    assertThat(
            lake.read(Table.SEND_RUNS)
                .where("outcome = 'SENT'")
                .select("messages")
                .head()
                .getLong(0))
        .isEqualTo(39);
    assertThat(
            lake.read(Table.OUTBOX)
                .select("legal_basis", "provider", "provider_message_id")
                .where("provider_message_id IS NOT NULL")
                .head()
                .getString(0))
        .isEqualTo("CONSENT");
  }

  @Test
  void whoWithdrawsConsentWhileABatchIsOnItsWayGetsNothing() {
    fake.batchesOf(5);
    sending.run(Mode.LIVE, SendingLake.MORNING, new WhenAttempted(() -> sending.writeCustomers(0)));
    assertThat(fake.delivered()).as("the batch before").hasSize(5);
    assertThat(String.join("\n", steps)).contains("looked at again");
    sending.writeCustomers(40);
    run(Mode.LIVE);
    assertThat(fake.times()).hasSize(39).containsValue(1);
    assertThat(fake.delivered()).hasSize(39);
  }

  @Test
  void aSuppressionOrACampaignSwitchedOffEndsWhatIsChosenToo() {
    fake.batchesOf(5);
    sending.run(
        Mode.LIVE, SendingLake.MORNING, new WhenAttempted(() -> sending.writeSuppressions(40)));
    assertThat(fake.delivered()).hasSize(5);
    sending.writeSuppressions(0);
    sending.run(
        Mode.LIVE,
        SendingLake.MORNING,
        new WhenAttempted(() -> sending.writeCampaign(false, "Event")));
    assertThat(fake.delivered()).hasSize(10);
  }

  @Test
  void aRunEndsWhenWhatPermitsMessagesChangesAllTheTime() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread restless =
        new Thread(
            () -> {
              for (int i = 0; !over.get(); i++) {
                sending.writeCampaign(true, "Event " + i);
              }
            });
    restless.start();
    run(Mode.LIVE);
    over.set(true);
    restless.join();
    assertThat(steps).anyMatch(step -> step.contains("change all the time"));
    assertThat(fake.requests()).isZero();
    run(Mode.LIVE);
    assertThat(fake.delivered()).hasSize(39);
  }

  /** Does something once, when the first batch has been sent and the next one has been chosen. */
  private static final class WhenAttempted implements Consumer<String> {
    private final Runnable change;
    private boolean done;

    WhenAttempted(Runnable change) {
      this.change = change;
    }

    @Override
    public void accept(String step) {
      if (!done && step.contains("attempted")) {
        done = true;
        change.run();
      }
    }
  }

  @Test
  void aDryRunSendsAndWritesNothing() {
    run(Mode.DRY_RUN);
    assertThat(fake.requests()).isZero();
    assertThat(lake.exists(Table.OUTBOX)).isFalse();
    assertThat(lake.exists(Table.SEND_RUNS)).isFalse();
    assertThat(steps.get(steps.size() - 1)).isEqualTo("1 NO_CONSENT, 39 WOULD_BE_SENT");
  }

  @Test
  void theSandboxDivertsAllToOneAddressAndLeavesTheCustomersTheirMessage() {
    run(Mode.SANDBOX);
    assertThat(fake.delivered()).hasSize(39).allMatch(one -> one.to().equals("+5511000000000"));
    run(Mode.LIVE);
    assertThat(fake.delivered()).hasSize(78);
  }

  @Test
  void theKillSwitchEndsARunBeforeTheNextGroup() throws IOException {
    Path stop = folder.resolve("lake").resolve(Sending.STOP_FILE);
    Files.createDirectories(stop.getParent());
    Files.createFile(stop);
    run(Mode.LIVE);
    assertThat(fake.requests()).isZero();
    Files.delete(stop);
    run(Mode.LIVE);
    assertThat(fake.delivered()).hasSize(39);
  }

  @Test
  void whatAKilledRunLeftIsTakenOverOnceAndAskedAbout() throws IOException {
    run(Mode.LIVE);
    Outbox outbox = new Outbox(lake);
    Attempt left =
        TestMessages.attempt(
            SendingLake.NIGHT,
            SendingLake.KEY.pseudonym("c7"),
            "r7",
            Channel.SMS,
            1,
            SendingLake.MORNING);
    outbox.journal().intend("killed", List.of(left));
    assertThat(outbox.takeOver()).isEqualTo(1);
    // As if the machine had failed between the commit and the removal of the files.
    outbox.journal().intend("killed", List.of(left));
    assertThat(outbox.takeOver()).isZero();
    assertThat(outbox.journal().groups()).isEmpty();
    assertThat(states()).isEqualTo(Map.of("SENT", 39L, "IN_DOUBT", 1L));
  }

  private Map<String, Long> states() {
    Map<String, Long> states = new TreeMap<>();
    lake.read(Table.OUTBOX)
        .groupBy("state")
        .count()
        .collectAsList()
        .forEach(row -> states.put(row.getString(0), row.getLong(1)));
    return states;
  }

  private void run(Mode mode) {
    sending.run(mode, SendingLake.MORNING);
  }
}
