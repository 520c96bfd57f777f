package com.posmodern.ai.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.HistoryWriter;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.Standing;
import com.posmodern.ai.lake.TableChanges;
import com.posmodern.ai.model.ModelRegistry;
import com.posmodern.ai.privacy.Ages;
import com.posmodern.ai.privacy.SourceView;
import com.posmodern.ai.quality.ValidRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The context of one job on a real lake; rejects access to tables that the job did not declare.
 *
 * <p>The only place where jobs get source tables, and therefore where customer ids become
 * pseudonyms.
 */
final class LakeJobContext implements JobContext {
  private final Job job;
  private final Run run;
  private final Lake lake;
  private final LakeWriter writer;
  private final HistoryWriter historyWriter;
  private final KeyStamp stamp;
  private final Progress progress;
  private final PinnedTables pinned;
  private long rowsWritten;

  LakeJobContext(Job job, Run run, Lake lake, Progress progress) {
    this.job = job;
    this.run = run;
    this.lake = lake;
    this.stamp = new KeyStamp(lake, run.key());
    this.writer = new LakeWriter(lake, stamp::of);
    this.historyWriter = new HistoryWriter(lake, stamp::of);
    this.pinned = new PinnedTables(lake);
    this.progress = progress;
  }

  @Override
  public LocalDate asOf() {
    return run.asOf();
  }

  @Override
  public String runId() {
    return run.id();
  }

  @Override
  public Settings settings() {
    return run.settings();
  }

  @Override
  public SparkSession spark() {
    return lake.spark();
  }

  @Override
  public Dataset<Row> readAllDays(Table table) {
    if (!Contracts.of(table).isHistory()) {
      throw new IllegalArgumentException(table + " is none of business dates");
    }
    read(table);
    return lake.read(table, pinned.version(table));
  }

  @Override
  public Dataset<Row> read(Table table) {
    Dataset<Row> rows = inScope(table, pinnedRows(table));
    if (table.layer() != Layer.SOURCE && (pinned.count(table, asOf()) == 0 || isBehind(table))) {
      throw PosException.badData(
          "no rows for as-of date " + asOf(),
          table + " at " + lake.location(table),
          "Run the job that writes it for this date first; describe names it.");
    }
    return rows;
  }

  /** A table of business dates has rows up to the as-of date before it was written for it. */
  private boolean isBehind(Table table) {
    return Contracts.of(table).isHistory()
        && lake.standing(table, pinned.version(table))
            .filter(standing -> standing.asOf().isBefore(asOf()))
            .isPresent();
  }

  @Override
  public Optional<Dataset<Row>> readOptional(Table table) {
    declared(table, job.reads(table));
    if (!pinned.exists(table)) {
      return Optional.empty();
    }
    Dataset<Row> rows = inScope(table, pinnedRows(table));
    return pinned.count(table, asOf()) == 0 ? Optional.empty() : Optional.of(rows);
  }

  /** Most jobs join the same few small tables: their rules are applied once. */
  @Override
  public Dataset<Row> valid(Table table) {
    return validOnce(table, read(table));
  }

  @Override
  public Optional<Dataset<Row>> validOptional(Table table) {
    return readOptional(table).map(rows -> validOnce(table, rows));
  }

  private Dataset<Row> validOnce(Table table, Dataset<Row> rows) {
    return lake.onceIfSmall(
        table, pinned.version(table), Optional.of(asOf()), () -> ValidRows.of(table, rows));
  }

  @Override
  public Optional<Dataset<Row>> ages(LocalDate day, int minimumAge) {
    declared(Table.CUSTOMERS, job.reads(Table.CUSTOMERS));
    return pinned.exists(Table.CUSTOMERS)
        ? Optional.of(Ages.of(rows(Table.CUSTOMERS), run.key(), day, minimumAge))
        : Optional.empty();
  }

  @Override
  public Optional<Dataset<Row>> readHistory(Table table) {
    declared(table, job.reads(table) || job.outputs().contains(table));
    return pinned.exists(table)
        ? Optional.of(
            rows(table).where(col(Columns.AS_OF_DATE).leq(lit(java.sql.Date.valueOf(asOf())))))
        : Optional.empty();
  }

  @Override
  public long write(Table table, Dataset<Row> rows, Map<String, String> slice) {
    declared(table, job.outputs().contains(table));
    if (Contracts.of(table).isHistory()) {
      throw new IllegalArgumentException(table + " is written by its history");
    }
    boolean some = !run.stores().isEmpty() && Stores.has(table);
    step("writing " + table + (some ? " of stores " + String.join(", ", run.stores()) : ""));
    stamp.requireOwn(table);
    boolean keeps = Contracts.of(table).columnNames().contains(Columns.KNOWN_UNTIL);
    Dataset<Row> marked = keeps ? withLateStores(table, rows) : rows;
    long written =
        some
            ? writer.replaceAmong(table, asOf(), marked, Columns.STORE_ID, run.stores())
            : writer.replace(table, asOf(), marked, slice);
    pinned.written(table);
    rowsWritten += written;
    return written;
  }

  @Override
  public long writeHistory(Table table, Dataset<Row> rows, HistoryWrite write) {
    declared(table, job.outputs().contains(table));
    step("writing " + table + write.days().map(days -> " of " + days.told()).orElse(""));
    stamp.requireOwn(table);
    LocalDate newest =
        standing(table).map(Standing::asOf).filter(date -> date.isAfter(asOf())).orElse(asOf());
    long written =
        historyWriter.replace(
            table,
            rows,
            new HistoryWriter.Scope(write.days(), write.some()),
            new Standing(newest, write.sources(), write.state()));
    pinned.written(table);
    rowsWritten += written;
    return written;
  }

  @Override
  public Optional<Standing> standing(Table table) {
    declared(table, job.outputs().contains(table));
    return lake.exists(table) ? lake.standing(table, lake.version(table)) : Optional.empty();
  }

  @Override
  public Optional<Dataset<Row>> lastWritten(Table table) {
    declared(table, job.outputs().contains(table));
    return lake.exists(table) ? Optional.of(rows(table)) : Optional.empty();
  }

  @Override
  public String place(Table table) {
    declared(table, job.reads(table));
    return pinned.exists(table) ? lake.place(table, pinned.version(table)) : "";
  }

  @Override
  public TableChanges changes(Table table, String place) {
    declared(table, job.reads(table));
    TableChanges found = lake.changes(table, pinned.version(table), place);
    return table.layer() != Layer.SOURCE
        ? found
        : found.map(
            rows ->
                SourceView.of(
                    Contracts.of(table),
                    rows,
                    run.key(),
                    List.of(TableChanges.SIGN, TableChanges.HASH)));
  }

  @Override
  public boolean rebuilds() {
    return run.rebuild();
  }

  /** A run for some stores computes them again, whatever has arrived: a person asked for it. */
  private Dataset<Row> withLateStores(Table table, Dataset<Row> rows) {
    LateStores late = LateStores.of(lake, asOf());
    boolean keeps =
        settings().quality().lateStores() == QualitySettings.LateStorePolicy.KEEP
            && run.stores().isEmpty();
    if (!late.none() && keeps) {
      step("stores " + String.join(", ", late.ids()) + " keep their results in " + table);
    }
    return late.keepIn(
        rows, keeps && lake.exists(table) ? Optional.of(rows(table)) : Optional.empty());
  }

  @Override
  public void step(String whatIsHappening) {
    progress.step(job.name(), whatIsHappening);
  }

  @Override
  public ModelRegistry registry() {
    return new LakeModelRegistry(this, run.gitCommit());
  }

  @Override
  public PublicationStore publications() {
    return new PublicationStore(lake, run.settings());
  }

  @Override
  public Map<String, String> dataVersions() {
    return pinned.versions();
  }

  long rowsRead() {
    return pinned.rowsRead();
  }

  long rowsWritten() {
    return rowsWritten;
  }

  private Dataset<Row> pinnedRows(Table table) {
    // A job may read a table that it writes itself.
    boolean own = job.outputs().contains(table) && pinned.isOpen(table);
    declared(table, own || job.reads(table));
    Dataset<Row> rows = rows(table);
    pinned.count(table, asOf());
    return rows;
  }

  private Dataset<Row> rows(Table table) {
    stamp.requireOwn(table);
    return lake.read(table, pinned.version(table));
  }

  private Dataset<Row> inScope(Table table, Dataset<Row> rows) {
    return table.layer() == Layer.SOURCE
        ? AsKnown.on(asOf(), table, seen(table, rows))
        : lake.readDate(table, pinned.version(table), asOf()).drop(Columns.AS_OF_DATE);
  }

  private Dataset<Row> seen(Table table, Dataset<Row> rows) {
    return job.spec().texts().contains(table)
        ? SourceView.withTexts(Contracts.of(table), rows, run.key())
        : SourceView.of(Contracts.of(table), rows, run.key());
  }

  private void declared(Table table, boolean isDeclared) {
    if (!isDeclared) {
      throw new IllegalStateException(
          "job %s does not declare %s among its inputs or outputs".formatted(job.name(), table));
    }
  }
}
