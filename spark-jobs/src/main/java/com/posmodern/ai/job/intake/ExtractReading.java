package com.posmodern.ai.job.intake;

import com.posmodern.ai.job.intake.ExtractFolder.Plan;
import com.posmodern.ai.job.intake.ExtractFolder.SourcePlan;
import com.posmodern.ai.job.intake.ExtractFolder.SourceState;
import com.posmodern.ai.job.intake.ExtractFolder.State;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.jdbc.ExtractFile;
import com.posmodern.ai.source.jdbc.TablePlan;
import com.posmodern.ai.source.jdbc.TableReader;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** Reads the rows of a database's tables into the folder of an extract, batch by batch. */
final class ExtractReading {
  /** Older batches of an interrupted run are read again, as the database has moved on. */
  private static final Duration RESUMED_WITHIN = Duration.ofHours(12);

  private final Lake lake;
  private final ExtractFolder folder;
  private final ExtractFile file;
  private final State state;
  private final Map<String, TableReader> readers;
  private final PrintStream out;

  private ExtractReading(
      Lake lake,
      ExtractFolder folder,
      ExtractFile file,
      State state,
      Map<String, TableReader> readers,
      PrintStream out) {
    this.lake = lake;
    this.folder = folder;
    this.file = file;
    this.state = state;
    this.readers = readers;
    this.out = out;
  }

  /**
   * Connects to the database, and prints which columns changed since the last run.
   *
   * @throws com.posmodern.ai.error.PosException usage or bad data when file and database do not
   *     fit; infrastructure when the database cannot be reached
   */
  static ExtractReading open(
      Lake lake,
      ExtractFolder folder,
      ExtractFile file,
      State state,
      UnaryOperator<String> environment,
      PrintStream out) {
    Map<String, TableReader> readers = new LinkedHashMap<>();
    for (String source : file.sources()) {
      readers.put(source, TableReader.open(lake.spark(), file, source, environment));
    }
    ExtractReading reading = new ExtractReading(lake, folder, file, state, readers, out);
    readers.forEach(
        (source, reader) ->
            reader
                .drift(reading.known(source).map(SourceState::columns).orElse(Map.of()))
                .forEach(change -> out.printf("  %s: %s%n", source, change)));
    return reading;
  }

  /** Of a run that read and converted the source's rows in the same way. */
  private Optional<SourceState> known(String source) {
    return Optional.ofNullable(state.sources().get(source))
        .filter(known -> known.digest().equals(file.digest(source)));
  }

  private boolean isInLake(String source) {
    return file.targets(source).stream().allMatch(lake::exists);
  }

  /** The plan of a run that was interrupted and can be resumed. */
  Optional<Plan> left(Instant now) {
    Optional<Plan> left = folder.plan().filter(plan -> isStillGood(plan, now));
    left.ifPresent(plan -> out.printf("  the run of %s is resumed%n", plan.madeAt()));
    return left;
  }

  private boolean isStillGood(Plan plan, Instant now) {
    return Instant.parse(plan.madeAt()).plus(RESUMED_WITHIN).isAfter(now)
        && file.database().identity().equals(plan.database())
        && plan.sources().keySet().equals(readers.keySet())
        && plan.sources().entrySet().stream()
            .allMatch(each -> isStillGood(each.getKey(), each.getValue()));
  }

  private boolean isStillGood(String source, SourcePlan plan) {
    return plan.digest().equals(file.digest(source))
        && plan.columns().equals(readers.get(source).columns())
        && (plan.table().whole()
            || (isInLake(source)
                // The keys of the source are not compared unless they were read.
                && plan.table().readsAllKeys() == file.missingAtMost(source).isPresent()));
  }

  /** Plans a new run, and removes what an older one left. */
  Plan begin(Instant now) {
    folder.clear();
    Map<String, SourcePlan> sources = new LinkedHashMap<>();
    readers.forEach((source, reader) -> sources.put(source, plan(source, reader, now)));
    Plan plan =
        new Plan(
            now.toString(), file.database().identity(), file.database().connections(), sources);
    folder.begin(plan);
    return plan;
  }

  private SourcePlan plan(String source, TableReader reader, Instant now) {
    Optional<String> position =
        known(source)
            .filter(known -> isInLake(source))
            .map(SourceState::position)
            .filter(text -> !text.isEmpty());
    TablePlan table = reader.plan(position, now);
    String which =
        table.whole() ? "all rows" : "changed since " + TableReader.shown(position.orElseThrow());
    out.printf(
        "  %s: %,d rows to read in %d batches (%s)%n",
        source, table.rows(), table.batches().size(), which);
    return new SourcePlan(file.digest(source), reader.columns(), table);
  }

  /** Reads what the plan holds and the folder does not. */
  void read(Plan plan) {
    plan.sources()
        .forEach(
            (source, each) -> {
              TableReader reader = readers.get(source);
              TablePlan table = each.table();
              read(plan, source, table.batches(), reader, reader::rows);
              read(plan, source + ExtractFolder.KEYS, table.keyBatches(), reader, reader::keys);
            });
  }

  private void read(
      Plan plan,
      String what,
      List<String> batches,
      TableReader reader,
      Function<List<String>, Dataset<Row>> rows) {
    int atOnce = plan.connections();
    for (int wave = 0; wave * atOnce < batches.size(); wave++) {
      if (folder.isDone(what, wave)) {
        continue;
      }
      List<String> together =
          batches.subList(wave * atOnce, Math.min((wave + 1) * atOnce, batches.size()));
      String target = folder.wave(what, wave);
      lake.requireWriter();
      reader.explained(
          () -> {
            writer(rows.apply(together)).parquet(target);
            return target;
          });
      folder.done(what, wave);
    }
  }

  private static DataFrameWriter<Row> writer(Dataset<Row> rows) {
    DataFrameWriter<Row> writer = rows.write().mode(SaveMode.Overwrite);
    return List.of(rows.columns()).contains(TableReader.REMOVED)
        ? writer.partitionBy(TableReader.REMOVED)
        : writer;
  }
}
