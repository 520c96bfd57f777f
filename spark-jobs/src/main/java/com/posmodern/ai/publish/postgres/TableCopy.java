package com.posmodern.ai.publish.postgres;

import com.posmodern.ai.error.PosException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies a dataset into a table, one connection per task.
 *
 * <p>A task can run twice (lost executor, speculation). Each task inserts its number into {@code
 * loaded_parts} in the same transaction as its rows, so a second attempt finds it and adds no rows.
 */
final class TableCopy implements ForeachPartitionFunction<Row>, Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 16;

  private final PostgresAddress address;
  private final String schema;
  private final String table;
  private final String columns;

  private TableCopy(PostgresAddress address, String schema, String table, String columns) {
    this.address = address;
    this.schema = schema;
    this.table = table;
    this.columns = columns;
  }

  /** The table in which tasks record that they are done. */
  static String partsTable(String schema) {
    return """
        CREATE TABLE %s.loaded_parts (table_name text, part integer, PRIMARY KEY (table_name, part))"""
        .formatted(schema);
  }

  /**
   * Copies the rows.
   *
   * @param key rows are stored in its order, so that rows queried together are on the same page
   * @param rows all columns are copied, by name
   * @throws PosException infrastructure when a connection fails
   */
  static void copy(
      PostgresAddress address,
      String schema,
      String table,
      List<String> key,
      Dataset<Row> rows,
      int connections) {
    Column[] by = key.stream().map(functions::col).toArray(Column[]::new);
    rows.repartitionByRange(connections, by)
        .sortWithinPartitions(by)
        .foreachPartition(
            new TableCopy(address, schema, table, TillTable.names(Arrays.asList(rows.columns()))));
  }

  @Override
  public void call(Iterator<Row> rows) {
    try (Connection connection = address.open()) {
      connection.setAutoCommit(false);
      if (enter(connection)) {
        stream(connection, rows);
      }
      connection.commit();
    } catch (SQLException e) {
      throw PostgresErrors.explain(e, "%s, loading %s.%s".formatted(address, schema, table));
    }
  }

  private boolean enter(Connection connection) throws SQLException {
    try (PreparedStatement entry =
        connection.prepareStatement(
            "INSERT INTO %s.loaded_parts VALUES (?, ?) ON CONFLICT DO NOTHING".formatted(schema))) {
      entry.setString(1, table);
      entry.setInt(2, TaskContext.getPartitionId());
      return entry.executeUpdate() == 1;
    }
  }

  private void stream(Connection connection, Iterator<Row> rows) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY %s.%s (%s) FROM STDIN".formatted(schema, table, columns));
    try {
      StringBuilder lines = new StringBuilder(BUFFER + 1024);
      while (rows.hasNext()) {
        CopyText.append(lines, rows.next());
        if (lines.length() >= BUFFER) {
          write(copy, lines);
        }
      }
      write(copy, lines);
      copy.endCopy();
    } catch (SQLException | RuntimeException e) {
      cancel(copy, e);
      throw e;
    }
  }

  /** The original failure is more useful than the failure to cancel. */
  private static void cancel(CopyIn copy, Exception reason) {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static void write(CopyIn copy, StringBuilder lines) throws SQLException {
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    lines.setLength(0);
  }
}
