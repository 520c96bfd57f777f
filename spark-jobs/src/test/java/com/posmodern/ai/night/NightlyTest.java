package com.posmodern.ai.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.night.JobReport.Outcome;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.ResultRows;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** The runner's behaviour with jobs that do nothing but end in a certain way. */
class NightlyTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void aFailureTakesItsDependentsAndNoOthers() throws IOException {
    List<JobReport> reports =
        night(
            """
            jobs:
              - {job: good, after: []}
              - {job: bad, after: []}
              - {job: after-bad, after: [bad]}
              - {job: other, after: [good]}
            """,
            Map.of(
                "bad",
                context -> {
                  throw PosException.badData("is broken", "a table", "Repair it.");
                }));
    assertThat(reports)
        .extracting(JobReport::outcome)
        .containsExactly(Outcome.OK, Outcome.FAILED, Outcome.SKIPPED, Outcome.OK);
    assertThat(reports.get(2).message()).contains("bad failed");
    assertThat(Nightly.exitCode(reports)).isEqualTo(ExitCode.BAD_DATA);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("a table: is broken. Repair it.");
  }

  @Test
  void aRejectedModelLeavesTheNightWholeAndTellsByItsCode() throws IOException {
    List<JobReport> reports =
        night(
            "jobs: [{job: train, after: []}, {job: score, after: [train]}]",
            Map.of("train", context -> JobOutcome.rejected("worse than naive")));
    assertThat(reports)
        .extracting(JobReport::outcome)
        .containsExactly(Outcome.REJECTED, Outcome.OK);
    assertThat(Nightly.exitCode(reports)).isEqualTo(ExitCode.REJECTED_MODEL);
  }

  @Test
  void aFaultOfOursIsInternal() throws IOException {
    List<JobReport> reports =
        night(
            "jobs: [{job: slip, after: []}]",
            Map.of(
                "slip",
                context -> {
                  throw new IllegalStateException("never thought of");
                }));
    assertThat(Nightly.exitCode(reports)).isEqualTo(ExitCode.INTERNAL);
  }

  @Test
  void anErrorOfTheMachineIsThatJobsOwn() throws IOException {
    List<JobReport> reports =
        night(
            """
            jobs:
              - {job: native, after: []}
              - {job: endless, after: []}
              - {job: other, after: []}
            """,
            Map.of(
                "native",
                context -> {
                  throw new UnsatisfiedLinkError("no xgboost4j in java.library.path");
                },
                "endless",
                context -> endless(1)));
    assertThat(reports)
        .extracting(JobReport::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.OK);
    assertThat(reports.get(0).exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(reports.get(0).message())
        .contains("a library cannot be used here", "no xgboost4j in java.library.path");
    assertThat(reports.get(1).exitCode()).isEqualTo(ExitCode.INTERNAL);
    assertThat(reports.get(1).message()).contains("StackOverflowError");
  }

  @SuppressWarnings("InfiniteRecursion")
  private static JobOutcome endless(int depth) {
    return endless(depth + 1);
  }

  @Test
  void everyLogLineOfAJobTellsWhereItComesFrom() throws IOException {
    List<JobReport> reports =
        night(
            "jobs: [{job: told, after: []}]",
            Map.of(
                "told",
                context ->
                    JobOutcome.ok(
                        MDC.get("job")
                            + " "
                            + MDC.get("as_of")
                            + " "
                            + context.runId().equals(MDC.get("run"))
                            + " "
                            + context.spark().sparkContext().getLocalProperty("mdc.job"))));
    assertThat(reports.get(0).message()).isEqualTo("told 2026-06-30 true told");
  }

  @Test
  void aFullDiskIsInfrastructureThoughSparkThrowsACheckedException() throws IOException {
    // As a write to a full tmpfs gave it.
    SparkException full =
        new SparkException(
            "[TASK_WRITE_FAILED] Task failed while writing rows",
            new Error(new IOException("No space left on device")));
    List<JobReport> reports =
        night(
            "jobs: [{job: slip, after: []}]",
            Map.of("slip", context -> NightlyTest.<JobOutcome, RuntimeException>sneak(full)));
    assertThat(Nightly.exitCode(reports)).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(reports.get(0).message()).contains("the disk is full");
  }

  @Test
  void aFullDiskIsInfrastructureThoughHadoopThrowsAnError() throws IOException {
    List<JobReport> reports =
        night("jobs: [{job: slip, after: []}]", Map.of("slip", context -> writeToAFullDisk()));
    assertThat(Nightly.exitCode(reports)).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(reports.get(0).message()).contains("the disk is full");
  }

  private static JobOutcome writeToAFullDisk() {
    // The device that has no space left, ever: Hadoop makes an FSError of its answer.
    try (OutputStream full =
        FileSystem.getLocal(new Configuration())
            .getRaw()
            .create(new org.apache.hadoop.fs.Path("/dev/full"), true)) {
      full.write(1);
    } catch (IOException e) {
      throw new UncheckedIOException("Hadoop has another way now to say it", e);
    }
    return JobOutcome.ok();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T, E extends Exception> T sneak(Exception thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void aJobThatReadsWhatItDidNotDeclareFails() throws IOException {
    List<JobReport> reports =
        night(
            "jobs: [{job: sly, after: []}]",
            Map.of(
                "sly",
                context -> {
                  context.read(Table.CUSTOMERS);
                  return JobOutcome.ok();
                }));
    assertThat(reports.get(0).message()).contains("does not declare source.customers");
  }

  @Test
  void aJobReadsAgainWhatItWroteButNotWhatAFormerRunDid() throws IOException {
    String plan = "jobs: [{job: one, after: []}, {job: two, after: [one]}]";
    Function<JobContext, JobOutcome> reads =
        context -> JobOutcome.ok(context.read(Table.FORECAST_CHAMPIONS).count() + " rows");
    Function<JobContext, JobOutcome> writesAndReads =
        context -> {
          context.write(Table.FORECAST_CHAMPIONS, ResultRows.champions("a"));
          return reads.apply(context);
        };
    List<JobReport> reports = night(plan, Map.of("one", writesAndReads, "two", reads));
    assertThat(reports.get(0).message()).isEqualTo("1 rows");
    assertThat(reports.get(1).message()).contains("does not declare models.forecast_champions");
  }

  @Test
  void everyJobOfARunIsInTheLedger() throws IOException {
    night("jobs: [{job: one, after: []}, {job: two, after: [one]}]", Map.of());
    Lake lake = lake();
    assertThat(lake.read(Table.PIPELINE_RUNS).select(Columns.JOB, Columns.OUTCOME).collectAsList())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("[one,ok]", "[two,ok]");
  }

  private List<JobReport> night(String plan, Map<String, Function<JobContext, JobOutcome>> doing)
      throws IOException {
    Settings settings = TestSettings.read();
    Map<String, Job> catalogue = new LinkedHashMap<>();
    for (String name :
        List.of(
            "good",
            "bad",
            "after-bad",
            "other",
            "train",
            "score",
            "slip",
            "sly",
            "one",
            "two",
            "native",
            "endless",
            "told")) {
      catalogue.put(name, new Doing(name, doing.getOrDefault(name, context -> JobOutcome.ok())));
    }
    NightPlan night =
        NightPlan.read(Files.writeString(folder.resolve("plan.yaml"), plan), catalogue);
    Clock clock = Clock.systemUTC();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Run run = new Run("run-1", AS_OF, settings, PseudonymKey.ofEnvironment(), "test");
    JobRunner runner = new JobRunner(run, lake(), new Progress(out, clock), clock);
    return new Nightly(night, runner, clock, 2).run(night.jobs());
  }

  private Lake lake() {
    return new Lake(SparkTest.session(), folder.resolve("lake").toString());
  }

  private record Doing(String name, Function<JobContext, JobOutcome> what) implements Job {
    @Override
    public JobSpec spec() {
      return JobSpec.of(name, "end in a certain way").writes(Table.FORECAST_CHAMPIONS);
    }

    @Override
    public JobOutcome run(JobContext context) {
      return what.apply(context);
    }
  }
}
