package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.VALID_UNTIL;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.CampaignFiles;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.outreach.channel.Channels;
import com.posmodern.ai.outreach.channel.MessageChannel;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import com.posmodern.ai.privacy.PseudonymKey;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A run of sending: takes over what an interrupted run left, then sends batch after batch until
 * nothing is due, as much is sent as a run may, or somebody throws the kill switch.
 *
 * <p>Consent, suppressions, contacts, caps and campaigns are read again for each batch.
 */
public final class Sending {
  /** Below the lake's root: as long as this file is there, nothing is sent. */
  public static final String STOP_FILE = "outreach/STOP";

  /** The environment variable of the sandbox's address. */
  public static final String SANDBOX_VARIABLE = "POS_SANDBOX_ADDRESS";

  /** Of fewer messages no alarm is made. */
  private static final int FEW = 20;

  private final Lake lake;
  private final Settings settings;
  private final Mode mode;
  private final PseudonymKey key;
  private final UnaryOperator<String> environment;
  private final InstantSource clock;
  private final Consumer<String> steps;
  private final Outbox outbox;
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
    this.key = key;
    this.environment = environment;
    this.clock = clock;
    this.steps = steps;
    this.outbox = new Outbox(lake);
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
    Optional<LocalDate> asOf = newest();
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
      try (Sender sender =
          new Sender(outbox.journal(), requests, runId, outreach.inFlight(), stop)) {
        sendAll(sender, batch, doubts, stop, start);
      }
    }
    if (mode != Mode.DRY_RUN) {
      asOf.ifPresent(date -> record(runId, date, start));
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

  private void sendAll(
      Sender sender, Batch batch, Map<Channel, Doubt> doubts, StopSwitch stop, Instant start) {
    long left = settings.outreach().mostPerRun();
    while (left > 0) {
      if (thrown(stop)) {
        steps.accept("stopped by " + lake.root() + "/" + STOP_FILE + ": nothing more is sent");
        return;
      }
      Instant now = clock.instant();
      List<DueMessage> due = new ArrayList<>();
      dueNow(doubts, start, now)
          .where(col(DueMessages.HELD).isNull())
          .orderBy(
              col(DueMessages.DOUBTFUL_SINCE).isNull(),
              col(VALID_UNTIL),
              col(CAMPAIGN_ID),
              col(CUSTOMER_ID))
          .limit((int) Math.min(left, settings.outreach().batch()))
          .collectAsList()
          .forEach(row -> due.add(batch.message(row, now)));
      if (due.isEmpty()) {
        return;
      }
      long began = System.nanoTime();
      List<Attempt> outcomes = sender.send(due);
      double seconds = (System.nanoTime() - began) / 1e9;
      outcomes.forEach(
          done -> report.add(done.campaignId(), done.channel().name(), done.state().name(), 1));
      outbox.takeOver();
      steps.accept(
          String.format(
              Locale.ROOT,
              "%,d messages attempted in %.1f s: %s",
              outcomes.size(),
              seconds,
              rates(outcomes, seconds)));
      left -= outcomes.size();
      if (outcomes.size() < due.size()) {
        steps.accept("stopped by " + lake.root() + "/" + STOP_FILE + ": nothing more is sent");
        return;
      }
    }
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
    dueNow(doubts, clock.instant(), clock.instant())
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

  private Dataset<Row> dueNow(Map<Channel, Doubt> doubts, Instant start, Instant now) {
    List<Campaign> campaigns = CampaignFiles.read(Path.of(settings.campaign().folder()));
    LocalDate earliest =
        campaigns.stream()
            .filter(Campaign::enabled)
            .map(campaign -> campaign.window().from())
            .min(LocalDate::compareTo)
            .orElse(LocalDate.ofInstant(now, java.time.ZoneOffset.UTC));
    DueMessages.Facts facts =
        new DueMessages.Facts(
            lake.read(Table.CAMPAIGN_MESSAGES)
                .where(col(AS_OF_DATE).geq(lit(Date.valueOf(earliest.minusDays(1)))))
                .where(
                    col(VALID_UNTIL)
                        .geq(
                            lit(
                                Date.valueOf(
                                    LocalDate.ofInstant(now, java.time.ZoneOffset.UTC)
                                        .minusDays(1))))),
            lake.read(Table.CUSTOMERS),
            optional(Table.STORES),
            optional(Table.CALENDAR),
            optional(Table.SUPPRESSIONS),
            outbox.attempts(),
            optional(Table.CAMPAIGN_STOPS));
    return new DueMessages(
            settings.outreach(), settings.campaign(), campaigns, doubts, key, shown(), start, now)
        .of(facts);
  }

  /** A dry run shows what the customers would get. */
  private Mode shown() {
    return mode == Mode.DRY_RUN ? Mode.LIVE : mode;
  }

  private Optional<Dataset<Row>> optional(Table table) {
    return lake.exists(table) ? Optional.of(lake.read(table)) : Optional.empty();
  }

  private Optional<LocalDate> newest() {
    Row newest = lake.read(Table.CAMPAIGN_MESSAGES).agg(max(AS_OF_DATE)).head();
    return newest.isNullAt(0) ? Optional.empty() : Optional.of(newest.getDate(0).toLocalDate());
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

  private void record(String runId, LocalDate asOf, Instant start) {
    if (report.counts().isEmpty()) {
      return;
    }
    Contract contract = Contracts.of(Table.SEND_RUNS);
    StructType schema = new StructType();
    for (String name : contract.columnNames()) {
      if (!name.equals(AS_OF_DATE)) {
        schema = schema.add(name, contract.column(name).type(), true);
      }
    }
    List<Row> rows = new ArrayList<>();
    report
        .counts()
        .forEach(
            (line, messages) ->
                rows.add(
                    RowFactory.create(
                        runId,
                        line.campaignId(),
                        line.channel(),
                        mode.name(),
                        line.outcome(),
                        Timestamp.from(start),
                        messages)));
    new LakeWriter(lake)
        .append(Table.SEND_RUNS, asOf, lake.spark().createDataFrame(rows, schema).coalesce(1));
  }
}
