package com.posmodern.ai.cli;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.night.Job;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import scala.Function2;
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

/** The options and subcommands in scopt; the one class that knows scopt. */
final class CommandLine extends OptionParser<Invocation> {
  static final String NIGHTLY = "nightly";
  static final String IMPORT = "import";
  static final String SAMPLE = "sample";
  static final String DESCRIBE = "describe";
  static final String PUBLISH = "publish";
  static final String MAINTAIN = "maintain";
  static final String PUBLICATIONS = "publications";
  static final String ARRIVALS = "arrivals";
  static final String ERASE_CUSTOMER = "erase-customer";

  private String error = "";
  private boolean helpShown;

  CommandLine(Collection<Job> jobs) {
    super("pos-modern-ai");
    head(words("POS Modern AI: the nightly intelligence of a retail point of sale"));
    text(
            "as-of",
            "<date>",
            "last complete business date, such as 2026-06-30; default: the last one in the lake")
        .action(action((value, invocation) -> invocation.withAsOf(date(value))));
    text("conf", "<file>", "settings file; default: conf/local.yaml")
        .action(action((value, invocation) -> invocation.withConf(Path.of(value))));
    text("lake", "<root>", "folder or s3a:// address of the lake; default: the one in the settings")
        .action(action((value, invocation) -> invocation.withLake(value)));
    text(
            "stores",
            "<store,store>",
            "replace the results of these stores only, for example after late sales; default: all stores")
        .action(action((value, invocation) -> invocation.withStores(List.of(value.split(",")))));
    help("help").text("print this");
    note("");
    command(NIGHTLY, "run the night: every job of conf/nightly.yaml, then the report")
        .children(
            CollectionConverters.asScala(
                    List.<OptionDef<?, Invocation>>of(
                        text("only", "<job,job>", "run only these jobs")
                            .action(
                                action(
                                    (value, invocation) ->
                                        invocation.withOnly(List.of(value.split(","))))),
                        text("from", "<job>", "run this job and those after it")
                            .action(action((value, invocation) -> invocation.withFrom(value))),
                        flag(
                                "sample-if-absent",
                                "make the sample lake first if the lake has no sales")
                            .action((unit, invocation) -> invocation.withSampleIfAbsent())))
                .toSeq());
    command(IMPORT, "bring a CSV or Parquet export into the source tables")
        .children(
            CollectionConverters.asScala(
                    List.<OptionDef<?, Invocation>>of(
                        text("mapping", "<file>", "column mapping, such as conf/import/*.yaml")
                            .action(
                                action(
                                    (value, invocation) -> invocation.withMapping(Path.of(value)))),
                        text(
                                "input",
                                "<name=path>",
                                "file or folder for an input that the mapping names; may be repeated")
                            .unbounded()
                            .action(action(CommandLine::input)),
                        flag("merge", "update and add by primary key; default: replace the tables")
                            .action((unit, invocation) -> invocation.withMerge()),
                        flag("dry-run", "show ten converted rows and the counts, write nothing")
                            .action((unit, invocation) -> invocation.withDryRun()),
                        text(
                                "suggest",
                                "<file>",
                                "draft a mapping for these files instead; may be repeated")
                            .unbounded()
                            .action(action((value, invocation) -> invocation.withSuggested(value))),
                        argument("<file>...", "more files for --suggest")
                            .unbounded()
                            .optional()
                            .action(
                                action((value, invocation) -> invocation.withSuggested(value)))))
                .toSeq());
    command(SAMPLE, "generate a sample retailer into the lake (seeded; sizes in the settings)");
    command(DESCRIBE, "print every job with the tables it reads and writes")
        .children(
            CollectionConverters.asScala(
                    List.<OptionDef<?, Invocation>>of(
                        flag("json", "as JSON, for programs such as the DAGs' compiler")
                            .action((unit, invocation) -> invocation.withJson()),
                        flag("mermaid", "as a Mermaid flowchart")
                            .action((unit, invocation) -> invocation.withMermaid())))
                .toSeq());
    command(
            ARRIVALS,
            "tell whether enough stores' sales of --as-of are in the lake; writes nothing")
        .children(
            CollectionConverters.asScala(
                    List.<OptionDef<?, Invocation>>of(
                        text(
                                "least-share",
                                "<share>",
                                "share of the stores open that day that must have arrived; default: 1, all")
                            .action(
                                action(
                                    (value, invocation) ->
                                        invocation.withLeastShare(share(value))))))
                .toSeq());
    command(MAINTAIN, "table maintenance: drop old dates, compact small files, vacuum");
    command(
            ERASE_CUSTOMER,
            "forget the customer of POS_CUSTOMER_ID everywhere, and prove it (LGPD)")
        .children(
            CollectionConverters.asScala(
                    List.<OptionDef<?, Invocation>>of(
                        text(
                                "customer-file",
                                "<file>",
                                "file with several customers, one id per line")
                            .action(
                                action(
                                    (value, invocation) ->
                                        invocation.withCustomerFile(Path.of(value))))))
                .toSeq());
    command(PUBLICATIONS, "list the publications and which one each kind of reader sees");
    note("\nOne job by itself:");
    for (Job job : jobs) {
      OptionDef<BoxedUnit, Invocation> single = command(job.name(), job.spec().purpose());
      if (job.name().equals(PUBLISH)) {
        single.children(
            CollectionConverters.asScala(
                    List.<OptionDef<?, Invocation>>of(
                        text(
                                "to",
                                "<publication>",
                                "switch readers back to an earlier publication instead")
                            .action(action((value, invocation) -> invocation.withTo(value)))))
                .toSeq());
      }
    }
    note(
        """

        Exit codes: 0 done, 2 wrong usage or settings, 3 bad data, 4 done but a model was rejected,
        5 infrastructure (worth a retry), 6 sales have not arrived yet, 1 internal error.""");
  }

  /**
   * Parses the arguments.
   *
   * @return empty when help was requested; it has been printed then
   * @throws PosException usage, with one line that says what is wrong
   */
  Optional<Invocation> parse(String[] arguments) {
    Optional<Invocation> invocation;
    try {
      invocation =
          OptionConverters.toJava(
              parse(CollectionConverters.asScala(List.of(arguments)).toSeq(), Invocation.empty()));
    } catch (DateTimeParseException e) {
      throw wrong("--as-of expects a date such as 2026-06-30, not " + e.getParsedString());
    }
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
    if (invocation.get().command().equals(IMPORT)
        && invocation.get().suggested().isEmpty()
        && (invocation.get().mapping().isEmpty() || invocation.get().inputs().isEmpty())) {
      throw wrong("import needs --mapping <file> and at least one --input <name=path>");
    }
    if (!invocation.get().suggested().isEmpty() && invocation.get().mapping().isPresent()) {
      throw wrong(
          "--suggest drafts a mapping, so it cannot be combined with --mapping; give an input as --input <name=path>, not "
              + invocation.get().suggested().get(0));
    }
    return invocation;
  }

  private OptionDef<String, Invocation> text(String name, String value, String help) {
    @SuppressWarnings("unchecked")
    Read<String> read = (Read<String>) (Read<?>) Read$.MODULE$.stringRead();
    return opt(name, read).valueName(value).text(help);
  }

  private OptionDef<String, Invocation> argument(String name, String help) {
    @SuppressWarnings("unchecked")
    Read<String> read = (Read<String>) (Read<?>) Read$.MODULE$.stringRead();
    return arg(name, read).text(help);
  }

  private OptionDef<BoxedUnit, Invocation> flag(String name, String help) {
    @SuppressWarnings("unchecked")
    Read<BoxedUnit> read = (Read<BoxedUnit>) (Read<?>) Read$.MODULE$.unitRead();
    return opt(name, read).text(help);
  }

  private OptionDef<BoxedUnit, Invocation> command(String name, String help) {
    return cmd(name).text(help).action((unit, invocation) -> invocation.withCommand(name));
  }

  private static Function2<String, Invocation, Invocation> action(
      java.util.function.BiFunction<String, Invocation, Invocation> change) {
    return change::apply;
  }

  private static Invocation input(String value, Invocation invocation) {
    int equals = value.indexOf('=');
    if (equals < 1) {
      throw wrong("--input expects name=path, not " + value);
    }
    return invocation.withInput(value.substring(0, equals), value.substring(equals + 1));
  }

  private static LocalDate date(String value) {
    return LocalDate.parse(value);
  }

  private static double share(String value) {
    double share;
    try {
      share = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      share = Double.NaN;
    }
    if (!(share > 0 && share <= 1)) {
      throw wrong("--least-share expects a share above 0 and at most 1, not " + value);
    }
    return share;
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
