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
 * The night: its jobs in an order in which they can run, each with the jobs it waits for.
 *
 * <p>Declared once in {@code conf/nightly.yaml}, for the one-process night and for Airflow.
 */
public final class NightPlan {
  /** A line of the file. */
  public record Step(String job, List<String> after) {}

  private record PlanFile(List<Step> jobs) {}

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, Set<String>> ancestors = new LinkedHashMap<>();
  private final String file;

  private NightPlan(String file) {
    this.file = file;
  }

  /**
   * Reads the plan and holds it against what the jobs declare.
   *
   * @throws PosException usage: an unknown job, a dependency that is not earlier in the file, or a
   *     producer that its consumer does not wait for
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

  /** Names of all jobs that the job waits for, directly or not. */
  public Set<String> ancestors(Job job) {
    return Set.copyOf(ancestors.get(job.name()));
  }

  /**
   * The part of the night that the options name, in the plan's order.
   *
   * @param only these jobs; empty for all
   * @param from the jobs from this one on; empty for the first
   */
  public List<Job> select(List<String> only, String from) {
    for (String name : Stream.concat(only.stream(), Stream.of(from)).toList()) {
      if (!name.isEmpty() && !jobs.containsKey(name)) {
        throw PosException.usage(
            "no job of the night is called " + name, file, "It has " + jobs.keySet() + ".");
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
            "%s waits for %s, which does not stand before it".formatted(step.job(), earlier));
      }
      waitsFor.add(earlier);
      waitsFor.addAll(ancestors.get(earlier));
    }
    if (jobs.put(job.name(), job) != null) {
      throw wrong("job " + job.name() + " stands twice");
    }
    ancestors.put(job.name(), waitsFor);
  }

  /** Ops tables are ledgers that many jobs write to in slices of their own: no edge. */
  private void checkEdges() {
    for (Job consumer : jobs.values()) {
      for (Job producer : jobs.values()) {
        for (Table table : producer.outputs()) {
          if (consumer.reads(table)
              && table.layer() != Layer.OPS
              && consumer != producer
              && !ancestors.get(consumer.name()).contains(producer.name())) {
            throw wrong(
                "%s reads %s but does not wait for %s, which writes it"
                    .formatted(consumer.name(), table, producer.name()));
          }
        }
      }
    }
  }

  private PosException wrong(String what) {
    return PosException.usage(what, file, "Mend the plan.");
  }
}
