package com.posmodern.ai.cli;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.night.Job;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Either;
import scala.util.Left;
import scala.util.Right;
import scopt.OptionDef;
import scopt.OptionParser;
import scopt.Read;
import scopt.Read$;

/** The commands and the table of options in scopt; the one class that knows scopt. */
final class CommandLine extends OptionParser<Invocation> {
  static final String NIGHTLY = "nightly";
  static final String CAMPAIGNS = "campaigns";
  static final String SEND = "send";
  static final String RESPONSES = "responses";
  static final String RECEIVE = "receive";
  static final String BEHAVIOUR = "behaviour";
  static final String STREAM = "stream";
  static final String IMPORT = "import";
  static final String EXTRACT = "extract";
  static final String HOLIDAYS = "holidays";
  static final String WEATHER = "weather";
  static final String LOCAL_EVENTS = "local-events";
  static final String TRENDS = "trends";
  static final String SAMPLE = "sample";
  static final String DESCRIBE = "describe";
  static final String PUBLISH = "publish";
  static final String MAINTAIN = "maintain";
  static final String PUBLICATIONS = "publications";
  static final String ARRIVALS = "arrivals";
  static final String ERASE_CUSTOMER = "erase-customer";
  static final String EXPORT_CUSTOMER = "export-customer";

  /** Commands that run the jobs of a plan. */
  static final Set<String> PLANNED = Set.of(NIGHTLY, CAMPAIGNS, BEHAVIOUR);

  @SuppressWarnings("unchecked") // Scala's type argument is gone in Java.
  private static final Read<String> STRING = (Read<String>) (Read<?>) Read$.MODULE$.stringRead();

  @SuppressWarnings("unchecked")
  private static final Read<BoxedUnit> UNIT = (Read<BoxedUnit>) (Read<?>) Read$.MODULE$.unitRead();

  private String error = "";
  private boolean helpShown;

  CommandLine(Collection<Job> jobs) {
    super("pos-modern-ai");
    head(words("POS Modern AI: the nightly intelligence of a retail point of sale"));
    options("");
    help("help").text("print this");
    note("");
    command(NIGHTLY, "run the night: every job of conf/nightly.yaml, then the report");
    command(
        CAMPAIGNS,
        "run the jobs of conf/campaign-plan.yaml for a night that has ended: propensities and"
            + " campaigns");
    command(
        BEHAVIOUR,
        "run the jobs of conf/behaviour-plan.yaml for a night that has ended: sequences and"
            + " anomalies");
    command(
        SEND, "send the messages of campaigns that are due; what outreach in the settings allows");
    command(
        RESPONSES,
        "turn answers that landed into campaign events, and stop words into suppressions");
    command(RECEIVE, "let answers land on this machine, for trying it, until it is interrupted");
    command(IMPORT, "bring a CSV or Parquet export into the source tables");
    command(
        EXTRACT,
        "bring rows of a database into the source tables: those that changed since the last run");
    command(
        STREAM,
        "turn events that land into rows of the source tables, until it is stopped; what live in the"
            + " settings says");
    command(HOLIDAYS, "add Brazil's holidays, computed by rule, to the source table calendar");
    command(
        WEATHER,
        "ask a weather service about the stores' places: what was measured, what is expected");
    command(
        LOCAL_EVENTS,
        "ask ticket services, calendars and files of the settings for events near the stores");
    command(
        TRENDS, "ask files and feeds of the settings how much terms are asked for or talked about");
    command(SAMPLE, "generate a sample retailer into the lake (seeded; sizes in the settings)");
    command(DESCRIBE, "print every job with the tables it reads and writes");
    command(
        ARRIVALS, "tell whether enough stores' sales of --as-of are in the lake; writes nothing");
    command(MAINTAIN, "table maintenance: drop old dates, compact small files, vacuum");
    command(
        ERASE_CUSTOMER, "forget the customer of POS_CUSTOMER_ID everywhere, and prove it (LGPD)");
    command(
        EXPORT_CUSTOMER,
        "write all rows of the customer of POS_CUSTOMER_ID to a file, or why they got messages");
    command(PUBLICATIONS, "list the publications and which one each kind of reader sees");
    note("\nOne job by itself:");
    for (Job job : jobs) {
      command(job.name(), job.spec().purpose());
    }
    note(
        """

        Exit codes: 0 done, 2 wrong usage or settings, 3 bad data, 4 done but a model was rejected,
        5 infrastructure (worth a retry), 6 sales have not arrived yet, 1 internal error.\
        """);
  }

  /**
   * Parses the arguments.
   *
   * @return empty when help was requested; it has been printed then
   * @throws PosException usage, with one line that says what is wrong
   */
  Optional<Invocation> parse(String[] arguments) {
    Optional<Invocation> invocation =
        OptionConverters.toJava(
            parse(CollectionConverters.asScala(List.of(arguments)).toSeq(), Invocation.empty()));
    if (helpShown) {
      return Optional.empty();
    }
    if (invocation.isEmpty()) {
      throw wrong(error);
    }
    if (invocation.get().command().isEmpty()) {
      throw wrong("no command given");
    }
    if (invocation.get().command().equals(ARRIVALS) && invocation.get().asOf().isEmpty()) {
      throw wrong("arrivals needs --as-of <date>, the day whose sales are waited for");
    }
    if (invocation.get().command().equals(EXPORT_CUSTOMER) && invocation.get().output().isEmpty()) {
      throw wrong("export-customer needs --output <file>, a file that is not there yet");
    }
    if (invocation.get().command().equals(IMPORT)
        && invocation.get().suggested().isEmpty()
        && (invocation.get().mapping().isEmpty() || invocation.get().inputs().isEmpty())) {
      throw wrong("import needs --mapping <file> and at least one --input <name=path>");
    }
    if (!invocation.get().suggested().isEmpty() && invocation.get().mapping().isPresent()) {
      throw wrong(
          "--suggest drafts a mapping, so it cannot be combined with --mapping; give an input as"
              + " --input <name=path>, not "
              + invocation.get().suggested().get(0));
    }
    return invocation;
  }

  private void command(String name, String help) {
    List<OptionDef<?, Invocation>> options = options(name);
    if (name.equals(IMPORT)) {
      options.add(
          arg("<file>...", STRING)
              .text("more files for --suggest")
              .unbounded()
              .optional()
              .action((file, invocation) -> invocation.with(CliOption.SUGGEST, file)));
    }
    cmd(name)
        .text(help)
        .action((unit, invocation) -> invocation.withCommand(name))
        .children(CollectionConverters.asScala(options).toSeq());
  }

  /** The options of a command; with an empty name those of all. */
  private List<OptionDef<?, Invocation>> options(String command) {
    List<OptionDef<?, Invocation>> options = new ArrayList<>();
    for (CliOption option : CliOption.values()) {
      if (option.commands.contains(command)) {
        options.add(option.value.isEmpty() ? flag(option) : text(option));
      }
    }
    return options;
  }

  private OptionDef<String, Invocation> text(CliOption option) {
    OptionDef<String, Invocation> text =
        opt(option.option, STRING)
            .valueName(option.value)
            .text(option.help)
            .action(
                (value, invocation) -> {
                  check(option, value);
                  return invocation.with(option, value);
                });
    return option.mayBeRepeated() ? text.unbounded() : text;
  }

  private OptionDef<BoxedUnit, Invocation> flag(CliOption option) {
    return opt(option.option, UNIT)
        .text(option.help)
        .action((unit, invocation) -> invocation.with(option, ""));
  }

  private static void check(CliOption option, String value) {
    if (option == CliOption.INPUT && value.indexOf('=') < 1) {
      throw wrong("--input expects name=path, not " + value);
    }
    if (option == CliOption.PORT && !value.matches("[0-9]{1,5}")) {
      throw wrong("--port expects a number, not " + value);
    }
    if (option == CliOption.LEAST_SHARE && !isShare(value)) {
      throw wrong("--least-share expects a share above 0 and at most 1, not " + value);
    }
    if (option == CliOption.AS_OF) {
      try {
        LocalDate.parse(value);
      } catch (DateTimeParseException e) {
        throw wrong("--as-of expects a date such as 2026-06-30, not " + e.getParsedString());
      }
    }
  }

  private static boolean isShare(String value) {
    try {
      double share = Double.parseDouble(value);
      return share > 0 && share <= 1;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static PosException wrong(String what) {
    return PosException.usage(what, "command line", "See --help.");
  }

  private static scala.collection.immutable.Seq<String> words(String text) {
    return CollectionConverters.asScala(List.of(text)).toList();
  }

  @Override
  public scala.Option<Object> showUsageOnError() {
    return scala.Some.apply(false);
  }

  @Override
  public void reportError(String message) {
    if (error.isEmpty()) {
      error = message;
    }
  }

  @Override
  public void terminate(Either<String, BoxedUnit> exitState) {
    helpShown = true;
  }

  // scopt's own left and right, typed for Java.
  @Override
  public Either<String, BoxedUnit> success() {
    return Right.apply(BoxedUnit.UNIT);
  }

  @Override
  public Either<String, BoxedUnit> failure(String message) {
    return Left.apply(message);
  }
}
