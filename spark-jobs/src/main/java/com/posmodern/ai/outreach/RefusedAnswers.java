package com.posmodern.ai.outreach;

import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.RefusedRows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Quarantines answers that were refused, with reason, file and line, and without what they said:
 * anybody may have sent it, and it may name anybody.
 */
final class RefusedAnswers {
  private static final String TABLE_PREFIX = "answers/";

  private final Lake lake;

  RefusedAnswers(Lake lake) {
    this.lake = lake;
  }

  /**
   * Writes the lines; a file that is read again replaces its own.
   *
   * @param refused reason by line by file
   * @return lines
   */
  long write(Map<String, Map<Integer, String>> refused, Instant now) {
    RefusedRows rows = new RefusedRows();
    refused.forEach(
        (file, lines) ->
            lines.forEach(
                (line, reason) ->
                    rows.add(
                        TABLE_PREFIX + file,
                        reason,
                        "line " + line,
                        "{\"line\":%d}".formatted(line))));
    return rows.write(
        lake,
        LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1),
        refused.keySet().stream().map(file -> TABLE_PREFIX + file).toList());
  }
}
