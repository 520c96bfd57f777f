package com.posmodern.ai.cli;

import com.posmodern.ai.config.LiveSettings.Notify;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
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
import com.posmodern.ai.job.intake.StreamCommand;
import com.posmodern.ai.job.intake.StreamCommand.Until;
import com.posmodern.ai.job.publish.PublicationCommand;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.SmallLake;
import com.posmodern.ai.lake.lock.FolderLock;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.KeyStamp;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.SampleMaker;
import com.posmodern.ai.night.Stores;
import com.posmodern.ai.outreach.Responses;
import com.posmodern.ai.outreach.Sending;
import com.posmodern.ai.outreach.channel.AlertNotices;
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.source.events.EventChanges.Belief;
import com.posmodern.ai.source.jdbc.ExtractFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Executes a command on an opened lake; who writes holds its locks. */
final class LakeCommands {
  private final Lake lake;
  private final Settings settings;
  private final Invocation invocation;
  private final PrintStream out;
  private final Clock clock;

  LakeCommands(Lake lake, Settings settings, Invocation invocation, PrintStream out, Clock clock) {
    this.lake = lake;
    this.settings = settings;
    this.invocation = invocation;
    this.out = out;
    this.clock = clock;
  }

  /**
   * @param jobs the catalogue, by name
   * @param planned what a plan runs
   * @param erased whom the command is about; empty for a command about no customer
   */
  ExitCode run(
      Map<String, Job> jobs, JobCommands.Planned planned, Optional<ErasedCustomers> erased) {
    JobCommands night = new JobCommands(lake, settings, invocation, out, clock);
    return switch (invocation.command()) {
      case CommandLine.NIGHTLY -> {
        if (invocation.sampleIfAbsent() && !lake.exists(Table.SALES_LINES)) {
          sample();
        }
        yield night.run(planned);
      }
      case CommandLine.CAMPAIGNS, CommandLine.BEHAVIOUR -> night.run(planned);
      case CommandLine.SEND -> send(night.runId());
      case CommandLine.RESPONSES -> responses();
      case CommandLine.SAMPLE -> sample();
      case CommandLine.IMPORT -> importFiles();
      case CommandLine.EXTRACT -> extract();
      case CommandLine.STREAM -> stream();
      case CommandLine.HOLIDAYS ->
          told(CommandLine.HOLIDAYS, () -> new HolidaysCommand(lake).run());
      case CommandLine.WEATHER -> ask(CommandLine.WEATHER, NetworkSources::weather);
      case CommandLine.TRENDS -> ask(CommandLine.TRENDS, NetworkSources::trends);
      case CommandLine.LOCAL_EVENTS ->
          ask(CommandLine.LOCAL_EVENTS, (all, step) -> all.localEvents(belief(), step));
      case CommandLine.MAINTAIN -> maintain();
      case CommandLine.ERASE_CUSTOMER -> erase(erased.orElseThrow());
      case CommandLine.EXPORT_CUSTOMER -> export(erased.orElseThrow());
      case CommandLine.PUBLICATIONS -> publications();
      case CommandLine.ARRIVALS -> arrivals();
      case CommandLine.PUBLISH ->
          invocation.to().isPresent()
              ? putBack(invocation.to().get(), night.runId())
              : night.run(jobs.get(invocation.command()));
      default -> night.run(jobs.get(invocation.command()));
    };
  }

  private ExitCode sample() {
    SampleMaker.onClassPath().make(lake, settings.sample(), new Progress(out, clock));
    return ExitCode.OK;
  }

  private ExitCode importFiles() {
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
  private ExitCode extract() {
    List<ExtractFile> files =
        invocation
            .mapping()
            .map(file -> List.of(ExtractFile.read(file)))
            .orElseGet(() -> ExtractFile.enabled(Path.of(settings.extracts())));
    requireOwnTables(files);
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

  private ExitCode ask(String command, BiFunction<NetworkSources, Consumer<String>, String> work) {
    SmallLake.adapt(lake);
    Progress progress = new Progress(out, clock);
    NetworkSources sources = new NetworkSources(lake, settings, clock);
    return told(command, () -> work.apply(sources, what -> progress.step(command, what)));
  }

  private Belief belief() {
    return invocation.rebuild() ? Belief.WHATEVER_IT_SAYS : Belief.IF_PLAUSIBLE;
  }

  private void requireOwnTables(List<ExtractFile> files) {
    Map<String, ExtractFile> all = new TreeMap<>();
    ExtractFile.enabled(Path.of(settings.extracts())).forEach(file -> all.put(file.name(), file));
    files.forEach(file -> all.put(file.name(), file));
    ExtractFile.requireOwnTables(List.copyOf(all.values()));
  }

  private ExitCode stream() {
    StreamCommand command =
        new StreamCommand(
            lake,
            settings.live(),
            () -> FolderLock.takeForBatch(settings.lake(), clock.instant()),
            settings.report().folder(),
            notices(),
            Optional.ofNullable(System.getenv(PseudonymKey.VARIABLE))
                .map(found -> PseudonymKey.ofEnvironment()),
            out,
            clock);
    CleanEnd end = CleanEnd.by(command::stop);
    try {
      return told(
          CommandLine.STREAM,
          () -> command.run(invocation.once() ? Until.ALL_READ : Until.STOPPED));
    } finally {
      end.reached();
    }
  }

  private Optional<AlertNotices> notices() {
    Notify notify = settings.live().watch().tell();
    return notify.to() == Notify.To.NONE
        ? Optional.empty()
        : Optional.of(AlertNotices.open(notify, System::getenv, clock));
  }

  private ExitCode maintain() {
    new MaintenanceCommand(lake, settings, new Progress(out, clock), clock).run();
    return ExitCode.OK;
  }

  private ExitCode erase(ErasedCustomers customers) {
    keyOf(Table.ACCEPTED_SALES);
    new EraseCustomerCommand(lake, settings, customers, new Progress(out, clock), clock).run();
    return ExitCode.OK;
  }

  private ExitCode send(String runId) {
    SmallLake.adapt(lake);
    Progress progress = new Progress(out, clock);
    return told(
        CommandLine.SEND,
        () ->
            new Sending(
                    lake,
                    settings,
                    invocation.dryRun() ? Mode.DRY_RUN : settings.outreach().mode(),
                    keyOf(Table.CAMPAIGN_MESSAGES),
                    System::getenv,
                    clock,
                    what -> progress.step(CommandLine.SEND, what))
                .run(runId));
  }

  private ExitCode responses() {
    SmallLake.adapt(lake);
    return told(
        CommandLine.RESPONSES,
        () ->
            new Responses(lake, settings, PseudonymKey.ofEnvironment(), System::getenv, clock)
                .run());
  }

  /**
   * The environment's key. With another than the table's no customer would be found: nobody erased,
   * nothing sent, and no error.
   *
   * @param table with pseudonyms, which the command reads anyway
   */
  private PseudonymKey keyOf(Table table) {
    PseudonymKey key = PseudonymKey.ofEnvironment();
    new KeyStamp(lake, key).requireOwn(table);
    return key;
  }

  /** The last line, which schedulers read. */
  private ExitCode told(String command, Supplier<String> work) {
    Instant start = clock.instant();
    String done = work.get();
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    out.printf(Locale.ROOT, "%s ok in %.1f s: %s%n", command, seconds, done);
    return ExitCode.OK;
  }

  private ExitCode export(ErasedCustomers customers) {
    keyOf(Table.ACCEPTED_SALES);
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

  private ExitCode publications() {
    new PublicationCommand(lake, settings, out).list();
    return ExitCode.OK;
  }

  private ExitCode arrivals() {
    return told(
        CommandLine.ARRIVALS,
        () ->
            new ArrivalsCommand(lake, settings.quality())
                .requireArrived(
                    invocation.asOf().orElseThrow(),
                    Stores.known(lake, invocation.stores()),
                    invocation.leastShare()));
  }

  private ExitCode putBack(String id, String runId) {
    new PublicationCommand(lake, settings, out).putBack(id, runId);
    return ExitCode.OK;
  }
}
