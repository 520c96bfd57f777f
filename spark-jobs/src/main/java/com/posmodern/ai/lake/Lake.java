package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.lock.HeldLocks;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The tables below one root, each a Delta table that conforms to its contract. */
public final class Lake {
  private final SparkSession spark;
  private final String root;

  private final LakeCache cache = new LakeCache();

  private final Map<Table, Object> locks = new ConcurrentHashMap<>();

  private final LogTraffic traffic;

  public Lake(SparkSession spark, String root) {
    this.spark = spark;
    this.root = absolute(root).replaceAll("/+$", "");
    this.traffic = new LogTraffic(spark);
  }

  /**
   * The absolute path of a folder; the address in any other file system is left unchanged. Delta
   * would take a relative path for a table name.
   */
  public static String absolute(String folder) {
    return folder.contains(":/")
        ? folder
        : java.nio.file.Path.of(folder).toAbsolutePath().toString();
  }

  /** The lock that writers of the table in this process hold while they write. */
  Object lockOf(Table table) {
    return locks.computeIfAbsent(table, key -> new Object());
  }

  public SparkSession spark() {
    return spark;
  }

  public LogTraffic traffic() {
    return traffic;
  }

  public String root() {
    return root;
  }

  /**
   * Asked before what no commit guards: the readers' switch, the removal of files.
   *
   * @throws PosException infrastructure when another process took over the right to write
   */
  public void requireWriter() {
    HeldLocks.require(root);
  }

  public String location(Table table) {
    return root + "/" + table.path();
  }

  /**
   * Whether the table exists.
   *
   * @throws PosException bad data when the folder contains files but no Delta table; infrastructure
   *     when the storage does not respond
   */
  public boolean exists(Table table) {
    return found(table).isPresent();
  }

  Optional<TableLog> found(Table table) {
    String location = location(table);
    Path path = new Path(location);
    try {
      FileSystem files = path.getFileSystem(spark.sessionState().newHadoopConf());
      if (!files.exists(path)) {
        return Optional.empty();
      }
      if (!files.exists(new Path(path, "_delta_log"))) {
        if (files.listStatus(path).length == 0) {
          return Optional.empty();
        }
        throw PosException.badData(
            "is not a Delta table: it has no _delta_log",
            table + " at " + location,
            "Import the files with the import command, or remove the folder.");
      }
      // Not from Delta's cache: another process may have created the table since.
      return Optional.of(newest(table)).filter(log -> log.version() >= 0);
    } catch (IOException e) {
      throw StorageErrors.explain(e, table + " at " + location);
    }
  }

  /**
   * The newest Delta version.
   *
   * @throws PosException bad data when the table does not exist
   */
  public long version(Table table) {
    return found(table)
        .orElseThrow(
            () ->
                PosException.badData(
                    "the table is missing",
                    table + " at " + location(table),
                    table.layer() == Layer.SOURCE
                        ? "Import it (import), make a sample lake (sample), or correct --lake."
                        : "Run the job that writes it first; describe names it."))
        .version();
  }

  /** The table properties stored in its log. */
  public Map<String, String> properties(Table table) {
    return newest(table).properties();
  }

  /** Delta's names of the table features that a reader or writer of the table must support. */
  public Set<String> features(Table table) {
    return newest(table).features();
  }

  /**
   * The table at a version, with the contract's columns in the contract's order.
   *
   * @throws PosException bad data when a column has another type, or a source table lacks one; in
   *     other tables a column that a former version did not write is null
   */
  public Dataset<Row> read(Table table, long version) {
    TableVersion loaded = loaded(table, version);
    return loaded.fitsOnePartition(Optional.empty()) ? loaded.rows().coalesce(1) : loaded.rows();
  }

  /**
   * The rows of an as-of date, with the as-of column; of a table of business dates those up to it.
   * As {@link #read(Table, long)}.
   */
  public Dataset<Row> readDate(Table table, long version, LocalDate asOf) {
    TableVersion loaded = loaded(table, version);
    loaded.requireOneCopy(table, location(table));
    Dataset<Row> rows = loaded.rows().where(seen(table, asOf));
    return loaded.fitsOnePartition(partition(table, asOf)) ? rows.coalesce(1) : rows;
  }

  /** Rows that a night of the as-of date sees. */
  private static Column seen(Table table, LocalDate asOf) {
    return Contracts.of(table).isHistory()
        ? functions.col(Columns.BUSINESS_DATE).leq(functions.lit(java.sql.Date.valueOf(asOf)))
        : isOf(asOf);
  }

  /** The as-of date whose files hold the rows; empty when all files may. */
  private static Optional<LocalDate> partition(Table table, LocalDate asOf) {
    return Contracts.of(table).isHistory() ? Optional.empty() : Optional.of(asOf);
  }

  /**
   * The table's id and version, as {@link Standing#sources} keeps it; empty when it was changed
   * while it was opened.
   */
  public String place(Table table, long version) {
    return loaded(table, version).log().map(TableLog::place).orElse("");
  }

  /**
   * What changed in a table up to a version, in the contract's columns, {@link TableChanges#SIGN}
   * and {@link TableChanges#HASH}.
   *
   * @param place of the version since when, see {@link #place}
   */
  public TableChanges changes(Table table, long version, String place) {
    return loaded(table, version)
        .log()
        .map(log -> log.since(place))
        .orElseGet(() -> TableChanges.unknown("it was changed while it was opened"))
        .map(rows -> TableChanges.hashed(Contracts.of(table), rows, location(table)));
  }

  /** What the last write of a table of business dates left, see {@link Standing}. */
  public Optional<Standing> standing(Table table, long version) {
    return loaded(table, version).log().flatMap(TableLog::note).flatMap(Standing::of);
  }

  private TableVersion loaded(Table table, long version) {
    return cache.version(table, version, () -> open(table, version, newest(table)));
  }

  /** Remembers the version just committed, so that it need not be looked up. */
  void loaded(Table table, TableLog newest) {
    cache.version(table, newest.version(), () -> open(table, newest.version(), newest));
  }

  private TableVersion open(Table table, long version, TableLog newest) {
    return TableVersion.open(spark, location(table), Contracts.of(table), version, newest);
  }

  /**
   * The table at its newest version; throws as {@link #version} and {@link #read(Table, long)} do.
   */
  public Dataset<Row> read(Table table) {
    return read(table, version(table));
  }

  /**
   * What is derived from a version of a table: of a small table computed once and kept on the
   * driver, because every query that uses it would plan and compute it again; of others unchanged.
   * The last of each table is kept.
   *
   * @param asOf the date that the rows depend on; empty when they depend on none
   * @param derived always the same rows for the same table, version and date
   */
  public Dataset<Row> onceIfSmall(
      Table table, long version, Optional<LocalDate> asOf, Supplier<Dataset<Row>> derived) {
    return loaded(table, version).fitsDriver()
        ? cache.derived(table, version, asOf, derived)
        : derived.get();
  }

  /** Drops the cached log of a table whose files were changed directly. */
  void forget(Table table) {
    cache.forget(table);
    TableLog.forget(spark, location(table));
  }

  TableLog newest(Table table) {
    traffic.read();
    return TableLog.newest(spark, location(table));
  }

  /**
   * Rows of a table at a version.
   *
   * @param asOf the as-of date whose rows are counted, see {@link #readDate}; empty for all
   */
  public long count(Table table, long version, Optional<LocalDate> asOf) {
    return cache.count(
        table,
        version,
        asOf,
        () -> listed(table, version, asOf).orElseGet(() -> queried(table, version, asOf)));
  }

  private Optional<Long> listed(Table table, long version, Optional<LocalDate> asOf) {
    TableVersion loaded = loaded(table, version);
    if (asOf.isPresent() && Contracts.of(table).isHistory()) {
      loaded.requireOneCopy(table, location(table));
      return Optional.empty();
    }
    return loaded.log().flatMap(log -> log.listedRows(asOf));
  }

  private long queried(Table table, long version, Optional<LocalDate> asOf) {
    Dataset<Row> rows = read(table, version);
    return count(asOf.map(date -> rows.where(seen(table, date))).orElse(rows));
  }

  /** Remembers a count that was taken while the rows were checked. */
  void counted(Table table, long version, LocalDate asOf, long rows) {
    cache.counted(table, version, asOf, rows);
  }

  /** Condition on the as-of date. */
  public static Column isOf(LocalDate asOf) {
    return functions.col(Columns.AS_OF_DATE).equalTo(functions.lit(java.sql.Date.valueOf(asOf)));
  }

  /**
   * Counts the rows of a dataset; {@link #count(Table, long, Optional)} may know the count without
   * a query.
   */
  public static long count(Dataset<Row> rows) {
    return rows.agg(functions.count(functions.lit(1))).head().getLong(0);
  }
}
