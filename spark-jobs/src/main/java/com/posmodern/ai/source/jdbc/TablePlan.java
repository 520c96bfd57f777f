package com.posmodern.ai.source.jdbc;

import java.util.List;

/**
 * Which rows of a table one run reads; kept, so that a run that was killed is resumed with the same
 * batches.
 *
 * @param whole all rows are read, not only changed ones
 * @param rows that the table had to give when the plan was made
 * @param position from which the next run reads on; empty without a watermark
 * @param batches conditions in the database's SQL, one for each batch
 * @param keyBatches the same for the keys of all rows; empty where these are not compared, or all
 *     rows are read anyway
 */
public record TablePlan(
    boolean whole, long rows, String position, List<String> batches, List<String> keyBatches) {
  /** Whether all keys of the source are known once the plan is read. */
  public boolean readsAllKeys() {
    return whole || !keyBatches.isEmpty();
  }
}
