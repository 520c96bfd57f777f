package com.posmodern.ai.publish;

import java.util.List;
import java.util.Optional;

/**
 * The place from which one kind of reader gets its publication. The visible publication is recorded
 * in that place itself, next to the rows, so the two can never disagree; {@code
 * ops.publication_switches} keeps the history.
 */
public interface ReaderTarget {
  /** Kind of reader: {@code till} or {@code bi}. */
  String reader();

  /**
   * Loads a publication into the readers' place without making it visible. Idempotent.
   *
   * @return a one-line description of what was done
   * @throws com.posmodern.ai.error.PosException when it fails; what readers see is unchanged
   */
  String prepare(Publication publication);

  /** Makes a prepared publication visible, for all of its tables at the same moment. */
  void show(Publication publication);

  /** Id of the publication that is visible to the readers now. */
  Optional<String> visible();

  /**
   * Removes everything that no kept publication needs, without disturbing readers.
   *
   * @return what was left for the next run, and why; empty when nothing was
   */
  Optional<String> dropOld(int kept);

  /**
   * Removes customers from the visible publication, which stays visible throughout, and removes
   * every other publication. Idempotent.
   *
   * @param visible the publication as now recorded in the ledger; its versions no longer contain
   *     the customers
   * @param customers their values in the customer columns of the tables
   * @return a one-line description of what was done
   * @throws com.posmodern.ai.error.PosException infrastructure when some of their data could not be
   *     removed
   */
  String erase(Optional<Publication> visible, List<String> customers);
}
