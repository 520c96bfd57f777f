package com.posmodern.ai.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightPlanTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("repository.root"), "conf", "nightly.yaml");

  /** The plans of the commands that run after a night. */
  private static final List<Path> LATER =
      Stream.of("campaign-plan.yaml", "behaviour-plan.yaml")
          .map(file -> Path.of(System.getProperty("repository.root"), "conf", file))
          .toList();

  private static final Map<String, Job> TWO =
      Map.of(
          "maker",
              new FakeJob(
                  JobSpec.of("maker", "a job of a test").reads().writes(Table.DAILY_DEMAND)),
          "user",
              new FakeJob(
                  JobSpec.of("user", "a job of a test")
                      .reads(Table.DAILY_DEMAND)
                      .writes(Table.DEMAND_FORECAST)));

  @TempDir Path folder;

  @Test
  void theShippedPlansHoldEveryJobOnceAndEveryEdge() {
    List<Job> night = NightPlan.read(SHIPPED, Jobs.catalogue()).jobs();
    assertThat(Stream.concat(night.stream(), laterJobs()).map(Job::name))
        .containsExactlyInAnyOrderElementsOf(Jobs.catalogue().keySet());
  }

  @Test
  void oneJobAloneSeesWhatCustomersWrote() {
    assertThat(Jobs.catalogue().values())
        .filteredOn(job -> !job.spec().texts().isEmpty())
        .extracting(Job::name)
        .containsExactly("sentiment");
  }

  private static Stream<Job> laterJobs() {
    return LATER.stream().flatMap(file -> NightPlan.read(file, Jobs.catalogue()).jobs().stream());
  }

  /** The night goes first: it must not wait for what later commands write. */
  @Test
  void noJobOfTheNightNeedsATableOfALaterCommand() {
    Set<Table> later = EnumSet.noneOf(Table.class);
    laterJobs().forEach(job -> later.addAll(job.outputs()));
    later.removeIf(table -> table.layer() == Layer.OPS);
    assertThat(NightPlan.read(SHIPPED, Jobs.catalogue()).jobs())
        .allSatisfy(job -> assertThat(job.spec().inputs()).doesNotContainAnyElementsOf(later));
  }

  @Test
  void everyDerivedTableThatAJobReadsIsWrittenByOne() {
    Set<Table> written = EnumSet.noneOf(Table.class);
    Jobs.catalogue().values().forEach(job -> written.addAll(job.outputs()));
    written.add(Table.PIPELINE_RUNS);
    for (Job job : Jobs.catalogue().values()) {
      assertThat(job.spec().inputs())
          .as("inputs of " + job.name())
          .allMatch(table -> table.layer() == Layer.SOURCE || written.contains(table));
    }
  }

  @Test
  void aForgottenEdgeIsAnErrorThatNamesBothJobsAndTheTable() throws IOException {
    assertRefused(
        "jobs: [{job: maker, after: []}, {job: user, after: []}]",
        "user reads features.daily_demand but does not depend on maker");
  }

  @Test
  void aJobCannotWaitForALaterOne() throws IOException {
    assertRefused(
        "jobs: [{job: user, after: [maker]}, {job: maker, after: []}]", "is not listed before it");
  }

  @Test
  void anUnknownJobIsRefused() throws IOException {
    assertRefused("jobs: [{job: baker, after: []}]", "job baker is unknown");
  }

  @Test
  void aJobStandsOnce() throws IOException {
    assertRefused("jobs: [{job: maker, after: []}, {job: maker, after: []}]", "is listed twice");
  }

  @Test
  void onlyAndFromSelectInThePlansOrder() throws IOException {
    NightPlan plan = plan("jobs: [{job: maker, after: []}, {job: user, after: [maker]}]");
    assertThat(names(plan.select(List.of(), ""))).containsExactly("maker", "user");
    assertThat(names(plan.select(List.of(), "user"))).containsExactly("user");
    assertThat(names(plan.select(List.of("user", "maker"), ""))).containsExactly("maker", "user");
    assertThatThrownBy(() -> plan.select(List.of("baker"), ""))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("baker")
        .hasMessageContaining("maker");
  }

  private static List<String> names(List<Job> jobs) {
    return jobs.stream().map(Job::name).toList();
  }

  private void assertRefused(String yaml, String says) {
    assertThatThrownBy(() -> plan(yaml))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("plan.yaml")
        .hasMessageContaining(says);
  }

  private NightPlan plan(String yaml) throws IOException {
    return NightPlan.read(Files.writeString(folder.resolve("plan.yaml"), yaml), TWO);
  }

  /** A job that does nothing but declare. */
  private record FakeJob(JobSpec spec) implements Job {
    @Override
    public JobOutcome run(JobContext context) {
      return JobOutcome.ok();
    }
  }
}
