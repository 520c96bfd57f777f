package com.posmodern.ai.night;

import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A job's name and the tables it reads and writes: the command line, the plan, the DAGs and the
 * job's context all rely on it.
 *
 * @param name name in the plan and on the command line, in kebab case
 * @param purpose one line for people
 * @param inputs tables without which the job fails
 * @param optionalInputs tables that improve the result when they exist
 * @param earlier those of the optional inputs of which it reads the nights before only, so that it
 *     does not wait for whoever writes tonight's
 * @param texts source tables of which it sees what customers wrote, which every other job sees
 *     masked
 * @param runsAfterFailure whether it runs even when a job it depends on failed
 */
public record JobSpec(
    String name,
    String purpose,
    Set<Table> inputs,
    Set<Table> optionalInputs,
    Set<Table> earlier,
    Set<Table> outputs,
    Set<Table> texts,
    boolean runsAfterFailure) {

  /** A job that reads and writes nothing yet. */
  public static JobSpec of(String name, String purpose) {
    return new JobSpec(name, purpose, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), false);
  }

  public JobSpec reads(Table... tables) {
    return reads(Arrays.asList(tables));
  }

  public JobSpec reads(Collection<Table> tables) {
    return new JobSpec(
        name,
        purpose,
        and(inputs, tables),
        optionalInputs,
        earlier,
        outputs,
        texts,
        runsAfterFailure);
  }

  public JobSpec readsIfPresent(Table... tables) {
    return readsIfPresent(Arrays.asList(tables));
  }

  public JobSpec readsIfPresent(Collection<Table> tables) {
    return new JobSpec(
        name,
        purpose,
        inputs,
        and(optionalInputs, tables),
        earlier,
        outputs,
        texts,
        runsAfterFailure);
  }

  /** What the nights before left, which is not there on the first one. */
  public JobSpec readsOfEarlierNights(Table... tables) {
    List<Table> all = Arrays.asList(tables);
    return new JobSpec(
        name,
        purpose,
        inputs,
        and(optionalInputs, all),
        and(earlier, all),
        outputs,
        texts,
        runsAfterFailure);
  }

  public JobSpec writes(Table... tables) {
    return new JobSpec(
        name,
        purpose,
        inputs,
        optionalInputs,
        earlier,
        and(outputs, Arrays.asList(tables)),
        texts,
        runsAfterFailure);
  }

  /** Lets the job see what customers wrote in these source tables; it may write none of it. */
  public JobSpec readsTextsOf(Table... tables) {
    return new JobSpec(
        name,
        purpose,
        inputs,
        optionalInputs,
        earlier,
        outputs,
        and(texts, Arrays.asList(tables)),
        runsAfterFailure);
  }

  /** Makes the job run even after a failure, like the report, which describes the failure. */
  public JobSpec evenAfterFailure() {
    return new JobSpec(name, purpose, inputs, optionalInputs, earlier, outputs, texts, true);
  }

  private static Set<Table> and(Set<Table> some, Collection<Table> more) {
    Set<Table> all = EnumSet.noneOf(Table.class);
    all.addAll(some);
    all.addAll(more);
    return Collections.unmodifiableSet(all);
  }
}
