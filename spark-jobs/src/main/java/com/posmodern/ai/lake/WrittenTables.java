package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.VerifiedWrite.Change;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables that are written to: found or made, with the properties that they must have. */
final class WrittenTables {
  private final Lake lake;
  private final Function<Table, Map<String, String>> marks;

  /**
   * @param marks properties of each table in addition to those from its contract
   */
  WrittenTables(Lake lake, Function<Table, Map<String, String>> marks) {
    this.lake = lake;
    this.marks = marks;
  }

  /**
   * The table that is written to.
   *
   * @param log null when the table did not exist and has just been created with the rows
   * @param verified result of verifying those first rows
   */
  record Found(TableLog log, long verified) {
    boolean isNew() {
      return log == null;
    }
  }

  /**
   * Finds a table, or makes it with its first rows: one commit instead of two, and a write that is
   * refused leaves no empty table.
   */
  Found found(
      Contract contract,
      Dataset<Row> rows,
      Optional<String> note,
      ToLongFunction<Dataset<Row>> verification) {
    Table table = contract.table();
    Optional<TableLog> found = lake.found(table);
    if (found.isEmpty()) {
      try {
        long verified =
            TableCreation.create(lake, contract, rows, marks.apply(table), note, verification);
        lake.traffic().committed();
        return new Found(null, verified);
      } catch (DeltaConcurrentModificationException conflict) {
        // Unless another process made it at the same moment.
        found = Optional.of(lake.found(table).orElseThrow(() -> conflict));
      }
    }
    return new Found(found.get(), 0);
  }

  /** The log of a table whose types are its contract's, with the properties it must have. */
  TableLog kept(Contract contract, TableLog found) {
    TableLog log = withProperties(contract, found);
    FormerSchema.requireTypes(contract, log.schema(), lake.location(contract.table()));
    return log;
  }

  /** Sets what a table made by a former version lacks. */
  TableLog withProperties(Contract contract, TableLog found) {
    Table table = contract.table();
    List<String> columns = List.of(found.schema().fieldNames());
    Map<String, String> kept = new TreeMap<>(TableProperties.ofFormer(contract, columns));
    kept.putAll(marks.apply(table));
    return keep(table, found, kept) ? lake.newest(table) : found;
  }

  /**
   * Sets the table properties that a table lacks; they are stored in the table's log.
   *
   * @param properties none may contain a quote
   */
  void keep(Table table, Map<String, String> properties) {
    if (!properties.isEmpty()) {
      keep(table, lake.newest(table), properties);
    }
  }

  private boolean keep(Table table, TableLog log, Map<String, String> properties) {
    Map<String, String> missing = new TreeMap<>(properties);
    missing.entrySet().removeAll(log.properties().entrySet());
    if (missing.isEmpty()) {
      return false;
    }
    String list =
        missing.entrySet().stream()
            .map(entry -> "'%s' = '%s'".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    lake.spark()
        .sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES (%s)".formatted(lake.location(table), list));
    lake.traffic().committed();
    return true;
  }

  /** One commit, verified on the files that it adds before they are visible. */
  long commit(
      Contract contract,
      Dataset<Row> rows,
      Change change,
      ToLongFunction<Dataset<Row>> verification) {
    long written =
        VerifiedWrite.commit(
            lake.spark(), lake.location(contract.table()), rows, change, verification);
    lake.traffic().committed();
    return written;
  }
}
