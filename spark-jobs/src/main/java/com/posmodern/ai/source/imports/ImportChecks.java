package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.TypedValue.Fault;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What inputs and converted rows must be like, or the import ends before anything is written. */
final class ImportChecks {
  /** Share of a table's rows whose dates fit another order, at which the format is at fault. */
  private static final double SWAPPED_DATES = 0.01;

  private final ImportMapping mapping;
  private final Set<String> changes;

  /**
   * @param changes sources of which only rows that changed were read: all of them may be refused
   */
  ImportChecks(ImportMapping mapping, Set<String> changes) {
    this.mapping = mapping;
    this.changes = changes;
  }

  /**
   * @throws PosException usage when an input is no source of the mapping, or there is none
   */
  void requireKnown(Map<String, String> inputs) {
    for (String source : inputs.keySet()) {
      if (!mapping.sources().containsKey(source)) {
        throw PosException.usage(
            "the mapping %s has no source %s".formatted(mapping.file(), source),
            "--input " + source,
            "Its sources are " + mapping.sources().keySet() + ".");
      }
      if (mapping.targets().values().stream().noneMatch(t -> t.source().equals(source))) {
        throw PosException.usage(
            "no target of the mapping %s reads the source %s".formatted(mapping.file(), source),
            "--input " + source,
            "Add one, or leave the input out.");
      }
    }
    if (inputs.isEmpty()) {
      throw PosException.usage(
          "no file is given",
          "--input",
          "Give one for each of " + mapping.sources().keySet() + ", as in --input name=path.");
    }
  }

  /**
   * @throws PosException bad data when a source has no rows, or a table none that can be accepted;
   *     usage when the format of a date is at fault
   */
  void requireRows(TableConversion way, SourceFiles files, Dataset<Row> judged, Tally tally) {
    String table = way.table().tableName();
    if (tally.rows() == 0) {
      throw PosException.badData("there are no rows", files.place(), "Export it again.");
    }
    mapping
        .sources()
        .get(files.source())
        .columns()
        .forEach(
            (name, column) -> {
              long swapped = tally.reasons().getOrDefault(Fault.DAY_AND_MONTH_SWAPPED.of(name), 0L);
              if (swapped > SWAPPED_DATES * tally.rows()) {
                throw mapping.wrong(
                    "sources.%s.columns.%s.formats".formatted(files.source(), name),
                    "%,d of %,d values fit %s only with day and month in each other's place, so that the others may be read wrongly; one is %s"
                        .formatted(
                            swapped,
                            tally.rows(),
                            column.formats(),
                            example(way, judged, Fault.DAY_AND_MONTH_SWAPPED.of(name))),
                    "Nothing was written. Correct the format.");
              }
            });
    if (tally.good() == 0 && !changes.contains(files.source())) {
      throw PosException.badData(
          "none of the %,d rows can be accepted for %s: %s; one is %s"
              .formatted(
                  tally.rows(),
                  table,
                  tally.reasons().entrySet().stream()
                      .map(reason -> reason + Remedies.of(reason.getKey()))
                      .toList(),
                  example(way, judged, tally.reasons().firstKey())),
          files.place(),
          "Nothing was written. Correct the mapping " + mapping.file() + " or the files.");
    }
  }

  private static String example(TableConversion way, Dataset<Row> judged, String reason) {
    return way.quarantined(judged)
        .where("array_contains(reasons, '%s')".formatted(reason))
        .select("row_json")
        .head()
        .getString(0);
  }
}
