package com.posmodern.ai.cli;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.Memory;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.care.EraseCustomerCommand;
import com.posmodern.ai.job.care.MaintenanceCommand;
import com.posmodern.ai.job.intake.ArrivalsCommand;
import com.posmodern.ai.job.intake.ImportCommand;
import com.posmodern.ai.job.publish.PublicationCommand;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeStorage;
import com.posmodern.ai.lake.LakeStorage.Drivers;
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
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.source.imports.MappingDraft;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
          CommandLine.MAINTAIN,
          CommandLine.PUBLICATIONS,
          CommandLine.ARRIVALS);

  private static final Set<String> READ_ONLY =
      Set.of(CommandLine.PUBLICATIONS, CommandLine.ARRIVALS);

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
    boolean campaigns = invocation.command().equals(CommandLine.CAMPAIGNS);
    NightPlan plan =
        NightPlan.read(Path.of(campaigns ? settings.campaignPlan() : settings.plan()), jobs);
    // Unknown job names are reported before Spark starts.
    List<Job> selected =
        campaigns || invocation.command().equals(CommandLine.NIGHTLY)
            ? plan.select(invocation.only(), invocation.from())
            : List.of();
    if (!WITHOUT_KEY.contains(invocation.command())) {
      PseudonymKey.ofEnvironment();
    }
    Optional<ErasedCustomers> erased =
        invocation.command().equals(CommandLine.ERASE_CUSTOMER)
            ? Optional.of(
                new ErasedCustomers(
                    CustomerIds.read(invocation.customerFile()), PseudonymKey.ofEnvironment()))
            : Optional.empty();
    String command = invocation.command();
    boolean writes = !READ_ONLY.contains(command) && !invocation.dryRun();
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
      case CommandLine.CAMPAIGNS -> planned(invocation, settings, lake, plan, selected);
      case CommandLine.SAMPLE -> sample(settings, lake);
      case CommandLine.IMPORT -> importFiles(invocation, lake);
      case CommandLine.MAINTAIN -> maintain(settings, lake);
      case CommandLine.ERASE_CUSTOMER -> erase(erased.orElseThrow(), settings, lake);
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

  private ExitCode maintain(Settings settings, Lake lake) {
    new MaintenanceCommand(lake, settings, new Progress(out, clock), clock).run();
    return ExitCode.OK;
  }

  private ExitCode erase(ErasedCustomers customers, Settings settings, Lake lake) {
    new EraseCustomerCommand(lake, settings, customers, new Progress(out, clock), clock).run();
    return ExitCode.OK;
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
    return new JobRunner(run, lake, new Progress(out, clock), clock);
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
