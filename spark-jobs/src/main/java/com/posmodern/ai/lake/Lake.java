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
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The tables below one root, each a Delta table that conforms to its contract. */
public final class Lake {
  /** A table at a version. */
  private record Pinned(Table table, long version) {}

  /**
   * The rows of the version, and its log if it was the newest version when loaded.
   *
   * @param copied of the former layout, see {@link FormerSchema#isCopiedByDate}
   */
  private record Loaded(Dataset<Row> rows, Optional<TableLog> log, boolean copied) {
    boolean isSmall(Optional<LocalDate> asOf) {
      return log.flatMap(known -> known.listedBytes(asOf))
              .filter(bytes -> bytes <= ONE_PARTITION_BYTES)
              .isPresent()
          && log.flatMap(known -> known.listedRows(asOf))
              .filter(rows -> rows <= ONE_PARTITION_ROWS)
              .isPresent();
    }
  }

  /** The rows of a table at a version: all rows, or those of an as-of date. */
  private record Counted(Pinned pinned, Optional<LocalDate> asOf) {}

  /** Rows on the driver, and what they are derived from. */
  private record Kept(Counted key, Dataset<Row> rows) {}

  /**
   * Up to this size a table is read as one partition. Spark then groups, joins and sorts it without
   * a shuffle: for so few rows the overhead of stages and tasks takes longer than one core needs
   * for the rows.
   */
  private static final long ONE_PARTITION_BYTES = 2 << 20;

  /** Rows that repeat are packed into a few bytes each, but cost a core as much as others. */
  private static final long ONE_PARTITION_ROWS = 100_000;

  /** Up to this size what is derived from a table may stay on the driver for the night. */
  private static final long KEPT_BYTES = 1 << 20;

  private static final long KEPT_ROWS = 20_000;

  private final SparkSession spark;
  private final String root;

  /**
   * Delta reads the log again for every time travel; a version never changes, so reading it once is
   * enough.
   */
  private final Map<Pinned, Loaded> snapshots = new ConcurrentHashMap<>();

  /**
   * Row counts: many jobs of a night read the same tables, and the job that wrote them has already
   * counted the rows.
   */
  private final Map<Counted, Long> counts = new ConcurrentHashMap<>();

  private final Map<Table, Kept> kept = new ConcurrentHashMap<>();

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
    Loaded loaded = loaded(table, version);
    return loaded.isSmall(Optional.empty()) ? loaded.rows().coalesce(1) : loaded.rows();
  }

  /**
   * The rows of an as-of date, with the as-of column; of a table of business dates those up to it.
   * As {@link #read(Table, long)}.
   */
  public Dataset<Row> readDate(Table table, long version, LocalDate asOf) {
    Loaded loaded = loaded(table, version);
    requireOneCopy(table, loaded);
    Dataset<Row> rows = loaded.rows().where(seen(table, asOf));
    return loaded.isSmall(partition(table, asOf)) ? rows.coalesce(1) : rows;
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

  private void requireOneCopy(Table table, Loaded loaded) {
    if (loaded.copied()) {
      throw PosException.badData(
          "the table is of a former version of this program, with a copy per as-of date",
          table + " at " + location(table),
          "Run a whole night: its first jobs rebuild the table from the source tables.");
    }
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
    TableChanges found =
        loaded(table, version)
            .log()
            .map(log -> log.since(place))
            .orElseGet(() -> TableChanges.unknown("it was changed while it was opened"));
    return new TableChanges(found.rows().map(rows -> hashed(table, rows)), found.unknown());
  }

  private Dataset<Row> hashed(Table table, Dataset<Row> rows) {
    Column[] columns = FormerSchema.columns(Contracts.of(table), rows.schema(), location(table));
    return rows.select(
        Stream.concat(
                Stream.of(columns),
                Stream.of(
                    functions.col(TableChanges.SIGN),
                    functions.xxhash64(columns).as(TableChanges.HASH)))
            .toArray(Column[]::new));
  }

  /** What the last write of a table of business dates left, see {@link Standing}. */
  public Optional<Standing> standing(Table table, long version) {
    return loaded(table, version).log().flatMap(TableLog::note).flatMap(Standing::of);
  }

  private Loaded loaded(Table table, long version) {
    return snapshots.computeIfAbsent(
        new Pinned(table, version), pinned -> load(table, version, newest(table)));
  }

  /** Remembers the version just committed, so that it need not be looked up. */
  void loaded(Table table, TableLog newest) {
    snapshots.computeIfAbsent(
        new Pinned(table, newest.version()), pinned -> load(table, newest.version(), newest));
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
    Optional<TableLog> log = loaded(table, version).log();
    boolean fewRows =
        log.flatMap(known -> known.listedRows(Optional.empty()))
            .filter(rows -> rows <= KEPT_ROWS)
            .isPresent();
    boolean fewBytes =
        log.flatMap(known -> known.listedBytes(Optional.empty()))
            .filter(bytes -> bytes <= KEPT_BYTES)
            .isPresent();
    if (!fewRows || !fewBytes) {
      return derived.get();
    }
    Counted key = new Counted(new Pinned(table, version), asOf);
    return kept.compute(
            table,
            (same, last) ->
                last != null && last.key().equals(key) ? last : new Kept(key, local(derived.get())))
        .rows();
  }

  private Dataset<Row> local(Dataset<Row> rows) {
    return spark.createDataFrame(rows.collectAsList(), rows.schema()).coalesce(1);
  }

  /** Drops the cached log of a table whose files were changed directly. */
  void forget(Table table) {
    snapshots.keySet().removeIf(pinned -> pinned.table() == table);
    kept.remove(table);
    counts.keySet().removeIf(counted -> counted.pinned().table() == table);
    TableLog.forget(spark, location(table));
  }

  /** Reads a version that is not the newest by time travel. */
  private Loaded load(Table table, long version, TableLog newest) {
    boolean isNewest = newest.version() == version;
    Dataset<Row> rows =
        isNewest
            ? newest.rows()
            : spark.read().format("delta").option("versionAsOf", version).load(location(table));
    Column[] columns = FormerSchema.columns(Contracts.of(table), rows.schema(), location(table));
    return new Loaded(
        rows.select(columns),
        isNewest ? Optional.of(newest) : Optional.empty(),
        FormerSchema.isCopiedByDate(Contracts.of(table), rows.schema()));
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
    Counted key = new Counted(new Pinned(table, version), asOf);
    Long known = counts.get(key);
    if (known == null) {
      // Counted outside the map's lock, so that concurrent jobs count at the same time; now and
      // then they count the same rows twice.
      known = listed(table, version, asOf).orElseGet(() -> queried(table, version, asOf));
      counts.put(key, known);
    }
    return known;
  }

  private Optional<Long> listed(Table table, long version, Optional<LocalDate> asOf) {
    Loaded loaded = loaded(table, version);
    if (asOf.isPresent() && Contracts.of(table).isHistory()) {
      requireOneCopy(table, loaded);
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
    counts.put(new Counted(new Pinned(table, version), Optional.of(asOf)), rows);
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
