package com.posmodern.ai.job;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.job.JobReport.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the jobs of a plan one after the other. A job that failed takes with it those that wait for
 * it; all others still run, so that a bad forecast does not cost the recommendations.
 */
public final class Nightly {
  private final NightPlan plan;
  private final JobRunner runner;
  private final InstantSource clock;

  public Nightly(NightPlan plan, JobRunner runner, InstantSource clock) {
    this.plan = plan;
    this.runner = runner;
    this.clock = clock;
  }

  public List<JobReport> run(List<Job> jobs) {
    List<JobReport> reports = new ArrayList<>();
    List<JobReport> pending = new ArrayList<>();
    Set<String> lost = new HashSet<>();
    for (Job job : jobs) {
      if (job.runsAfterFailure() && !pending.isEmpty()) {
        // It tells the night from the ledger. Elsewhere one commit for all: a commit takes a
        // second.
        runner.record(pending);
        pending.clear();
      }
      Optional<String> cause =
          job.runsAfterFailure()
              ? Optional.empty()
              : plan.ancestors(job).stream().filter(lost::contains).sorted().findFirst();
      JobReport report =
          cause.isPresent()
              ? JobReport.notStarted(
                  job.name(), clock.instant(), "not started: " + cause.get() + " failed")
              : runner.run(job);
      if (cause.isPresent() || report.outcome() == Outcome.FAILED) {
        lost.add(job.name());
      }
      reports.add(report);
      pending.add(report);
    }
    runner.record(pending);
    return reports;
  }

  /** The first failure's code; without one, whether a model was rejected. */
  public static ExitCode exitCode(List<JobReport> reports) {
    return reports.stream()
        .filter(report -> report.outcome() == Outcome.FAILED)
        .map(JobReport::exitCode)
        .findFirst()
        .orElseGet(
            () ->
                reports.stream().anyMatch(r -> r.outcome() == Outcome.REJECTED)
                    ? ExitCode.REJECTED_MODEL
                    : ExitCode.OK);
  }
}
