package com.posmodern.ai.job;

import com.posmodern.ai.contract.Table;
import java.util.Set;

/** One step of the night. What it reads and writes is data, so that the plan can be checked. */
public interface Job {
  /** Name in the plan and on the command line, in kebab case. */
  String name();

  /** One line for people. */
  String purpose();

  /** Tables without which the job fails. */
  Set<Table> inputs();

  /** Tables that make the result better when they are there. */
  default Set<Table> optionalInputs() {
    return Set.of();
  }

  Set<Table> outputs();

  /** Whether it runs even when a job that it waits for failed, as the report does. */
  default boolean runsAfterFailure() {
    return false;
  }

  /**
   * Does the work for the context's as-of date; a second run gives the same tables.
   *
   * @throws com.posmodern.ai.error.PosException for what a person can mend
   */
  JobOutcome run(JobContext context);
}
