package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table at a version.
 *
 * @param rows all of them, with the contract's columns in the contract's order
 * @param log if it was the newest version when it was opened
 * @param copied of the former layout, see {@link FormerSchema#isCopiedByDate}
 */
record TableVersion(Dataset<Row> rows, Optional<TableLog> log, boolean copied) {
  /**
   * Up to this size a table is read as one partition. Spark then groups, joins and sorts it without
   * a shuffle: for so few rows the overhead of stages and tasks takes longer than one core needs
   * for the rows.
   */
  private static final Size ONE_PARTITION = new Size(2 << 20, 100_000);

  /** Up to this size what is derived from a table may stay on the driver for the night. */
  private static final Size ON_DRIVER = new Size(1 << 20, 20_000);

  /**
   * @param rows a limit of its own: rows that repeat are packed into a few bytes each, but cost a
   *     core as much as others
   */
  private record Size(long bytes, long rows) {}

  /** Opens a version; by time travel when it is not the newest. */
  static TableVersion open(
      SparkSession spark, String location, Contract contract, long version, TableLog newest) {
    boolean isNewest = newest.version() == version;
    Dataset<Row> rows =
        isNewest
            ? newest.rows()
            : spark.read().format("delta").option("versionAsOf", version).load(location);
    return new TableVersion(
        rows.select(FormerSchema.columns(contract, rows.schema(), location)),
        isNewest ? Optional.of(newest) : Optional.empty(),
        FormerSchema.isCopiedByDate(contract, rows.schema()));
  }

  /**
   * Whether the rows of an as-of date, or all of them, are best read as one partition.
   *
   * @param asOf empty for all rows
   */
  boolean fitsOnePartition(Optional<LocalDate> asOf) {
    return isWithin(ONE_PARTITION, asOf);
  }

  /** Whether what is derived from all rows may stay on the driver. */
  boolean fitsDriver() {
    return isWithin(ON_DRIVER, Optional.empty());
  }

  /** Only if the log says so. */
  private boolean isWithin(Size size, Optional<LocalDate> asOf) {
    return log.flatMap(known -> known.listedBytes(asOf))
            .filter(bytes -> bytes <= size.bytes())
            .isPresent()
        && log.flatMap(known -> known.listedRows(asOf))
            .filter(rows -> rows <= size.rows())
            .isPresent();
  }

  /**
   * @throws PosException bad data when the table has a copy per as-of date
   */
  void requireOneCopy(Table table, String location) {
    if (copied) {
      throw PosException.badData(
          "the table is of a former version of this program, with a copy per as-of date",
          table + " at " + location,
          "Run a whole night: its first jobs rebuild the table from the source tables.");
    }
  }
}
