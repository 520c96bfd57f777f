package com.posmodern.ai.night;

import com.posmodern.ai.contract.Table;
import java.util.Set;

/** One step of the night: its declaration and its work. */
public interface Job {
  JobSpec spec();

  /**
   * Does the work for the context's as-of date; running it again writes the same rows.
   *
   * @throws com.posmodern.ai.error.PosException for failures that a person can fix
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
