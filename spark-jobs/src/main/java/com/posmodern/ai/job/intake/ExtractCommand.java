package com.posmodern.ai.job.intake;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.intake.ExtractFolder.Plan;
import com.posmodern.ai.job.intake.ExtractFolder.SourcePlan;
import com.posmodern.ai.job.intake.ExtractFolder.SourceState;
import com.posmodern.ai.job.intake.ExtractFolder.State;
import com.posmodern.ai.job.intake.ImportCommand.Mode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.imports.Conversion;
import com.posmodern.ai.source.imports.ConvertedTable;
import com.posmodern.ai.source.imports.Importer;
import com.posmodern.ai.source.jdbc.ExtractFile;
import com.posmodern.ai.source.jdbc.TablePlan;
import com.posmodern.ai.source.jdbc.TableReader;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * The extract command: brings rows of a database's tables into the source tables, those that
 * changed since the last run or all.
 *
 * <p>All tables are read, batch by batch, before the first one is written; each is one commit. How
 * far was read is stored last. A run that is killed is resumed: batches that were read are not read
 * again, and to write the same rows once more changes nothing.
 */
public final class ExtractCommand {
  /** Older batches of an interrupted run are read again, as the database has moved on. */
  private static final Duration RESUMED_WITHIN = Duration.ofHours(12);

  private static final String KEYS = ".keys";
  private static final String LIVE = "/" + TableReader.REMOVED + "=false";
  private static final String GONE = "/" + TableReader.REMOVED + "=true";

  /** Whether positions of earlier runs count. */
  public enum From {
    POSITION,
    BEGINNING
  }

  private final Lake lake;
  private final SourceWrite write;
  private final UnaryOperator<String> environment;
  private final PrintStream out;

  /**
   * @param environment value of a variable; null when it is not set
   */
  public ExtractCommand(Lake lake, UnaryOperator<String> environment, PrintStream out) {
    this.lake = lake;
    this.write = new SourceWrite(lake, Mode.MERGE);
    this.environment = environment;
    this.out = out;
  }

  /**
   * Extracts.
   *
   * @param asOf partition of the quarantine; empty: the last complete day of the sales in the lake
   * @throws PosException usage or bad data, with nothing written, when file and database do not fit
   *     or a row count is not believed; infrastructure when the database or the lake fails
   */
  public void run(ExtractFile file, From from, Optional<LocalDate> asOf, Instant now) {
    out.printf("extract %s%n", file.name());
    ExtractFolder folder = new ExtractFolder(lake, file.name());
    State state = from == From.BEGINNING ? State.NONE : folder.state();
    Map<String, TableReader> readers = new LinkedHashMap<>();
    for (String source : file.sources()) {
      readers.put(source, TableReader.open(lake.spark(), file, source, environment));
    }
    readers.forEach(
        (source, reader) ->
            reader
                .drift(known(file, state, source).map(SourceState::columns).orElse(Map.of()))
                .forEach(change -> out.printf("  %s: %s%n", source, change)));
    Plan plan =
        folder
            .plan()
            .filter(left -> from == From.POSITION && isStillGood(left, file, readers, now))
            .orElseGet(() -> begin(folder, file, state, readers, now));
    plan.sources().forEach((source, each) -> read(folder, plan, source, readers.get(source)));
    write(folder, file, plan, asOf, now);
    State next = new State(new TreeMap<>(state.sources()));
    plan.sources()
        .forEach(
            (source, each) ->
                next.sources()
                    .put(
                        source,
                        new SourceState(
                            each.digest(),
                            each.table().position(),
                            each.columns(),
                            plan.madeAt())));
    folder.end(next);
  }

  /** Of a run that read and converted rows in the same way, into tables that are still there. */
  private Optional<SourceState> known(ExtractFile file, State state, String source) {
    return Optional.ofNullable(state.sources().get(source))
        .filter(known -> known.digest().equals(file.digest(source)));
  }

  private Plan begin(
      ExtractFolder folder,
      ExtractFile file,
      State state,
      Map<String, TableReader> readers,
      Instant now) {
    folder.clear();
    Map<String, SourcePlan> sources = new LinkedHashMap<>();
    readers.forEach(
        (source, reader) -> {
          Optional<String> position =
              known(file, state, source)
                  .filter(known -> file.targets(source).stream().allMatch(lake::exists))
                  .map(SourceState::position)
                  .filter(text -> !text.isEmpty());
          TablePlan table = reader.plan(position, now);
          out.printf(
              "  %s: %,d rows to read in %d batches (%s)%n",
              source,
              table.rows(),
              table.batches().size(),
              table.whole()
                  ? "all rows"
                  : "changed since " + TableReader.shown(position.orElseThrow()));
          sources.put(source, new SourcePlan(file.digest(source), reader.columns(), table));
        });
    Plan plan = new Plan(now.toString(), file.database().connections(), sources);
    folder.begin(plan);
    return plan;
  }

  private boolean isStillGood(
      Plan plan, ExtractFile file, Map<String, TableReader> readers, Instant now) {
    boolean good =
        Instant.parse(plan.madeAt()).plus(RESUMED_WITHIN).isAfter(now)
            && plan.sources().keySet().equals(readers.keySet())
            && plan.sources().entrySet().stream()
                .allMatch(
                    each ->
                        each.getValue().digest().equals(file.digest(each.getKey()))
                            && each.getValue()
                                .columns()
                                .equals(readers.get(each.getKey()).columns())
                            && (each.getValue().table().whole()
                                || file.targets(each.getKey()).stream().allMatch(lake::exists)));
    if (good) {
      out.printf("  the run of %s is resumed%n", plan.madeAt());
    }
    return good;
  }

  private void read(ExtractFolder folder, Plan plan, String source, TableReader reader) {
    TablePlan table = plan.sources().get(source).table();
    read(folder, plan, source, table.batches(), reader, reader::rows);
    read(folder, plan, source + KEYS, table.keyBatches(), reader, reader::keys);
  }

  private void read(
      ExtractFolder folder,
      Plan plan,
      String what,
      List<String> batches,
      TableReader reader,
      Function<List<String>, Dataset<Row>> rows) {
    for (int wave = 0; wave * plan.connections() < batches.size(); wave++) {
      if (folder.isDone(what, wave)) {
        continue;
      }
      int first = wave * plan.connections();
      List<String> together =
          batches.subList(first, Math.min(first + plan.connections(), batches.size()));
      String target = folder.wave(what, wave);
      lake.requireWriter();
      reader.explained(
          () -> {
            Dataset<Row> found = rows.apply(together);
            var writer = found.write().mode(SaveMode.Overwrite);
            if (List.of(found.columns()).contains(TableReader.REMOVED)) {
              writer = writer.partitionBy(TableReader.REMOVED);
            }
            writer.parquet(target);
            return target;
          });
      folder.done(what, wave);
    }
  }

  private void write(
      ExtractFolder folder, ExtractFile file, Plan plan, Optional<LocalDate> asOf, Instant now) {
    Map<String, String> inputs = new LinkedHashMap<>();
    plan.sources()
        .keySet()
        .forEach(source -> folder.rows(source, LIVE).ifPresent(rows -> inputs.put(source, rows)));
    Set<String> parts =
        plan.sources().entrySet().stream()
            .filter(each -> !each.getValue().table().whole())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    if (inputs.isEmpty()) {
      write(folder, file, plan, List.of());
      return;
    }
    try (Conversion conversion =
        Importer.convertTables(lake.spark(), file.mapping(), inputs, write::former, parts)) {
      write(folder, file, plan, conversion.tables());
      String quarantine =
          new ImportQuarantine(lake, parts).write(conversion.tables(), Mode.MERGE, asOf, now);
      out.printf("  written to %s/source; %s%n", lake.root(), quarantine);
    }
  }

  private void write(
      ExtractFolder folder, ExtractFile file, Plan plan, List<ConvertedTable> tables) {
    Map<Table, ConvertedTable> converted = new LinkedHashMap<>();
    tables.forEach(table -> converted.put(table.table(), table));
    List<ExtractedChanges> changes = new ArrayList<>();
    try {
      // All are compared before the first one is written.
      plan.sources()
          .forEach(
              (source, each) -> {
                for (Table table : file.targets(source)) {
                  write
                      .former(table)
                      .ifPresent(
                          rows ->
                              changes.add(
                                  changes(
                                      folder,
                                      file,
                                      source,
                                      each.table(),
                                      Optional.ofNullable(converted.get(table)),
                                      table,
                                      rows)));
                }
              });
      Map<Table, ExtractedChanges> byTable =
          changes.stream().collect(Collectors.toMap(ExtractedChanges::table, each -> each));
      for (Table table : file.mapping().targets().keySet()) {
        String counts =
            Optional.ofNullable(converted.get(table))
                .map(each -> each.counts().summary().replace("\n", "\n  "))
                .orElse("%-16s no row to convert".formatted(table.tableName()));
        ExtractedChanges change = byTable.get(table);
        if (change != null) {
          write.apply(table, change.rows(), change.counts());
          counts += "%n%31s %s".formatted("", change.summary());
        } else if (converted.containsKey(table)) {
          write.table(converted.get(table));
        }
        out.printf("  %s%n", counts);
      }
    } finally {
      changes.forEach(change -> change.rows().unpersist());
    }
  }

  private ExtractedChanges changes(
      ExtractFolder folder,
      ExtractFile file,
      String source,
      TablePlan plan,
      Optional<ConvertedTable> converted,
      Table table,
      Dataset<Row> existing) {
    Optional<Double> missing = file.missingAtMost(source);
    Optional<String> all =
        plan.whole() ? folder.rows(source, LIVE) : folder.rows(source + KEYS, "");
    ExtractedChanges changes =
        ExtractedChanges.of(
            table,
            converted.map(ConvertedTable::accepted),
            existing,
            folder.rows(source, GONE).map(rows -> keys(file, table, rows)),
            missing.map(
                share ->
                    all.map(rows -> keys(file, table, rows)).orElseGet(() -> existing.limit(0))));
    missing.ifPresent(
        share ->
            changes.requireRemovedAtMost(share, existing, file.mapping().origins().get(source)));
    return changes;
  }

  private Dataset<Row> keys(ExtractFile file, Table table, String rows) {
    return Importer.keys(lake.spark(), file.mapping(), table, rows);
  }
}
