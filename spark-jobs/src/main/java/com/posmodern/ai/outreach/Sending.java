package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.outreach.channel.Channels;
import com.posmodern.ai.outreach.channel.MessageChannel;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import com.posmodern.ai.privacy.PseudonymKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A run of sending: takes over what an interrupted run left, then sends batch after batch until
 * nothing is due, as much is sent as a run may, or somebody throws the kill switch.
 *
 * <p>Consent, suppressions, contacts, caps and campaigns are read again for each batch; and before
 * each request {@link BatchGate} asks whether they are still the same.
 */
public final class Sending {
  /** Below the lake's root: as long as this file is there, nothing is sent. */
  public static final String STOP_FILE = "outreach/STOP";

  /** The environment variable of the sandbox's address. */
  public static final String SANDBOX_VARIABLE = "POS_SANDBOX_ADDRESS";

  /** Of fewer messages no alarm is made. */
  private static final int FEW = 20;

  /** So many batches that changed before their first message left end a run. */
  private static final int MOST_IN_VAIN = 3;

  private final Lake lake;
  private final Settings settings;
  private final Mode mode;
  private final UnaryOperator<String> environment;
  private final InstantSource clock;
  private final Consumer<String> steps;
  private final Outbox outbox;
  private final DueNow due;
  private final SendReport report = new SendReport();

  /**
   * @param mode of the settings, or less
   * @param environment value of a variable; null when it is not set
   * @param steps is told what happens
   */
  public Sending(
      Lake lake,
      Settings settings,
      Mode mode,
      PseudonymKey key,
      UnaryOperator<String> environment,
      InstantSource clock,
      Consumer<String> steps) {
    this.lake = lake;
    this.settings = settings;
    this.mode = mode;
    this.environment = environment;
    this.clock = clock;
    this.steps = steps;
    this.outbox = new Outbox(lake);
    this.due = new DueNow(lake, settings, mode, key, outbox);
  }

  /**
   * Sends what is due.
   *
   * @param runId of the run, in file names and {@code ops.send_runs}
   * @return what was done, in one line
   * @throws PosException usage when a setting or secret is missing; infrastructure when the storage
   *     fails
   */
  public String run(String runId) {
    OutreachSettings outreach = settings.outreach();
    Map<Channel, MessageChannel> channels =
        mode == Mode.DRY_RUN ? Map.of() : Channels.open(outreach, environment, clock);
    Optional<Links> links =
        mode == Mode.DRY_RUN ? Optional.empty() : Links.of(outreach, environment);
    Batch batch = new Batch(mode, sandbox(), links);
    StopSwitch stop = stopSwitch();
    Instant start = clock.instant();
    long recovered = mode == Mode.DRY_RUN ? 0 : outbox.takeOver();
    if (recovered > 0) {
      steps.accept(
          "%d attempts of an interrupted run taken over into %s"
              .formatted(recovered, Table.OUTBOX));
    }
    if (!lake.exists(Table.CAMPAIGN_MESSAGES) || !lake.exists(Table.CUSTOMERS)) {
      return "no message was ever written, or the lake has no customers: nothing to send";
    }
    Optional<LocalDate> asOf = due.newest();
    Map<Channel, Doubt> doubts = doubts(channels);
    countHeld(doubts);
    if (mode == Mode.DRY_RUN) {
      steps.accept("dry run (outreach.mode or --dry-run): nothing is sent");
    } else {
      Map<Channel, Requests> requests = new EnumMap<>(Channel.class);
      channels.forEach(
          (channel, provider) ->
              requests.put(
                  channel,
                  new Requests(
                      provider,
                      outreach.route(channel).perSecond(),
                      outreach.attempts(),
                      outreach.runs(),
                      Duration.ofSeconds(outreach.doubtSettlesSeconds()),
                      Requests.firstPause(),
                      clock)));
      try (Sender sender = new Sender(outbox.journal(), requests, runId, outreach.inFlight());
          Batches batches = new Batches(due, doubts, batch, outbox, clock, start)) {
        sendAll(sender, batches, stop);
      }
      outbox.takeOver();
    }
    if (mode != Mode.DRY_RUN) {
      asOf.ifPresent(date -> new SendRuns(lake).append(report, runId, mode, date, start));
    }
    String done =
        report.byOutcome().entrySet().stream()
            .map(
                outcome ->
                    String.format(Locale.ROOT, "%,d %s", outcome.getValue(), outcome.getKey()))
            .collect(Collectors.joining(", "));
    return done.isEmpty() ? "no message is due" : done + alarm();
  }

  /** What somebody should look at although the run ended well; the scheduler looks for the word. */
  private String alarm() {
    Map<String, Long> outcomes = report.byOutcome();
    long sent = outcomes.getOrDefault(Attempt.State.SENT.name(), 0L);
    long tried =
        sent
            + outcomes.getOrDefault(Attempt.State.FAILED.name(), 0L)
            + outcomes.getOrDefault(Attempt.State.DEFERRED.name(), 0L);
    return tried >= FEW && 2 * sent < tried
        ? String.format(
            Locale.ROOT, "; ALARM: only %,d of %,d messages that were due were sent", sent, tried)
        : "";
  }

  private void sendAll(Sender sender, Batches batches, StopSwitch stop) {
    long left = settings.outreach().mostPerRun();
    int inVain = 0;
    Due ready = batches.now(size(left));
    while (!ready.isEmpty()) {
      List<DueMessage> batched = ready.messages();
      if (thrown(stop)) {
        stopped();
        return;
      }
      left -= batched.size();
      batches.prepare(batched, size(left));
      long began = System.nanoTime();
      List<Attempt> outcomes =
          sender.send(batched, new BatchGate(stop, due::permissions, ready.permissions()));
      double seconds = (System.nanoTime() - began) / 1e9;
      outcomes.forEach(
          done -> report.add(done.campaignId(), done.channel().name(), done.state().name(), 1));
      steps.accept(
          String.format(
              Locale.ROOT,
              "%,d messages attempted in %.1f s: %s",
              outcomes.size(),
              seconds,
              rates(outcomes, seconds)));
      if (outcomes.size() == batched.size()) {
        ready = batches.following(size(left));
        continue;
      }
      if (thrown(stop)) {
        stopped();
        return;
      }
      inVain = outcomes.isEmpty() ? inVain + 1 : 0;
      if (inVain == MOST_IN_VAIN) {
        steps.accept("customers, suppressions or campaigns change all the time: the rest waits");
        return;
      }
      steps.accept("customers, suppressions, campaigns or the hour changed: looked at again");
      left += batched.size() - outcomes.size();
      ready = batches.again(size(left));
    }
  }

  private int size(long left) {
    return (int) Math.min(left, settings.outreach().batch());
  }

  private void stopped() {
    steps.accept("stopped by " + lake.root() + "/" + STOP_FILE + ": nothing more is sent");
  }

  private static String rates(List<Attempt> outcomes, double seconds) {
    Map<Channel, Long> byChannel = new EnumMap<>(Channel.class);
    outcomes.forEach(done -> byChannel.merge(done.channel(), 1L, Long::sum));
    return byChannel.entrySet().stream()
        .map(
            channel ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f a second",
                    channel.getKey(),
                    channel.getValue() / Math.max(seconds, 1e-3)))
        .collect(Collectors.joining(", "));
  }

  private Map<Channel, Doubt> doubts(Map<Channel, MessageChannel> channels) {
    Map<Channel, Doubt> doubts = new EnumMap<>(Channel.class);
    channels.forEach((channel, provider) -> doubts.put(channel, provider.doubt()));
    if (mode == Mode.DRY_RUN) {
      for (Channel channel : Channel.values()) {
        if (settings.outreach().route(channel).provider() != OutreachSettings.Provider.NONE) {
          doubts.put(channel, Doubt.STAYS);
        }
      }
    }
    return doubts;
  }

  /** Counts those held back at the start; a dry run counts those that would be sent as well. */
  private void countHeld(Map<Channel, Doubt> doubts) {
    due.at(doubts, clock.instant(), clock.instant())
        .groupBy(
            col(CAMPAIGN_ID),
            col(CHANNEL),
            coalesce(col(DueMessages.HELD), lit("WOULD_BE_SENT")).as(DueMessages.HELD))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(
            row -> {
              String outcome = row.getString(2);
              if (mode == Mode.DRY_RUN || !outcome.equals("WOULD_BE_SENT")) {
                report.add(row.getString(0), row.getString(1), outcome, row.getLong(3));
              }
            });
  }

  private Optional<String> sandbox() {
    if (mode != Mode.SANDBOX) {
      return Optional.empty();
    }
    String address = environment.apply(SANDBOX_VARIABLE);
    if (address == null || address.isBlank()) {
      throw PosException.usage(
          "is not set, and outreach.mode is SANDBOX",
          "environment variable " + SANDBOX_VARIABLE,
          "Set it to the number or address that all messages shall go to.");
    }
    return Optional.of(address.strip());
  }

  private StopSwitch stopSwitch() {
    try {
      NewFile root = new NewFile(lake.spark().sessionState().newHadoopConf(), lake.root());
      return () -> root.exists(STOP_FILE);
    } catch (IOException e) {
      throw StorageErrors.explain(e, "opening " + lake.root());
    }
  }

  private boolean thrown(StopSwitch stop) {
    try {
      return stop.isThrown();
    } catch (IOException e) {
      throw StorageErrors.explain(e, "looking for " + lake.root() + "/" + STOP_FILE);
    }
  }
}
