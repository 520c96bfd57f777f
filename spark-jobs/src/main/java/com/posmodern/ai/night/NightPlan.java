package com.posmodern.ai.night;

import com.posmodern.ai.config.SettingsReader;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A plan: jobs in an executable order, each with the jobs it depends on.
 *
 * <p>That of the night is declared once in {@code conf/nightly.yaml}, both for the night in one
 * process and for Airflow; those of the commands campaigns and behaviour, which work with what a
 * night has left, in {@code conf/campaign-plan.yaml} and {@code conf/behaviour-plan.yaml}.
 */
public final class NightPlan {
  /** An entry of the file. */
  public record Step(String job, List<String> after) {}

  private record PlanFile(List<Step> jobs) {}

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, Set<String>> ancestors = new LinkedHashMap<>();
  private final String file;

  private NightPlan(String file) {
    this.file = file;
  }

  /**
   * Reads the plan and checks it against the jobs' declarations.
   *
   * @throws PosException usage: an unknown job, a dependency that is not earlier in the file, or a
   *     consumer that does not depend on its producer
   */
  public static NightPlan read(Path file, Map<String, Job> catalogue) {
    NightPlan plan = new NightPlan(file.toString());
    for (Step step : SettingsReader.read(file, PlanFile.class).jobs()) {
      plan.add(step, catalogue);
    }
    plan.checkEdges();
    return plan;
  }

  public List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  /** Names of all jobs that the job depends on, directly or indirectly. */
  public Set<String> ancestors(Job job) {
    return Set.copyOf(ancestors.get(job.name()));
  }

  /**
   * The selected jobs of the night, in the plan's order.
   *
   * @param only these jobs; empty for all
   * @param from this job and those after it; empty for all
   */
  public List<Job> select(List<String> only, String from) {
    for (String name : Stream.concat(only.stream(), Stream.of(from)).toList()) {
      if (!name.isEmpty() && !jobs.containsKey(name)) {
        throw PosException.usage(
            "no job of the plan is called " + name, file, "It has " + jobs.keySet() + ".");
      }
    }
    List<Job> selected = new ArrayList<>();
    boolean reached = from.isEmpty();
    for (Job job : jobs.values()) {
      reached |= job.name().equals(from);
      if (reached && (only.isEmpty() || only.contains(job.name()))) {
        selected.add(job);
      }
    }
    return selected;
  }

  private void add(Step step, Map<String, Job> catalogue) {
    Job job = catalogue.get(step.job());
    if (job == null) {
      throw wrong("job " + step.job() + " is unknown; there are " + catalogue.keySet());
    }
    Set<String> waitsFor = new HashSet<>();
    for (String earlier : step.after()) {
      if (!jobs.containsKey(earlier)) {
        throw wrong(
            "%s depends on %s, which is not listed before it".formatted(step.job(), earlier));
      }
      waitsFor.add(earlier);
      waitsFor.addAll(ancestors.get(earlier));
    }
    if (jobs.put(job.name(), job) != null) {
      throw wrong("job " + job.name() + " is listed twice");
    }
    ancestors.put(job.name(), waitsFor);
  }

  /**
   * Ops tables are ledgers to which many jobs write their own rows: they create no dependency, nor
   * does what earlier nights left.
   */
  private void checkEdges() {
    for (Job consumer : jobs.values()) {
      for (Job producer : jobs.values()) {
        for (Table table : producer.outputs()) {
          if (consumer.reads(table)
              && table.layer() != Layer.OPS
              && !consumer.spec().earlier().contains(table)
              && consumer != producer
              && !ancestors.get(consumer.name()).contains(producer.name())) {
            throw wrong(
                "%s reads %s but does not depend on %s, which writes it"
                    .formatted(consumer.name(), table, producer.name()));
          }
        }
      }
    }
  }

  private PosException wrong(String what) {
    return PosException.usage(what, file, "Correct the plan.");
  }
}
