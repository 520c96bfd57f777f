package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.GIT_COMMIT;
import static com.posmodern.ai.contract.Columns.JOB;
import static com.posmodern.ai.contract.Columns.MESSAGE;
import static com.posmodern.ai.contract.Columns.OUTCOME;
import static com.posmodern.ai.contract.Columns.PEAK_MEMORY;
import static com.posmodern.ai.contract.Columns.ROWS_READ;
import static com.posmodern.ai.contract.Columns.ROWS_WRITTEN;
import static com.posmodern.ai.contract.Columns.RUN_ID;
import static com.posmodern.ai.contract.Columns.SECONDS;
import static com.posmodern.ai.contract.Columns.STARTED_AT;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.Memory;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.LogTraffic;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.night.JobReport.Outcome;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job: times it, watches its memory, and records how it ended. */
public final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private final Run run;
  private final Lake lake;
  private final Progress progress;
  private final InstantSource clock;
  private final SparkWork work = new SparkWork();

  public JobRunner(Run run, Lake lake, Progress progress, InstantSource clock) {
    this.run = run;
    this.lake = lake;
    this.progress = progress;
    this.clock = clock;
    lake.spark().sparkContext().addSparkListener(work);
  }

  /** Never throws the job's exception; it is part of the report. */
  public JobReport run(Job job) {
    Instant start = clock.instant();
    LakeJobContext context = new LakeJobContext(job, run, lake, progress);
    // Inherited by threads that a job starts itself.
    lake.spark().sparkContext().setLocalProperty(LogTraffic.JOB, job.name());
    LogPlace.enter(lake.spark(), job.name(), run);
    progress.step(job.name(), "started: " + job.spec().purpose());
    JobReport report;
    try (HeapWatch heap = new HeapWatch()) {
      try {
        JobOutcome outcome = job.run(context);
        report =
            report(
                job,
                start,
                context,
                heap,
                Outcome.valueOf(outcome.status().name()),
                outcome.status() == JobOutcome.Status.REJECTED
                    ? ExitCode.REJECTED_MODEL
                    : ExitCode.OK,
                outcome.message(),
                Optional.empty());
        // Exceptions of Spark are checked ones that Scala does not declare. Errors such as a native
        // library that cannot be loaded or a stack overflow fail this job only.
      } catch (Throwable e) {
        if (Memory.ranOut(e)) {
          Memory.end("job " + job.name());
        }
        RuntimeException explained = StorageErrors.explain(e, "job " + job.name());
        ExitCode code = ExitCode.INTERNAL;
        if (explained instanceof PosException known) {
          code = known.exitCode();
        } else {
          // An internal error: whoever fixes it needs the stack trace.
          LOG.error("job {} failed with an internal error", job.name(), explained);
        }
        report =
            report(
                job,
                start,
                context,
                heap,
                Outcome.FAILED,
                code,
                Objects.requireNonNullElseGet(explained.getMessage(), explained::toString),
                Optional.of(explained));
      }
    }
    progress.step(job.name(), line(report) + costs(job.name()));
    lake.spark().sparkContext().setLocalProperty(LogTraffic.JOB, null);
    LogPlace.leave(lake.spark());
    return report;
  }

  /** Appends the reports to {@code ops.pipeline_runs}. */
  public void record(List<JobReport> reports) {
    RowsOf rows =
        new RowsOf(
            Table.PIPELINE_RUNS,
            List.of(
                RUN_ID,
                JOB,
                STARTED_AT,
                SECONDS,
                OUTCOME,
                ROWS_READ,
                ROWS_WRITTEN,
                PEAK_MEMORY,
                MESSAGE,
                GIT_COMMIT));
    for (JobReport report : reports) {
      rows.add(
          run.id(),
          report.job(),
          Timestamp.from(report.startedAt()),
          report.seconds(),
          report.outcome().word(),
          report.rowsRead(),
          report.rowsWritten(),
          report.peakMemory(),
          report.message(),
          run.gitCommit());
    }
    new LakeWriter(lake).append(Table.PIPELINE_RUNS, run.asOf(), rows.dataset(lake.spark()));
  }

  private JobReport report(
      Job job,
      Instant start,
      LakeJobContext context,
      HeapWatch heap,
      Outcome outcome,
      ExitCode code,
      String message,
      Optional<RuntimeException> failure) {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    return new JobReport(
        job.name(),
        start,
        seconds,
        outcome,
        code,
        context.rowsRead(),
        context.rowsWritten(),
        heap.peakBytes(),
        message,
        failure);
  }

  /** The fixed cost of the job, independent of the size of its data. */
  private String costs(String job) {
    SparkWork.Work done = work.of(job);
    return String.format(
        Locale.ROOT,
        " [%d Spark jobs, %d stages, %d tasks, %d commits, %d log reads]",
        done.sparkJobs(),
        done.stages(),
        done.tasks(),
        lake.traffic().commits(job),
        lake.traffic().reads(job));
  }

  private static String line(JobReport report) {
    return String.format(
        Locale.ROOT,
        "%s in %.1f s: %,d rows read, %,d written, peak %d MiB%s",
        report.outcome().word(),
        report.seconds(),
        report.rowsRead(),
        report.rowsWritten(),
        report.peakMemory() >> 20,
        report.message().isEmpty() ? "" : "; " + report.message());
  }
}
