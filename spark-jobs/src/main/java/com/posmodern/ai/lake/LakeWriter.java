package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.VerifiedWrite.Change;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes tables. Each write is one Delta commit that either conforms to the contract or is not
 * made.
 *
 * <p>Row rules run inside the write. Keys and table rules can only be checked on the whole: on the
 * files, after they are written and before the commit makes them visible.
 */
public final class LakeWriter {
  private static final int COMMIT_ATTEMPTS = 5;

  private final Lake lake;
  private final WrittenTables tables;

  public LakeWriter(Lake lake) {
    this(lake, table -> Map.of());
  }

  /**
   * @param marks properties of each table in addition to those from its contract; set when the
   *     table is created, because every further commit costs time
   */
  public LakeWriter(Lake lake, Function<Table, Map<String, String>> marks) {
    this.lake = lake;
    this.tables = new WrittenTables(lake, marks);
  }

  /**
   * Replaces the rows of an as-of date, or a slice of them.
   *
   * @param rows the contract's columns without the as-of date, in any order
   * @param slice column values that, with the as-of date, select the rows to replace; empty for the
   *     whole date
   * @return rows written
   * @throws PosException bad data when the rows break the contract, infrastructure when the storage
   *     fails; the previous rows are then still in place
   */
  public long replace(Table table, LocalDate asOf, Dataset<Row> rows, Map<String, String> slice) {
    return replace(table, asOf, rows, RowScope.of(asOf, slice), slice.isEmpty());
  }

  /**
   * Replaces the rows of an as-of date that have one of the given column values, and leaves all
   * others alone.
   *
   * @param rows as for {@link #replace}; rows with other values are ignored
   * @return rows written
   * @throws PosException as {@link #replace}; bad data when the date has no rows yet, because the
   *     date would then be incomplete
   */
  public long replaceAmong(
      Table table, LocalDate asOf, Dataset<Row> rows, String column, List<String> values) {
    if (!lake.exists(table) || lake.count(table, lake.version(table), Optional.of(asOf)) == 0) {
      throw PosException.badData(
          "as-of date %s has no rows yet, so a part of them cannot be replaced".formatted(asOf),
          table + " at " + lake.location(table),
          "Run the jobs for the whole date first.");
    }
    Dataset<Row> some = rows.where(col(column).isin(values.toArray()));
    return replace(table, asOf, some, RowScope.among(asOf, column, values), false);
  }

  /**
   * Replaces the rows of an as-of date that have one of the given column values; all given rows
   * have one of them, and the date may have no rows yet.
   *
   * @return rows written
   * @throws PosException as {@link #replace}
   */
  public long replaceWith(
      Table table, LocalDate asOf, Dataset<Row> rows, String column, List<String> values) {
    return replace(table, asOf, rows, RowScope.among(asOf, column, values), false);
  }

  private long replace(
      Table table, LocalDate asOf, Dataset<Row> rows, String scope, boolean whole) {
    Contract contract = Contracts.of(table);
    Dataset<Row> dated = rows.withColumn(Columns.AS_OF_DATE, lit(java.sql.Date.valueOf(asOf)));
    // Concurrent jobs write slices of one ledger: within this process, one after the other.
    synchronized (lake.lockOf(table)) {
      try {
        Dataset<Row> checked =
            RowRules.enforced(contract, ContractColumns.inOrder(contract, dated));
        long written = write(contract, asOf, checked, scope);
        TableLog newest = lake.newest(table);
        lake.loaded(table, newest);
        if (whole) {
          lake.counted(table, newest.version(), asOf, written);
        }
        return written;
      } catch (Exception | FSError e) {
        throw StorageErrors.explain(e, "writing " + table + " for " + asOf);
      }
    }
  }

  private long write(Contract contract, LocalDate asOf, Dataset<Row> rows, String scope) {
    WrittenTables.Found found =
        tables.found(
            contract,
            rows,
            Optional.empty(),
            added -> TableRules.verify(contract, added.where(scope)));
    if (found.isNew()) {
      return found.verified();
    }
    return holdsNothingOf(tables.kept(contract, found.log()), asOf)
        ? commit(contract, rows, Change.APPEND, scope)
        : replaceScope(contract, rows, scope);
  }

  /**
   * Whether there is nothing to replace, so that rows can be appended: to find the files to
   * replace, Delta reconstructs the whole log, which takes longer than writing a few rows. Only for
   * a lake in a folder, where no other process writes at the same time (the command line's lock).
   */
  private boolean holdsNothingOf(TableLog log, LocalDate asOf) {
    return !lake.root().contains(":/")
        && log.listedRows(Optional.of(asOf)).filter(rows -> rows == 0).isPresent();
  }

  /** Columns that the contract gained after the table was created are added by the write. */
  static DataFrameWriter<Row> delta(Dataset<Row> rows, String mode) {
    return rows.write().format("delta").mode(mode).option("mergeSchema", "true");
  }

  private void append(Contract contract, Dataset<Row> rows) {
    delta(rows, "append").save(lake.location(contract.table()));
    lake.traffic().committed();
  }

  /**
   * One commit. If another process commits a slice of the same ledger at the same time, Delta
   * refuses this commit, and it is repeated on the new version.
   */
  private long replaceScope(Contract contract, Dataset<Row> rows, String scope) {
    for (int attempt = 1; ; attempt++) {
      try {
        return commit(contract, rows, Change.replacing(scope), scope);
      } catch (DeltaConcurrentModificationException conflict) {
        if (contract.table().layer() != Layer.OPS || attempt == COMMIT_ATTEMPTS) {
          throw conflict;
        }
      }
    }
  }

  /** Keys and table rules are verified on the files that were written, before they are visible. */
  private long commit(Contract contract, Dataset<Row> rows, Change change, String scope) {
    return tables.commit(
        contract, rows, change, added -> TableRules.verify(contract, added.where(scope)));
  }

  /** Appends to a ledger that is never rewritten. */
  public void append(Table table, LocalDate asOf, Dataset<Row> rows) {
    Contract contract = Contracts.of(table);
    Dataset<Row> dated = rows.withColumn(Columns.AS_OF_DATE, lit(java.sql.Date.valueOf(asOf)));
    try {
      Dataset<Row> checked = RowRules.enforced(contract, ContractColumns.inOrder(contract, dated));
      WrittenTables.Found found = tables.found(contract, checked, Optional.empty(), added -> 0);
      if (!found.isNew()) {
        tables.kept(contract, found.log());
        append(contract, checked);
      }
    } catch (Exception | FSError e) {
      throw StorageErrors.explain(e, "appending to " + table + " for " + asOf);
    }
  }

  /**
   * Replaces a whole source table. Its rows may break the contract: the quality job handles that.
   *
   * @return rows written
   */
  public long replaceSource(Table table, Dataset<Row> rows) {
    requireSource(table);
    try {
      Contract contract = Contracts.of(table);
      Dataset<Row> all = ContractColumns.inOrder(contract, rows);
      WrittenTables.Found found = tables.found(contract, all, Optional.empty(), added -> 0);
      if (!found.isNew()) {
        // All rows go, and so may columns of another type.
        TableLog log = tables.withProperties(contract, found.log());
        boolean anew = !FormerSchema.hasTypes(contract, log.schema());
        delta(all, "overwrite")
            .option("overwriteSchema", Boolean.toString(anew))
            .save(lake.location(table));
        lake.traffic().committed();
      }
      return lake.count(table, lake.version(table), Optional.empty());
    } catch (Exception | FSError e) {
      throw StorageErrors.explain(e, "writing " + table);
    }
  }

  /**
   * Merges changes into a source table by primary key, in one commit.
   *
   * @param changes the contract's columns and the action for each row; one row per key
   * @param action column with {@code insert}, {@code update} or {@code delete}
   */
  public void mergeSource(Table table, Dataset<Row> changes, String action) {
    requireSource(table);
    Contract contract = Contracts.of(table);
    String sameKey =
        String.join(
            " AND ",
            contract.primaryKey().stream().map(key -> "t.%s = s.%s".formatted(key, key)).toList());
    Map<String, String> values =
        contract.columnNames().stream()
            .collect(Collectors.toMap(name -> name, name -> "s." + name));
    try {
      if (!lake.exists(table)) {
        TableCreation.create(lake, contract);
        lake.traffic().committed();
      }
      tables.kept(contract, lake.newest(table));
      DeltaTable.forPath(lake.spark(), lake.location(table))
          .as("t")
          .merge(changes.as("s"), sameKey)
          .withSchemaEvolution()
          .whenMatched("s.%s = 'delete'".formatted(action))
          .delete()
          .whenMatched()
          .updateExpr(values)
          .whenNotMatched("s.%s <> 'delete'".formatted(action))
          .insertExpr(values)
          .execute();
      lake.traffic().committed();
    } catch (Exception | FSError e) {
      throw StorageErrors.explain(e, "merging into " + table);
    }
  }

  private static void requireSource(Table table) {
    if (table.layer() != Layer.SOURCE) {
      throw new IllegalArgumentException(table + " is not a source table");
    }
  }

  /**
   * Sets the table properties that a table lacks; they are stored in the table's log.
   *
   * @param properties none may contain a quote
   */
  public void keep(Table table, Map<String, String> properties) {
    tables.keep(table, properties);
  }
}
