package com.posmodern.ai.job.intake;

import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.RefusedRows;
import com.posmodern.ai.source.events.RefusedEvent;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Quarantines what sources told and nobody can use, with its reason. */
final class RefusedEvents {
  private final Lake lake;

  RefusedEvents(Lake lake) {
    this.lake = lake;
  }

  /**
   * Writes them; a source that is asked twice a day replaces its own.
   *
   * @param prefix distinguishes the rows from those of the night and of imports
   * @param refused by source
   * @param day last whole one
   */
  void write(String prefix, Map<String, List<RefusedEvent>> refused, LocalDate day) {
    RefusedRows rows = new RefusedRows();
    refused.forEach(
        (source, events) ->
            events.forEach(
                event -> rows.add(prefix + source, event.reason(), event.key(), event.told())));
    rows.write(lake, day, refused.keySet().stream().map(source -> prefix + source).toList());
  }
}
