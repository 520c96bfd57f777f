package com.posmodern.ai.source.imports;

import com.posmodern.ai.contract.Table;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The counts of a source's rows for one table: {@code rowsIn = accepted + merged + quarantined}.
 *
 * @param merged good rows that say the same key again, where many of them give one row
 * @param reasons quarantined rows per reason; a row may have several
 * @param notes accepted rows per decision that was made about them
 */
public record ImportCounts(
    Table table,
    String source,
    long rowsIn,
    long accepted,
    long merged,
    long quarantined,
    SortedMap<String, Long> reasons,
    SortedMap<String, Long> notes) {

  public ImportCounts {
    if (rowsIn != accepted + merged + quarantined) {
      throw new IllegalStateException(
          "%s: %d rows in, %d accepted, %d merged, %d quarantined"
              .formatted(table, rowsIn, accepted, merged, quarantined));
    }
  }

  /** One line, and one more per reason. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-16s %,12d rows in (%s) = %,d accepted",
            table.tableName(),
            rowsIn,
            source,
            accepted));
    if (merged > 0) {
      text.append(String.format(Locale.ROOT, " + %,d merged into them", merged));
    }
    text.append(String.format(Locale.ROOT, " + %,d quarantined", quarantined));
    reasons.forEach(
        (reason, rows) ->
            text.append(
                String.format(
                    Locale.ROOT, "%n%29s %s: %,d%s", "", reason, rows, Remedies.of(reason))));
    notes.forEach(
        (note, rows) ->
            text.append(
                String.format(
                    Locale.ROOT, "%n%29s note %s: %,d%s", "", note, rows, Remedies.of(note))));
    return text.toString();
  }
}
