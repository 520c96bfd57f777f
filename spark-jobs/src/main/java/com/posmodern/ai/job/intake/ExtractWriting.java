package com.posmodern.ai.job.intake;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.intake.ExtractFolder.Plan;
import com.posmodern.ai.job.intake.ImportCommand.Mode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.imports.Conversion;
import com.posmodern.ai.source.imports.ConvertedTable;
import com.posmodern.ai.source.imports.Importer;
import com.posmodern.ai.source.jdbc.ExtractFile;
import com.posmodern.ai.source.jdbc.TablePlan;
import com.posmodern.ai.source.jdbc.TableReader;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Converts what an extract has read, and brings it into the source tables. */
final class ExtractWriting {
  private static final String LIVE = "/" + TableReader.REMOVED + "=false";
  private static final String GONE = "/" + TableReader.REMOVED + "=true";

  private final Lake lake;
  private final ExtractFolder folder;
  private final ExtractFile file;
  private final Plan plan;
  private final SourceWrite write;
  private final PrintStream out;

  ExtractWriting(Lake lake, ExtractFolder folder, ExtractFile file, Plan plan, PrintStream out) {
    this.lake = lake;
    this.folder = folder;
    this.file = file;
    this.plan = plan;
    this.write = new SourceWrite(lake, Mode.MERGE);
    this.out = out;
  }

  /**
   * Writes the tables and the quarantine.
   *
   * @param asOf as of {@link ExtractCommand#run}
   * @throws com.posmodern.ai.error.PosException bad data, with nothing written, when more rows are
   *     missing at the source than the file allows
   */
  void write(Optional<LocalDate> asOf, Instant now) {
    Map<String, String> inputs = new LinkedHashMap<>();
    plan.sources()
        .keySet()
        .forEach(source -> folder.rows(source, LIVE).ifPresent(rows -> inputs.put(source, rows)));
    if (inputs.isEmpty()) {
      write(List.of());
      return;
    }
    Set<String> parts =
        plan.sources().entrySet().stream()
            .filter(each -> !each.getValue().table().whole())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    try (Conversion conversion =
        Importer.convertTables(lake.spark(), file.mapping(), inputs, write::former, parts)) {
      write(conversion.tables());
      String quarantine =
          new ImportQuarantine(lake, parts).write(conversion.tables(), Mode.MERGE, asOf, now);
      out.printf("  written to %s/source; %s%n", lake.root(), quarantine);
    }
  }

  private void write(List<ConvertedTable> tables) {
    Map<Table, ConvertedTable> converted = new LinkedHashMap<>();
    tables.forEach(table -> converted.put(table.table(), table));
    Map<Table, ExtractedChanges> changes = new LinkedHashMap<>();
    try {
      // All are compared before the first one is written.
      plan.sources().forEach((source, each) -> compare(source, each.table(), converted, changes));
      for (Table table : file.mapping().targets().keySet()) {
        Optional<ConvertedTable> rows = Optional.ofNullable(converted.get(table));
        Optional<ExtractedChanges> change = Optional.ofNullable(changes.get(table));
        change.ifPresentOrElse(
            found -> write.apply(table, found.rows(), found.counts()),
            () -> rows.ifPresent(write::table));
        out.printf("  %s%n", summary(table, rows, change));
      }
    } finally {
      changes.values().forEach(change -> change.rows().unpersist());
    }
  }

  private void compare(
      String source,
      TablePlan read,
      Map<Table, ConvertedTable> converted,
      Map<Table, ExtractedChanges> changes) {
    for (Table table : file.targets(source)) {
      Optional<Dataset<Row>> accepted =
          Optional.ofNullable(converted.get(table)).map(ConvertedTable::accepted);
      Optional<Dataset<Row>> former = write.former(table);
      if (former.isPresent()) {
        Dataset<Row> existing = former.get();
        Optional<Double> missing = file.missingAtMost(source).filter(share -> read.readsAllKeys());
        ExtractedChanges change =
            ExtractedChanges.of(
                table,
                accepted,
                existing,
                folder.rows(source, GONE).map(rows -> keys(table, rows)),
                missing.map(share -> present(source, read, table, existing)));
        changes.put(table, change);
        missing.ifPresent(
            share -> believe(change, share, existing, file.mapping().origins().get(source)));
      }
    }
  }

  private void believe(ExtractedChanges change, double share, Dataset<Row> existing, String place) {
    try {
      change.requireRemovedAtMost(share, existing, place);
    } catch (PosException e) {
      // The next run reads the source again: it may have been corrected.
      folder.clear();
      throw e;
    }
  }

  /** Keys of all rows that the source has now. */
  private Dataset<Row> present(String source, TablePlan read, Table table, Dataset<Row> existing) {
    return (read.whole() ? folder.rows(source, LIVE) : folder.rows(source + ExtractFolder.KEYS, ""))
        .map(rows -> keys(table, rows))
        .orElseGet(() -> existing.limit(0));
  }

  private Dataset<Row> keys(Table table, String rows) {
    return Importer.keys(lake.spark(), file.mapping(), table, rows);
  }

  private static String summary(
      Table table, Optional<ConvertedTable> rows, Optional<ExtractedChanges> change) {
    return rows.map(found -> found.counts().summary().replace("\n", "\n  "))
            .orElseGet(() -> "%-16s no row to convert".formatted(table.tableName()))
        + change.map(found -> "%n%31s %s".formatted("", found.summary())).orElse("");
  }
}
