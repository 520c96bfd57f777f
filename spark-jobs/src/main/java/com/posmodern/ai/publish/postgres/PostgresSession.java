package com.posmodern.ai.publish.postgres;

import com.posmodern.ai.error.PosException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The driver's one connection while it loads or switches, with an advisory lock: two concurrent
 * loads would each remove the other's unfinished load as incomplete.
 *
 * <p>Every method throws {@link PosException} instead of {@link SQLException}.
 */
final class PostgresSession implements AutoCloseable {
  private static final int VALID_WITHIN_SECONDS = 5;
  private static final int OLDEST = 150000;
  private static final String TIMED_OUT = "57014";

  /** Reads one row of a result. */
  interface Reading<T> {
    T row(ResultSet row) throws SQLException;
  }

  private final PostgresAddress address;
  private final Connection connection;
  private boolean locked;

  private PostgresSession(PostgresAddress address, Connection connection) {
    this.address = address;
    this.connection = connection;
  }

  /** Opens a session that only reads; takes no lock. */
  static PostgresSession reading(PostgresAddress address) {
    return new PostgresSession(address, address.open());
  }

  /**
   * Opens a session that loads or switches; holds the lock until closed.
   *
   * @throws PosException infrastructure when another process holds it, or the server is too old
   */
  static PostgresSession writing(PostgresAddress address) {
    PostgresSession session = reading(address);
    try {
      int version = session.one("SHOW server_version_num", row -> row.getInt(1)).orElseThrow();
      if (version < OLDEST) {
        throw PosException.infrastructure(
            "the server's version is " + version, address.toString(), "Use 15 or newer.", null);
      }
      String lock = "SELECT pg_try_advisory_lock(hashtext('pos-modern-ai publish'))";
      if (!session.one(lock, row -> row.getBoolean(1)).orElseThrow()) {
        throw PosException.infrastructure(
            "another process is publishing to it",
            address.toString(),
            "Wait until it has ended, then run again.",
            null);
      }
      session.locked = true;
      return session;
    } catch (Throwable e) {
      session.close();
      throw e;
    }
  }

  /** Runs statements one by one, each its own transaction unless inside {@link #together}. */
  void run(String... statements) {
    for (String statement : statements) {
      update(statement);
    }
  }

  /** Runs a statement that may have to wait for locks; false when it timed out. */
  boolean runWithin(int seconds, String statement) {
    update("SET statement_timeout = '%ds'".formatted(seconds));
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      prepared.executeLargeUpdate();
      return true;
    } catch (SQLException e) {
      if (TIMED_OUT.equals(e.getSQLState())) {
        return false;
      }
      throw explain(e, statement);
    } finally {
      update("RESET statement_timeout");
    }
  }

  /** Runs a statement and returns the number of rows it changed. */
  long update(String statement, Object... parameters) {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      bind(prepared, parameters);
      return prepared.executeLargeUpdate();
    } catch (SQLException e) {
      throw explain(e, statement);
    }
  }

  <T> List<T> all(String query, Reading<T> reading, Object... parameters) {
    try (PreparedStatement prepared = connection.prepareStatement(query)) {
      bind(prepared, parameters);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = prepared.executeQuery()) {
        while (rows.next()) {
          found.add(reading.row(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw explain(e, query);
    }
  }

  <T> Optional<T> one(String query, Reading<T> reading, Object... parameters) {
    return all(query, reading, parameters).stream().findFirst();
  }

  /** Runs everything in one transaction. */
  void together(Runnable work) {
    try {
      connection.setAutoCommit(false);
      try {
        work.run();
        connection.commit();
      } catch (Throwable e) {
        // For any exception: ending the transaction by setAutoCommit would commit a part of it.
        if (!connection.isClosed()) {
          connection.rollback();
        }
        throw e;
      } finally {
        if (!connection.isClosed()) {
          connection.setAutoCommit(true);
        }
      }
    } catch (SQLException e) {
      throw explain(e, "a transaction");
    }
  }

  private static void bind(PreparedStatement prepared, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      prepared.setObject(i + 1, parameters[i]);
    }
  }

  private PosException explain(SQLException e, String statement) {
    String first = statement.strip().lines().findFirst().orElse("");
    return PostgresErrors.explain(e, address + ", at " + first);
  }

  @Override
  public void close() {
    try (connection) {
      // The server notices a closed connection with a delay; until then the lock would be held.
      if (locked && connection.isValid(VALID_WITHIN_SECONDS)) {
        try (Statement unlock = connection.createStatement()) {
          unlock.execute("SELECT pg_advisory_unlock_all()");
        }
      }
    } catch (SQLException e) {
      throw PostgresErrors.explain(e, address.toString());
    }
  }
}
