package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The tables below one root, each a Delta table that keeps its contract. */
public final class Lake {
  /** A table at a version. */
  private record Pinned(Table table, long version) {}

  /** Its rows, and its log where it was the newest version when it was loaded. */
  private record Loaded(Dataset<Row> rows, Optional<TableLog> log) {
    boolean isSmall(Optional<LocalDate> asOf) {
      return log.flatMap(known -> known.listedBytes(asOf))
          .filter(bytes -> bytes <= ONE_PARTITION_BYTES)
          .isPresent();
    }
  }

  /** The rows of a table at a version, all or those of an as-of date. */
  private record Counted(Pinned pinned, Optional<LocalDate> asOf) {}

  /**
   * Rows that take no more are read as one partition. Spark then groups, joins and sorts them
   * without a shuffle, its stages and their tasks: on so little (100,000 sales lines) those take
   * longer than one core takes for the rows.
   */
  private static final long ONE_PARTITION_BYTES = 2 << 20;

  private final SparkSession spark;
  private final String root;

  /** Delta reads the log anew for every time travel; a version never changes, so once is enough. */
  private final Map<Pinned, Loaded> snapshots = new ConcurrentHashMap<>();

  /** Many jobs of a night read the same tables, and the one that wrote them has counted. */
  private final Map<Counted, Long> counts = new ConcurrentHashMap<>();

  private final Map<Table, Object> locks = new ConcurrentHashMap<>();

  private final LogTraffic traffic;

  public Lake(SparkSession spark, String root) {
    this.spark = spark;
    this.root = absolute(root).replaceAll("/+$", "");
    this.traffic = new LogTraffic(spark);
  }

  /**
   * The whole path of a folder; an address in another file system as it is. Delta takes a relative
   * path for the name of a table.
   */
  public static String absolute(String folder) {
    return folder.contains(":/")
        ? folder
        : java.nio.file.Path.of(folder).toAbsolutePath().toString();
  }

  /** What writers of the table in this process hold while they write. */
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

  public String location(Table table) {
    return root + "/" + table.path();
  }

  /**
   * Whether the table is there.
   *
   * @throws PosException bad data when files lie there that are no Delta table; infrastructure when
   *     the storage does not answer
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
            "is no Delta table: it has no _delta_log",
            table + " at " + location,
            "Import the files with the import command, or remove the folder.");
      }
      // Not as Delta holds it: another process may have made the table since.
      return Optional.of(newest(table)).filter(log -> log.version() >= 0);
    } catch (IOException e) {
      throw StorageErrors.explain(e, table + " at " + location);
    }
  }

  /** Whether a table that does not exist has the folder of one. */
  boolean isBegun(Table table) {
    Path path = new Path(location(table));
    try {
      return path.getFileSystem(spark.sessionState().newHadoopConf()).exists(path);
    } catch (IOException e) {
      throw StorageErrors.explain(e, table + " at " + path);
    }
  }

  /**
   * The newest Delta version.
   *
   * @throws PosException bad data when the table is not there
   */
  public long version(Table table) {
    return found(table)
        .orElseThrow(
            () ->
                PosException.badData(
                    "the table is missing",
                    table + " at " + location(table),
                    table.layer() == Layer.SOURCE
                        ? "Import it (import), make a sample lake (sample), or mend --lake."
                        : "Run the job that writes it first; describe names it."))
        .version();
  }

  /** The properties that the table's log holds. */
  public Map<String, String> properties(Table table) {
    return newest(table).properties();
  }

  /** Delta's names of the features that a reader or writer of the table must know. */
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

  /** The rows of an as-of date, with the as-of column; as {@link #read(Table, long)}. */
  public Dataset<Row> readDate(Table table, long version, LocalDate asOf) {
    Loaded loaded = loaded(table, version);
    Dataset<Row> rows = loaded.rows().where(isOf(asOf));
    return loaded.isSmall(Optional.of(asOf)) ? rows.coalesce(1) : rows;
  }

  private Loaded loaded(Table table, long version) {
    return snapshots.computeIfAbsent(
        new Pinned(table, version), pinned -> load(table, version, newest(table)));
  }

  /** What was just committed need not be looked up again. */
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

  /** What was held of the table's log: its files were changed under it. */
  void forget(Table table) {
    snapshots.keySet().removeIf(pinned -> pinned.table() == table);
    counts.keySet().removeIf(counted -> counted.pinned().table() == table);
    TableLog.forget(spark, location(table));
  }

  /** A version that is not the newest is a time travel. */
  private Loaded load(Table table, long version, TableLog newest) {
    boolean isNewest = newest.version() == version;
    Dataset<Row> rows =
        isNewest
            ? newest.rows()
            : spark.read().format("delta").option("versionAsOf", version).load(location(table));
    Column[] columns = FormerSchema.columns(Contracts.of(table), rows.schema(), location(table));
    return new Loaded(rows.select(columns), isNewest ? Optional.of(newest) : Optional.empty());
  }

  TableLog newest(Table table) {
    traffic.read();
    return TableLog.newest(spark, location(table));
  }

  /**
   * Rows of a table at a version.
   *
   * @param asOf the as-of date whose rows are counted; empty for all
   */
  public long count(Table table, long version, Optional<LocalDate> asOf) {
    Counted key = new Counted(new Pinned(table, version), asOf);
    Long known = counts.get(key);
    if (known == null) {
      // Not while the map is held: jobs side by side count at the same time, now and then the same.
      known = listed(table, version, asOf).orElseGet(() -> queried(table, version, asOf));
      counts.put(key, known);
    }
    return known;
  }

  private Optional<Long> listed(Table table, long version, Optional<LocalDate> asOf) {
    return loaded(table, version).log().flatMap(log -> log.listedRows(asOf));
  }

  private long queried(Table table, long version, Optional<LocalDate> asOf) {
    Dataset<Row> rows = read(table, version);
    return count(asOf.map(date -> rows.where(isOf(date))).orElse(rows));
  }

  /** Remembers what was counted while it was checked. */
  void counted(Table table, long version, LocalDate asOf, long rows) {
    counts.put(new Counted(new Pinned(table, version), Optional.of(asOf)), rows);
  }

  /** Condition on the as-of date. */
  public static Column isOf(LocalDate asOf) {
    return functions.col(Columns.AS_OF_DATE).equalTo(functions.lit(java.sql.Date.valueOf(asOf)));
  }

  /** Rows of a dataset; {@link #count(Table, long, Optional)} may know them without asking. */
  public static long count(Dataset<Row> rows) {
    return rows.agg(functions.count(functions.lit(1))).head().getLong(0);
  }
}
