package com.posmodern.ai.night;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.night.JobReport.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs the jobs of a plan, a few at a time, each as soon as the jobs it depends on have ended. When
 * a job fails, the jobs that depend on it are not started; all others still run, so that a failed
 * forecast does not prevent the recommendations.
 */
public final class Nightly {
  private final NightPlan plan;
  private final JobRunner runner;
  private final InstantSource clock;
  private final int jobsAtOnce;

  /**
   * Reports that are not in the ledger yet; several are written in one commit, because each commit
   * takes a second.
   */
  private final List<JobReport> pending = new ArrayList<>();

  /**
   * @param jobsAtOnce number of concurrent jobs: while Spark plans or commits for one job, the
   *     cores work for another
   */
  public Nightly(NightPlan plan, JobRunner runner, InstantSource clock, int jobsAtOnce) {
    this.plan = plan;
    this.runner = runner;
    this.clock = clock;
    this.jobsAtOnce = jobsAtOnce;
  }

  /** Runs a selection of the plan's jobs; the reports are in the plan's order. */
  public List<JobReport> run(List<Job> jobs) {
    ExecutorService pool = Executors.newFixedThreadPool(jobsAtOnce);
    try {
      Map<String, CompletableFuture<JobReport>> running = new LinkedHashMap<>();
      for (Job job : jobs) {
        List<CompletableFuture<JobReport>> before =
            plan.ancestors(job).stream()
                .sorted()
                .map(running::get)
                .filter(Objects::nonNull)
                .toList();
        running.put(
            job.name(),
            CompletableFuture.allOf(before.toArray(CompletableFuture[]::new))
                .thenApplyAsync(ended -> runAfter(job, before), pool));
      }
      List<JobReport> reports = running.values().stream().map(CompletableFuture::join).toList();
      record();
      return reports;
    } finally {
      pool.shutdownNow();
    }
  }

  private JobReport runAfter(Job job, List<CompletableFuture<JobReport>> before) {
    if (job.spec().runsAfterFailure()) {
      // The report reads the night from the ledger.
      record();
    }
    Optional<String> lost =
        job.spec().runsAfterFailure()
            ? Optional.empty()
            : before.stream()
                .map(CompletableFuture::join)
                .filter(report -> report.outcome() == Outcome.FAILED)
                .map(JobReport::job)
                .findFirst();
    JobReport report =
        lost.isPresent()
            ? JobReport.notStarted(
                job.name(), clock.instant(), "not started: " + lost.get() + " failed")
            : runner.run(job);
    synchronized (pending) {
      pending.add(report);
    }
    return report;
  }

  private void record() {
    synchronized (pending) {
      if (!pending.isEmpty()) {
        runner.record(pending);
        pending.clear();
      }
    }
  }

  /** The exit code of the first failure; if there is none, whether a model was rejected. */
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
