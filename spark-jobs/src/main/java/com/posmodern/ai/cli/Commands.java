package com.posmodern.ai.cli;

import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.Memory;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.intake.EventEndpoint;
import com.posmodern.ai.job.intake.StreamCommand;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeStorage;
import com.posmodern.ai.lake.LakeStorage.Drivers;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.lake.SparkSessions;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.lake.lock.FolderLock;
import com.posmodern.ai.lake.lock.Writer;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.LostExecutors;
import com.posmodern.ai.night.NightPlan;
import com.posmodern.ai.outreach.Receiver;
import com.posmodern.ai.outreach.Responses;
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.source.imports.MappingDraft;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the command given on the command line: reads its settings, takes the locks and opens the
 * lake that it works on.
 */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /** Commands that need no pseudonym key: they read no customer data, or only the source tables. */
  private static final Set<String> WITHOUT_KEY =
      Set.of(
          CommandLine.SAMPLE,
          CommandLine.IMPORT,
          CommandLine.EXTRACT,
          CommandLine.STREAM,
          CommandLine.HOLIDAYS,
          CommandLine.WEATHER,
          CommandLine.LOCAL_EVENTS,
          CommandLine.TRENDS,
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
        out.print(Descriptions.text(jobs.values()));
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
    boolean streams = command.equals(CommandLine.STREAM);
    try (WriterLock folder =
            // The stream takes it for each batch.
            writes && !streams
                ? FolderLock.take(settings.lake(), command, clock.instant())
                : WriterLock.NONE;
        SparkSession spark = SparkSessions.open(settings.spark())) {
      folder.requireHeld();
      spark.sparkContext().addSparkListener(new LostExecutors(out));
      Lake lake = new Lake(spark, settings.lake());
      if (writes) {
        LakeStorage.prepare(lake, settings.concurrentDrivers() ? Drivers.SEVERAL : Drivers.ONE)
            .ifPresent(warning -> out.println("warning: " + warning));
      }
      try (WriterLock lease = writes ? lease(lake, invocation) : WriterLock.NONE) {
        lease.requireHeld();
        return new LakeCommands(lake, settings, invocation, out, clock)
            .run(jobs, new JobCommands.Planned(plan, selected), erased);
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

  private WriterLock lease(Lake lake, Invocation invocation) {
    return invocation.command().equals(CommandLine.STREAM)
        ? LakeStorage.streamLease(lake, writer(invocation))
        : LakeStorage.lease(lake, writer(invocation));
  }

  private ExitCode receive(Invocation invocation, Settings settings) {
    String folder = Responses.folder(settings);
    String events = StreamCommand.folder(settings.lake(), settings.live());
    Optional<EventEndpoint> endpoint = EventEndpoint.of(events, System::getenv, clock);
    Map<String, HttpHandler> others = new TreeMap<>();
    endpoint.ifPresent(found -> others.put(EventEndpoint.PATH, found));
    try (Receiver receiver =
        new Receiver(
            invocation.port(),
            new NewFile(new Configuration(), folder),
            settings.outreach().links().target(),
            others,
            clock)) {
      out.printf(
          Locale.ROOT,
          "answers to http://127.0.0.1:%d land in %s, %s, until it is interrupted%n",
          receiver.port(),
          folder,
          endpoint.isPresent()
              ? "events to %s in %s".formatted(EventEndpoint.PATH, events)
              : "events nowhere, as neither %s nor %s is set"
                  .formatted(EventEndpoint.TOKEN, EventEndpoint.SECRET));
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
}
