package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CONTACT;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EVENT_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.RECORDED_AT;
import static com.posmodern.ai.contract.Columns.REFERENCE;
import static com.posmodern.ai.contract.Columns.REPLY_TEXT;
import static com.posmodern.ai.contract.Columns.SEND_MODE;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.SUPPRESSED_AT;
import static com.posmodern.ai.contract.Columns.SUPPRESSION_ID;
import static com.posmodern.ai.contract.Columns.SUPPRESSION_REASON;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.answer.Answered.Stop;
import com.posmodern.ai.outreach.answer.Answers;
import com.posmodern.ai.privacy.PseudonymKey;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Turns answers that landed, and messages that were sent, into {@code source.campaign_events}, each
 * exactly once; who wants none any longer goes into {@code source.suppressions} first.
 *
 * <p>Both are merges by a key that comes from the provider, and a file is removed only after them:
 * a run that is interrupted is completed by the next one. What is unsigned or cannot be read is
 * counted and quarantined without its text. What AWS must vouch for and does not now waits where it
 * landed; the other answers are kept before the run fails for it.
 */
public final class Responses {
  /** Below the lake's root, where the settings name no other folder. */
  static final String FOLDER = "outreach/landed";

  private static final String ACTION = "action";
  private static final String INSERT = "insert";

  private static final Duration ONE_DAY = Duration.ofDays(1);

  /** Of fewer messages no alarm is made. */
  private static final int FEW = 50;

  /** Files of one run; the next run takes the others. */
  private static final int MOST_FILES = 5_000;

  private final Lake lake;
  private final Settings settings;
  private final PseudonymKey key;
  private final UnaryOperator<String> environment;
  private final InstantSource clock;
  private final SnsTrust trust;

  public Responses(
      Lake lake,
      Settings settings,
      PseudonymKey key,
      UnaryOperator<String> environment,
      InstantSource clock) {
    this(
        lake,
        settings,
        key,
        environment,
        clock,
        new SnsTrust(settings.outreach().timeout(), clock));
  }

  Responses(
      Lake lake,
      Settings settings,
      PseudonymKey key,
      UnaryOperator<String> environment,
      InstantSource clock,
      SnsTrust trust) {
    this.lake = lake;
    this.settings = settings;
    this.key = key;
    this.environment = environment;
    this.clock = clock;
    this.trust = trust;
  }

  /** Where answers land. */
  public static String folder(Settings settings) {
    String own = settings.outreach().answers().folder();
    return own.isEmpty() ? Lake.absolute(settings.lake()) + "/" + FOLDER : own;
  }

  /** Files that wait to be read, at most as many as a run reads. */
  public static long landed(Lake lake, Settings settings) {
    String folder = folder(settings);
    try {
      return new LandedFiles(lake.spark().sessionState().newHadoopConf(), folder)
          .first(MOST_FILES)
          .size();
    } catch (IOException e) {
      throw StorageErrors.explain(e, "listing answers of " + folder);
    }
  }

  /**
   * Reads what landed.
   *
   * @return what was found, in one line
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage fails
   */
  public String run() {
    String folder = folder(settings);
    try {
      new Outbox(lake).takeOver();
      LandedFiles files = new LandedFiles(lake.spark().sessionState().newHadoopConf(), folder);
      List<Path> landed = files.first(MOST_FILES);
      ReadAnswers read = new ReadAnswers();
      if (!landed.isEmpty()) {
        Answers answers =
            AnswerSources.of(settings.outreach(), environment, trust, read::confirmLater);
        for (Path file : landed) {
          read.add(files.name(file), files.lines(file), answers);
        }
      }
      Dataset<Row> rows =
          AnsweredMessages.placed(
              AnsweredMessages.rows(lake.spark(), read.answers()),
              people(),
              optional(Table.OUTBOX));
      long suppressions = suppress(rows);
      long sent = sentEvents();
      long events = read.answers().isEmpty() ? 0 : merge(Table.CAMPAIGN_EVENTS, events(rows));
      read.confirm(trust::confirm);
      long refused = new RefusedAnswers(lake).write(read.refused(), clock.instant());
      for (Path file : landed) {
        if (!read.waits(files.name(file))) {
          files.delete(file);
        }
      }
      if (read.failure().isPresent()) {
        throw read.failure().get();
      }
      return String.format(
              Locale.ROOT,
              "%,d lines of %,d files: %,d events, %,d of no message of ours, %,d without news, %,d"
                  + " repeated, %,d refused%s; %,d suppressions; %,d messages recorded as sent",
              read.lines(),
              landed.size(),
              events,
              read.answers().size() - events,
              read.silent(),
              read.repeated(),
              refused,
              read.reasons(),
              suppressions,
              sent)
          + alarm();
    } catch (IOException e) {
      throw StorageErrors.explain(e, "reading answers of " + folder);
    }
  }

  /** Who has which contact; empty when the lake has no customers. */
  private Optional<Dataset<Row>> people() {
    return optional(Table.CUSTOMERS)
        .map(customers -> Contacts.of(customers, key, settings.outreach().countryCode()));
  }

  private Optional<Dataset<Row>> optional(Table table) {
    return lake.exists(table) ? Optional.of(lake.read(table)) : Optional.empty();
  }

  private long suppress(Dataset<Row> rows) {
    Dataset<Row> stops = rows.where(col(SUPPRESSION_REASON).isNotNull());
    if (stops.isEmpty()) {
      return 0;
    }
    Column bounced = col(SUPPRESSION_REASON).equalTo(Stop.BOUNCED.name());
    return merge(
        Table.SUPPRESSIONS,
        stops.select(
            concat(lit("answer/"), col(EVENT_ID)).as(SUPPRESSION_ID),
            when(not(bounced).or(col(CONTACT).isNull()), col(Contacts.ID)).as(CUSTOMER_ID),
            col(CONTACT),
            when(bounced, col(CHANNEL)).as(CHANNEL),
            col(SUPPRESSION_REASON),
            col(OCCURRED_AT).as(SUPPRESSED_AT)));
  }

  private static Dataset<Row> events(Dataset<Row> rows) {
    return rows.where(col(CAMPAIGN_ID).isNotNull().and(col(Contacts.ID).isNotNull()))
        .select(
            col(EVENT_ID),
            col(CAMPAIGN_ID),
            col(Contacts.ID).as(CUSTOMER_ID),
            col(KIND),
            col(OCCURRED_AT),
            col(CHANNEL),
            col(REPLY_TEXT));
  }

  /** More messages than usual that came back; the scheduler looks for the word. */
  private String alarm() {
    if (!lake.exists(Table.CAMPAIGN_EVENTS)) {
      return "";
    }
    Row day =
        lake.read(Table.CAMPAIGN_EVENTS)
            .where(col(OCCURRED_AT).gt(lit(Timestamp.from(clock.instant().minus(ONE_DAY)))))
            .agg(
                count_if(col(KIND).equalTo("sent")),
                count_if(col(KIND).isin("bounced", "failed", "complained")))
            .head();
    long sent = day.getLong(0);
    long back = day.getLong(1);
    return sent >= FEW && back > settings.outreach().alarmBouncedShare() * sent
        ? String.format(
            Locale.ROOT,
            "; ALARM: %,d of %,d messages of the last day bounced, failed or led to a complaint",
            back,
            sent)
        : "";
  }

  /** What the outbox has sent and the events do not know yet. */
  private long sentEvents() {
    Optional<Dataset<Row>> outbox = optional(Table.OUTBOX);
    Optional<Dataset<Row>> people = people();
    if (outbox.isEmpty() || people.isEmpty()) {
      return 0;
    }
    Dataset<Row> sent =
        outbox
            .get()
            .where(col(SEND_MODE).equalTo(Mode.LIVE.name()))
            .where(col(STATE).equalTo(State.SENT.name()))
            .withColumn(EVENT_ID, concat(lit("sent/"), col(REFERENCE)));
    if (lake.exists(Table.CAMPAIGN_EVENTS)) {
      sent =
          sent.join(
              lake.read(Table.CAMPAIGN_EVENTS).select(EVENT_ID),
              new String[] {EVENT_ID},
              "left_anti");
    }
    Dataset<Row> events =
        sent.join(people.get().select(CUSTOMER_ID, Contacts.ID), new String[] {CUSTOMER_ID})
            .select(
                col(EVENT_ID),
                col(CAMPAIGN_ID),
                col(Contacts.ID).as(CUSTOMER_ID),
                lit("sent").as(KIND),
                col(RECORDED_AT).as(OCCURRED_AT),
                col(CHANNEL),
                lit(null).cast("string").as(REPLY_TEXT));
    return events.isEmpty() ? 0 : merge(Table.CAMPAIGN_EVENTS, events);
  }

  /** Merges by primary key; a row that is there already is the same. */
  private long merge(Table table, Dataset<Row> rows) {
    Contract contract = Contracts.of(table);
    Dataset<Row> typed =
        rows.select(contract.columnNames().stream().map(name -> col(name)).toArray(Column[]::new));
    long number = Lake.count(typed);
    if (number > 0) {
      new LakeWriter(lake).mergeSource(table, typed.withColumn(ACTION, lit(INSERT)), ACTION);
    }
    return number;
  }
}
