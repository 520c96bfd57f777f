package com.posmodern.ai.cli;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.SmallLake;
import com.posmodern.ai.night.AsOfDate;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.NightPlan;
import com.posmodern.ai.night.Nightly;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.night.Stores;
import com.posmodern.ai.privacy.PseudonymKey;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Runs jobs on an opened lake: those of a plan, or a single one. */
final class JobCommands {
  private static final DateTimeFormatter RUN_ID = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

  /** A plan, and which of its jobs are run. */
  record Planned(NightPlan plan, List<Job> selected) {}

  private final Lake lake;
  private final Settings settings;
  private final Invocation invocation;
  private final PrintStream out;
  private final Clock clock;

  JobCommands(Lake lake, Settings settings, Invocation invocation, PrintStream out, Clock clock) {
    this.lake = lake;
    this.settings = settings;
    this.invocation = invocation;
    this.out = out;
    this.clock = clock;
  }

  /** Runs the chosen jobs of a plan. */
  ExitCode run(Planned planned) {
    SmallLake.adapt(lake);
    List<JobReport> reports =
        new Nightly(planned.plan(), runner(), clock, settings.spark().jobsAtOnce())
            .run(planned.selected());
    return Nightly.exitCode(reports);
  }

  /** Runs a single job. */
  ExitCode run(Job job) {
    SmallLake.adapt(lake);
    JobRunner runner = runner();
    List<JobReport> reports = List.of(runner.run(job));
    runner.record(reports);
    return Nightly.exitCode(reports);
  }

  private JobRunner runner() {
    LocalDate asOf =
        invocation.asOf().orElseGet(() -> AsOfDate.lastComplete(lake, clock.instant()));
    Run run =
        new Run(runId(), asOf, settings, PseudonymKey.ofEnvironment(), GitCommit.ofThisJar())
            .forStores(Stores.known(lake, invocation.stores()));
    return new JobRunner(
        invocation.rebuild() ? run.rebuilding() : run, lake, new Progress(out, clock), clock);
  }

  /** The id of a run that begins now. */
  String runId() {
    return RUN_ID.format(clock.instant().atZone(ZoneOffset.UTC));
  }
}
