package com.posmodern.ai.publish;

import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A set of result tables at given Delta versions that become visible to readers together or not at
 * all.
 *
 * @param id sorts by as-of date, then by run; lower-case letters, digits and underscores, so that
 *     it can be part of a schema name and of a path
 */
public record Publication(String id, LocalDate asOf, List<PublishedTable> tables) {
  private static final String LEGAL = "[a-z0-9_]{1,48}";

  public Publication {
    if (!id.matches(LEGAL)) {
      throw new IllegalArgumentException("publication id " + id + " does not match " + LEGAL);
    }
    tables = List.copyOf(tables);
  }

  /**
   * The id of the publication that a run makes for an as-of date, such as 20260630_20260701t021500.
   */
  public static String id(LocalDate asOf, String runId) {
    String run = runId.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return asOf.format(DateTimeFormatter.BASIC_ISO_DATE) + "_" + run;
  }

  /** Rows of all its tables. */
  public long rows() {
    return tables.stream().mapToLong(PublishedTable::rows).sum();
  }

  public Optional<PublishedTable> table(Table wanted) {
    return tables.stream().filter(t -> t.table() == wanted).findFirst();
  }
}
