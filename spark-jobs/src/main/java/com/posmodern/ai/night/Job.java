package com.posmodern.ai.night;

import com.posmodern.ai.contract.Table;
import java.util.Set;

/** One step of the night: a declaration, and the work itself. */
public interface Job {
  JobSpec spec();

  /**
   * Does the work for the context's as-of date; a second run gives the same tables.
   *
   * @throws com.posmodern.ai.error.PosException for what a person can mend
   */
  JobOutcome run(JobContext context);

  default String name() {
    return spec().name();
  }

  /** Whether the job may read the table. */
  default boolean reads(Table table) {
    return spec().inputs().contains(table) || spec().optionalInputs().contains(table);
  }

  default Set<Table> outputs() {
    return spec().outputs();
  }
}
