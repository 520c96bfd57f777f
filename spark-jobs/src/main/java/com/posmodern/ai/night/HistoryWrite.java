package com.posmodern.ai.night;

import com.posmodern.ai.contract.Days;
import java.util.Map;
import java.util.Optional;

/**
 * What a write to a table of business dates replaces, and up to what the table stands then.
 *
 * @param days whose rows are replaced; empty for all
 * @param some whether there are any rows on these days: without, new ones are only added
 * @param sources versions of what the table is made from, see {@link JobContext#place}
 * @param state what else the job needs to know the next time; names no customer
 */
public record HistoryWrite(
    Optional<Days> days, boolean some, Map<String, String> sources, String state) {
  public HistoryWrite {
    sources = Map.copyOf(sources);
  }
}
