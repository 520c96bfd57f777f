package com.posmodern.ai.cli;

import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.Memory;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.care.EraseCustomerCommand;
import com.posmodern.ai.job.care.ExportCustomerCommand;
import com.posmodern.ai.job.care.ExportCustomerCommand.Scope;
import com.posmodern.ai.job.care.MaintenanceCommand;
import com.posmodern.ai.job.intake.ArrivalsCommand;
import com.posmodern.ai.job.intake.ExtractCommand;
import com.posmodern.ai.job.intake.ExtractCommand.From;
import com.posmodern.ai.job.intake.HolidaysCommand;
import com.posmodern.ai.job.intake.ImportCommand;
import com.posmodern.ai.job.publish.PublicationCommand;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeStorage;
import com.posmodern.ai.lake.LakeStorage.Drivers;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.lake.SmallLake;
import com.posmodern.ai.lake.SparkSessions;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.lake.lock.FolderLock;
import com.posmodern.ai.lake.lock.Writer;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.night.AsOfDate;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.LostExecutors;
import com.posmodern.ai.night.NightPlan;
import com.posmodern.ai.night.Nightly;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.night.SampleMaker;
import com.posmodern.ai.night.Stores;
import com.posmodern.ai.outreach.Receiver;
import com.posmodern.ai.outreach.Responses;
import com.posmodern.ai.outreach.Sending;
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.source.imports.MappingDraft;
import com.posmodern.ai.source.jdbc.ExtractFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes the command given on the command line. */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
  private static final DateTimeFormatter RUN_ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

  /** Commands that need no pseudonym key: they read no customer data, or only the source tables. */
  private static final Set<String> WITHOUT_KEY =
      Set.of(
          CommandLine.SAMPLE,
          CommandLine.IMPORT,
          CommandLine.EXTRACT,
          CommandLine.HOLIDAYS,
          CommandLine.MAINTAIN,
          CommandLine.PUBLICATIONS,
          CommandLine.ARRIVALS);

  private static final Set<String> READ_ONLY =
      Set.of(CommandLine.PUBLICATIONS, CommandLine.ARRIVALS, CommandLine.EXPORT_CUSTOMER);

  private static final Set<String> ABOUT_CUSTOMERS =
      Set.of(CommandLine.ERASE_CUSTOMER, CommandLine.EXPORT_CUSTOMER);

  private final Map<String, Job> jobs;
  private final PrintStream out;
  private final Clock clock;

  Commands(Map<String, Job> jobs, PrintStream out, Clock clock) {
    this.jobs = jobs;
    this.out = out;
    this.clock = clock;
  }

  ExitCode run(Invocation invocation) {
    if (invocation.command().equals(CommandLine.DESCRIBE)) {
      if (invocation.json()) {
        out.println(Descriptions.json(jobs.values()));
      } else if (invocation.mermaid()) {
        out.print(Diagram.mermaid(jobs.values()));
      } else {
        describe();
      }
      return ExitCode.OK;
    }
    if (!invocation.suggested().isEmpty()) {
      out.print(MappingDraft.of(invocation.suggested()));
      return ExitCode.OK;
    }
    Settings file = Settings.read(invocation.conf());
    Settings settings = invocation.lake().map(file::withLake).orElse(file);
    if (invocation.command().equals(CommandLine.RECEIVE)) {
      return receive(invocation, settings);
    }
    NightPlan plan = NightPlan.read(Path.of(plan(invocation.command(), settings)), jobs);
    // Unknown job names are reported before Spark starts.
    List<Job> selected =
        CommandLine.PLANNED.contains(invocation.command())
            ? plan.select(invocation.only(), invocation.from())
            : List.of();
    if (!WITHOUT_KEY.contains(invocation.command())) {
      PseudonymKey.ofEnvironment();
    }
    Optional<ErasedCustomers> erased =
        ABOUT_CUSTOMERS.contains(invocation.command())
            ? Optional.of(
                new ErasedCustomers(
                    CustomerIds.read(invocation.customerFile()), PseudonymKey.ofEnvironment()))
            : Optional.empty();
    String command = invocation.command();
    boolean sendsNothing =
        command.equals(CommandLine.SEND) && settings.outreach().mode() == Mode.DRY_RUN;
    boolean writes = !READ_ONLY.contains(command) && !invocation.dryRun() && !sendsNothing;
    try (WriterLock folder =
            writes ? FolderLock.take(settings.lake(), command, clock.instant()) : WriterLock.NONE;
        SparkSession spark = SparkSessions.open(settings.spark())) {
      folder.requireHeld();
      spark.sparkContext().addSparkListener(new LostExecutors(out));
      Lake lake = new Lake(spark, settings.lake());
      if (writes) {
        LakeStorage.prepare(lake, settings.concurrentDrivers() ? Drivers.SEVERAL : Drivers.ONE)
            .ifPresent(warning -> out.println("warning: " + warning));
      }
      try (WriterLock lease =
          writes ? LakeStorage.lease(lake, writer(invocation)) : WriterLock.NONE) {
        lease.requireHeld();
        return perform(invocation, settings, lake, plan, selected, erased);
      }
    } catch (Throwable e) {
      if (Memory.ranOut(e)) {
        Memory.end(command);
      }
      RuntimeException explained = StorageErrors.explain(e, invocation.command());
      if (explained instanceof PosException) {
        throw explained;
      }
      LOG.error("{} failed with an internal error", command, explained);
      return ExitCode.INTERNAL;
    }
  }

  private static String plan(String command, Settings settings) {
    return switch (command) {
      case CommandLine.CAMPAIGNS -> settings.campaignPlan();
      case CommandLine.BEHAVIOUR -> settings.behaviourPlan();
      default -> settings.plan();
    };
  }

  /** A scheduler runs the jobs of a date in processes of their own, some at the same time. */
  private Writer writer(Invocation invocation) {
    boolean job = jobs.containsKey(invocation.command()) && invocation.to().isEmpty();
    return job && invocation.asOf().isPresent()
        ? Writer.jobOf(invocation.asOf().get(), invocation.command())
        : Writer.alone(invocation.command());
  }

  private ExitCode perform(
      Invocation invocation,
      Settings settings,
      Lake lake,
      NightPlan plan,
      List<Job> selected,
      Optional<ErasedCustomers> erased) {
    return switch (invocation.command()) {
      case CommandLine.NIGHTLY -> night(invocation, settings, lake, plan, selected);
      case CommandLine.CAMPAIGNS, CommandLine.BEHAVIOUR ->
          planned(invocation, settings, lake, plan, selected);
      case CommandLine.SEND -> send(invocation, settings, lake);
      case CommandLine.RESPONSES -> responses(settings, lake);
      case CommandLine.SAMPLE -> sample(settings, lake);
      case CommandLine.IMPORT -> importFiles(invocation, lake);
      case CommandLine.EXTRACT -> extract(invocation, settings, lake);
      case CommandLine.HOLIDAYS ->
          told(CommandLine.HOLIDAYS, () -> new HolidaysCommand(lake).run());
      case CommandLine.MAINTAIN -> maintain(settings, lake);
      case CommandLine.ERASE_CUSTOMER -> erase(erased.orElseThrow(), settings, lake);
      case CommandLine.EXPORT_CUSTOMER -> export(invocation, erased.orElseThrow(), lake);
      case CommandLine.PUBLICATIONS -> publications(settings, lake);
      case CommandLine.ARRIVALS -> arrivals(invocation, settings, lake);
      case CommandLine.PUBLISH ->
          invocation.to().isPresent()
              ? putBack(invocation.to().get(), settings, lake)
              : single(invocation, settings, lake, jobs.get(invocation.command()));
      default -> single(invocation, settings, lake, jobs.get(invocation.command()));
    };
  }

  private ExitCode sample(Settings settings, Lake lake) {
    SampleMaker.onClassPath().make(lake, settings.sample(), new Progress(out, clock));
    return ExitCode.OK;
  }

  private ExitCode importFiles(Invocation invocation, Lake lake) {
    ImportCommand command = new ImportCommand(lake, out);
    ImportCommand.Mode mode =
        invocation.merge() ? ImportCommand.Mode.MERGE : ImportCommand.Mode.REPLACE;
    if (invocation.dryRun()) {
      command.preview(invocation.mapping().orElseThrow(), invocation.inputs(), mode);
    } else {
      command.run(
          invocation.mapping().orElseThrow(),
          invocation.inputs(),
          mode,
          invocation.asOf(),
          clock.instant());
    }
    return ExitCode.OK;
  }

  /** One database that fails does not keep the others back. */
  private ExitCode extract(Invocation invocation, Settings settings, Lake lake) {
    List<ExtractFile> files =
        invocation
            .mapping()
            .map(file -> List.of(ExtractFile.read(file)))
            .orElseGet(() -> ExtractFile.enabled(Path.of(settings.extracts())));
    requireOwnTables(files, settings);
    From from = invocation.rebuild() ? From.BEGINNING : From.POSITION;
    return told(
        CommandLine.EXTRACT,
        () -> {
          ExtractCommand command = new ExtractCommand(lake, System::getenv, out);
          List<PosException> failed = new ArrayList<>();
          for (ExtractFile file : files) {
            try {
              command.run(file, from, invocation.asOf(), clock.instant());
            } catch (PosException e) {
              failed.add(e);
              out.printf("  %s failed: %s%n", file.name(), e.getMessage());
            }
          }
          if (!failed.isEmpty()) {
            throw failed.get(0);
          }
          return files.isEmpty()
              ? "no file of %s is enabled".formatted(settings.extracts())
              : files.stream().map(ExtractFile::name).collect(Collectors.joining(", "));
        });
  }

  private static void requireOwnTables(List<ExtractFile> files, Settings settings) {
    Map<String, ExtractFile> all = new TreeMap<>();
    ExtractFile.enabled(Path.of(settings.extracts())).forEach(file -> all.put(file.name(), file));
    files.forEach(file -> all.put(file.name(), file));
    ExtractFile.requireOwnTables(List.copyOf(all.values()));
  }

  private ExitCode maintain(Settings settings, Lake lake) {
    new MaintenanceCommand(lake, settings, new Progress(out, clock), clock).run();
    return ExitCode.OK;
  }

  private ExitCode erase(ErasedCustomers customers, Settings settings, Lake lake) {
    new EraseCustomerCommand(lake, settings, customers, new Progress(out, clock), clock).run();
    return ExitCode.OK;
  }

  private ExitCode send(Invocation invocation, Settings settings, Lake lake) {
    SmallLake.adapt(lake);
    Progress progress = new Progress(out, clock);
    return told(
        CommandLine.SEND,
        () ->
            new Sending(
                    lake,
                    settings,
                    invocation.dryRun() ? Mode.DRY_RUN : settings.outreach().mode(),
                    PseudonymKey.ofEnvironment(),
                    System::getenv,
                    clock,
                    what -> progress.step(CommandLine.SEND, what))
                .run(runId()));
  }

  private ExitCode responses(Settings settings, Lake lake) {
    SmallLake.adapt(lake);
    return told(
        CommandLine.RESPONSES,
        () ->
            new Responses(lake, settings, PseudonymKey.ofEnvironment(), System::getenv, clock)
                .run());
  }

  /** The last line, which schedulers read. */
  private ExitCode told(String command, Supplier<String> work) {
    Instant start = clock.instant();
    String done = work.get();
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    out.printf(Locale.ROOT, "%s ok in %.1f s: %s%n", command, seconds, done);
    return ExitCode.OK;
  }

  private ExitCode receive(Invocation invocation, Settings settings) {
    String folder = Responses.folder(settings);
    try (Receiver receiver =
        new Receiver(
            invocation.port(),
            new NewFile(new Configuration(), folder),
            settings.outreach().links().target(),
            clock)) {
      out.printf(
          Locale.ROOT,
          "answers to http://127.0.0.1:%d land in %s, until it is interrupted%n",
          receiver.port(),
          folder);
      new CountDownLatch(1).await();
    } catch (IOException e) {
      throw PosException.usage(
          "cannot listen or write: " + e.getMessage(),
          "receive",
          "Choose another port with --port, or another folder.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private ExitCode export(Invocation invocation, ErasedCustomers customers, Lake lake) {
    Progress progress = new Progress(out, clock);
    String command = CommandLine.EXPORT_CUSTOMER;
    return told(
        command,
        () ->
            new ExportCustomerCommand(lake, customers, what -> progress.step(command, what))
                .run(
                    invocation.output().orElseThrow(),
                    invocation.why() ? Scope.MESSAGES : Scope.EVERYTHING));
  }

  private ExitCode publications(Settings settings, Lake lake) {
    new PublicationCommand(lake, settings, out).list();
    return ExitCode.OK;
  }

  private ExitCode arrivals(Invocation invocation, Settings settings, Lake lake) {
    Instant start = clock.instant();
    String arrived =
        new ArrivalsCommand(lake, settings.quality())
            .requireArrived(
                invocation.asOf().orElseThrow(),
                Stores.known(lake, invocation.stores()),
                invocation.leastShare());
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    out.printf(Locale.ROOT, "arrivals ok in %.1f s: %s%n", seconds, arrived);
    return ExitCode.OK;
  }

  private ExitCode putBack(String id, Settings settings, Lake lake) {
    new PublicationCommand(lake, settings, out).putBack(id, runId());
    return ExitCode.OK;
  }

  private String runId() {
    return RUN_ID.format(clock.instant().atZone(ZoneOffset.UTC));
  }

  private ExitCode night(
      Invocation invocation, Settings settings, Lake lake, NightPlan plan, List<Job> selected) {
    if (invocation.sampleIfAbsent() && !lake.exists(Table.SALES_LINES)) {
      sample(settings, lake);
    }
    return planned(invocation, settings, lake, plan, selected);
  }

  private ExitCode planned(
      Invocation invocation, Settings settings, Lake lake, NightPlan plan, List<Job> selected) {
    SmallLake.adapt(lake);
    List<JobReport> reports =
        new Nightly(plan, runner(invocation, settings, lake), clock, settings.spark().jobsAtOnce())
            .run(selected);
    return Nightly.exitCode(reports);
  }

  private ExitCode single(Invocation invocation, Settings settings, Lake lake, Job job) {
    SmallLake.adapt(lake);
    JobRunner runner = runner(invocation, settings, lake);
    List<JobReport> reports = List.of(runner.run(job));
    runner.record(reports);
    return Nightly.exitCode(reports);
  }

  private JobRunner runner(Invocation invocation, Settings settings, Lake lake) {
    LocalDate asOf =
        invocation.asOf().orElseGet(() -> AsOfDate.lastComplete(lake, clock.instant()));
    Run run =
        new Run(runId(), asOf, settings, PseudonymKey.ofEnvironment(), GitCommit.ofThisJar())
            .forStores(Stores.known(lake, invocation.stores()));
    return new JobRunner(
        invocation.rebuild() ? run.rebuilding() : run, lake, new Progress(out, clock), clock);
  }

  private void describe() {
    for (Job job : jobs.values()) {
      out.printf("%s: %s%n", job.name(), job.spec().purpose());
      out.printf("  reads            %s%n", names(job.spec().inputs()));
      out.printf("  reads if present %s%n", names(job.spec().optionalInputs()));
      out.printf("  writes           %s%n", names(job.outputs()));
    }
  }

  private static String names(Set<?> tables) {
    return tables.isEmpty()
        ? "-"
        : tables.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
  }
}
