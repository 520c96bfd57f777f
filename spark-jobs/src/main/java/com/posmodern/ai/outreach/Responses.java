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
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.answer.Answered;
import com.posmodern.ai.outreach.answer.Answers;
import com.posmodern.ai.outreach.answer.Answers.Source;
import com.posmodern.ai.outreach.answer.BadAnswer;
import com.posmodern.ai.outreach.answer.Landed;
import com.posmodern.ai.privacy.PseudonymKey;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Turns answers that landed, and messages that were sent, into {@code source.campaign_events}, each
 * exactly once; who wants none any longer goes into {@code source.suppressions} first.
 *
 * <p>Both are merges by a key that comes from the provider, and a file is removed only after them:
 * a run that is interrupted is completed by the next one. What is unsigned or cannot be read is
 * counted and quarantined without its text.
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

  private static final StructType ANSWERED =
      new StructType()
          .add(EVENT_ID, DataTypes.StringType)
          .add(KIND, DataTypes.StringType)
          .add(OCCURRED_AT, DataTypes.TimestampType)
          .add(REFERENCE, DataTypes.StringType)
          .add(CONTACT, DataTypes.StringType)
          .add(CHANNEL, DataTypes.StringType)
          .add(REPLY_TEXT, DataTypes.StringType)
          .add("stops", DataTypes.BooleanType);

  private final Lake lake;
  private final Settings settings;
  private final PseudonymKey key;
  private final UnaryOperator<String> environment;
  private final InstantSource clock;

  public Responses(
      Lake lake,
      Settings settings,
      PseudonymKey key,
      UnaryOperator<String> environment,
      InstantSource clock) {
    this.lake = lake;
    this.settings = settings;
    this.key = key;
    this.environment = environment;
    this.clock = clock;
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

  /** What was read of one file. */
  private record Read(String file, List<Answered> answers, Map<Integer, String> refused) {}

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
      Answers answers = landed.isEmpty() ? null : answers();
      List<Read> read = new ArrayList<>();
      long silent = 0;
      long lines = 0;
      for (Path file : landed) {
        List<String> texts = files.lines(file);
        Read one = read(files.name(file), texts, answers);
        read.add(one);
        lines += texts.size();
        silent += texts.size() - one.answers().size() - one.refused().size();
      }
      Map<String, Answered> once = new LinkedHashMap<>();
      read.forEach(one -> one.answers().forEach(a -> once.putIfAbsent(a.eventId(), a)));
      long twice = read.stream().mapToLong(one -> one.answers().size()).sum() - once.size();
      Dataset<Row> rows = placed(answered(once));
      long suppressions = suppress(rows);
      long sent = sentEvents();
      long events = once.isEmpty() ? 0 : merge(Table.CAMPAIGN_EVENTS, events(rows));
      long refused = new RefusedAnswers(lake).write(refused(read), clock.instant());
      for (Path file : landed) {
        files.delete(file);
      }
      return String.format(
              Locale.ROOT,
              "%,d lines of %,d files: %,d events, %,d of no message of ours, %,d without news, %,d"
                  + " repeated, %,d refused%s; %,d suppressions; %,d messages recorded as sent",
              lines,
              landed.size(),
              events,
              once.size() - events,
              silent,
              twice,
              refused,
              reasons(read),
              suppressions,
              sent)
          + alarm();
    } catch (IOException e) {
      throw StorageErrors.explain(e, "reading answers of " + folder);
    }
  }

  private Answers answers() {
    Map<Source, String> secrets = new EnumMap<>(Source.class);
    for (Source source : expected()) {
      String secret = environment.apply(source.secret());
      if (secret == null || secret.isBlank()) {
        throw PosException.usage(
            "is not set, and answers of %s are verified with it".formatted(source),
            "environment variable " + source.secret(),
            "Set it. The answers stay where they landed.");
      }
      secrets.put(source, secret.strip());
    }
    Optional<Links> links = Links.of(settings.outreach(), environment);
    return new Answers(
        settings.outreach().twilio().callback(),
        secrets,
        token -> links.flatMap(some -> some.reference(token)));
  }

  /** Whoever carries messages may answer. */
  private Set<Source> expected() {
    Set<Source> expected = EnumSet.noneOf(Source.class);
    for (Channel channel : Channel.values()) {
      switch (settings.outreach().route(channel).provider()) {
        case TWILIO -> expected.add(Source.TWILIO);
        case TELEGRAM -> expected.add(Source.TELEGRAM);
        case WEBHOOK -> expected.add(Source.WEBHOOK);
        case NONE -> {}
      }
    }
    if (settings.outreach().links().wanted()) {
      expected.add(Source.CLICK);
    }
    return expected;
  }

  private static Read read(String file, List<String> lines, Answers answers) {
    List<Answered> good = new ArrayList<>();
    Map<Integer, String> refused = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        answers.read(Landed.read(lines.get(i))).ifPresent(good::add);
      } catch (BadAnswer e) {
        refused.put(i + 1, e.getMessage());
      }
    }
    return new Read(file, good, refused);
  }

  private static Map<String, Map<Integer, String>> refused(List<Read> read) {
    Map<String, Map<Integer, String>> refused = new TreeMap<>();
    read.stream()
        .filter(one -> !one.refused().isEmpty())
        .forEach(one -> refused.put(one.file(), one.refused()));
    return refused;
  }

  private static String reasons(List<Read> read) {
    Map<String, Long> reasons = new TreeMap<>();
    read.forEach(
        one -> one.refused().values().forEach(reason -> reasons.merge(reason, 1L, Long::sum)));
    return reasons.isEmpty() ? "" : " " + reasons;
  }

  private Dataset<Row> answered(Map<String, Answered> once) {
    List<Row> rows =
        once.values().stream()
            .map(
                a ->
                    RowFactory.create(
                        a.eventId(),
                        a.kind(),
                        Timestamp.from(a.at()),
                        a.reference().orElse(null),
                        a.contact().orElse(null),
                        a.channel().map(Enum::name).orElse(null),
                        a.text().orElse(null),
                        a.suppresses()))
            .toList();
    return lake.spark().createDataFrame(rows, ANSWERED).coalesce(1);
  }

  /**
   * With the campaign and the customer's id: by the message's reference, or by who has the contact,
   * whose last message it then answers. A contact of several customers counts for the one who was
   * sent a message last.
   */
  private Dataset<Row> placed(Dataset<Row> answered) {
    Column none = lit(null).cast("string");
    Dataset<Row> with =
        answered
            .withColumn(CAMPAIGN_ID, none)
            .withColumn("id", none)
            .withColumnRenamed(CHANNEL, "said_channel");
    if (!lake.exists(Table.CUSTOMERS) || !lake.exists(Table.OUTBOX)) {
      return with.withColumn(CHANNEL, col("said_channel"));
    }
    Dataset<Row> people =
        Contacts.of(lake.read(Table.CUSTOMERS), key, settings.outreach().countryCode());
    Dataset<Row> sent =
        lake.read(Table.OUTBOX)
            .where(col(SEND_MODE).equalTo(Mode.LIVE.name()))
            .where(col(STATE).isin(State.SENT.name(), State.IN_DOUBT.name()))
            .groupBy(col(REFERENCE).as("sent_reference"))
            .agg(
                max_by(
                        struct(col(CAMPAIGN_ID), col(CUSTOMER_ID), col(CHANNEL), col(RECORDED_AT)),
                        col(RECORDED_AT))
                    .as("sent"));
    Column contacts =
        array(
            Contacts.kinds().stream()
                .map(kind -> col(kind + "." + Contacts.ADDRESS))
                .toArray(Column[]::new));
    Dataset<Row> holders =
        people
            .select(col(CUSTOMER_ID), col(Contacts.ID), explode(contacts).as("held"))
            .where(col("held").isNotNull());
    Dataset<Row> byReference =
        answered
            .where(col(REFERENCE).isNotNull())
            .join(sent, col(REFERENCE).equalTo(col("sent_reference")))
            .select(col(EVENT_ID), col("sent"));
    Dataset<Row> byContact =
        answered
            .where(col(CONTACT).isNotNull())
            .join(holders, trim(col(CONTACT)).equalTo(col("held")))
            .join(sent, col("sent." + CUSTOMER_ID).equalTo(col(CUSTOMER_ID)))
            .where(col("sent." + RECORDED_AT).leq(col(OCCURRED_AT)))
            .select(col(EVENT_ID), col("sent"));
    Dataset<Row> found =
        byReference
            .unionByName(byContact)
            .withColumn(
                "place",
                row_number()
                    .over(
                        Window.partitionBy(EVENT_ID)
                            .orderBy(
                                col("sent." + RECORDED_AT).desc(), col("sent." + CAMPAIGN_ID))))
            .where(col("place").equalTo(1))
            .select(
                col(EVENT_ID),
                col("sent." + CAMPAIGN_ID).as(CAMPAIGN_ID),
                col("sent." + CUSTOMER_ID).as("pseudonym"),
                col("sent." + CHANNEL).as("sent_channel"));
    Dataset<Row> ids = people.select(col(CUSTOMER_ID).as("pseudonym"), col(Contacts.ID));
    return answered
        .withColumnRenamed(CHANNEL, "said_channel")
        .join(broadcast(found), new String[] {EVENT_ID}, "left")
        .join(ids, new String[] {"pseudonym"}, "left")
        .withColumn(CHANNEL, coalesce(col("said_channel"), col("sent_channel")));
  }

  private long suppress(Dataset<Row> rows) {
    Dataset<Row> stops = rows.where(col("stops"));
    if (stops.isEmpty()) {
      return 0;
    }
    return merge(
        Table.SUPPRESSIONS,
        stops.select(
            concat(lit("answer/"), col(EVENT_ID)).as(SUPPRESSION_ID),
            col(Contacts.ID).as(CUSTOMER_ID),
            col(CONTACT),
            lit(null).cast("string").as(CHANNEL),
            when(col(CONTACT).isNotNull(), lit("STOP_WORD"))
                .when(col(KIND).equalTo(Answers.UNSUBSCRIBED), lit("UNSUBSCRIBED"))
                .otherwise(lit("COMPLAINED"))
                .as(SUPPRESSION_REASON),
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
    if (!lake.exists(Table.OUTBOX) || !lake.exists(Table.CUSTOMERS)) {
      return 0;
    }
    Dataset<Row> sent =
        lake.read(Table.OUTBOX)
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
    Dataset<Row> people =
        Contacts.of(lake.read(Table.CUSTOMERS), key, settings.outreach().countryCode())
            .select(col(CUSTOMER_ID), col(Contacts.ID));
    Dataset<Row> events =
        sent.join(people, new String[] {CUSTOMER_ID})
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
