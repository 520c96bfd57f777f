package com.posmodern.ai.publish;

import java.util.List;
import java.util.Optional;

/**
 * Where one kind of reader gets its publication from. Which one is visible is written in the
 * reader's own place, so that it and the rows can never disagree; {@code ops.publication_switches}
 * is the history of it.
 */
public interface ReaderTarget {
  /** Kind of reader: {@code till} or {@code bi}. */
  String reader();

  /**
   * Brings a publication to where the readers are, without showing it. Repeating it is harmless.
   *
   * @return what was done, in one line
   * @throws com.posmodern.ai.error.PosException when it cannot; what readers see is untouched
   */
  String prepare(Publication publication);

  /** Makes a prepared publication the visible one, at one moment for all of its tables. */
  void show(Publication publication);

  /** Id of the publication that the readers see now. */
  Optional<String> visible();

  /**
   * Removes what no kept publication needs; readers are not disturbed.
   *
   * @return what was left for the next time, and why; empty when nothing was
   */
  Optional<String> dropOld(int kept);

  /**
   * Removes customers from the visible publication, which stays visible throughout, and every other
   * publication. Repeating it is harmless.
   *
   * @param visible as the ledger now has it: its versions hold the customers no more
   * @param customers their values in the tables' customer columns
   * @return what was done, in one line
   * @throws com.posmodern.ai.error.PosException infrastructure when something of them had to stay
   */
  String erase(Optional<Publication> visible, List<String> customers);
}
