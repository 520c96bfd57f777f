package com.posmodern.ai.source.jdbc;

import com.posmodern.ai.error.PosException;
import java.sql.SQLException;
import java.util.Set;

/** Says what failed at a database: whom to ask, and whether trying again is worth it. */
final class DatabaseErrors {
  /** PostgreSQL; SQL Server; Oracle by number, below. */
  private static final Set<String> NO_TABLE = Set.of("42P01", "S0002", "3F000");

  private static final Set<String> NO_COLUMN = Set.of("42703", "S0001");
  private static final Set<String> NO_DATABASE = Set.of("3D000");
  private static final Set<String> NOT_ALLOWED = Set.of("42501");
  private static final Set<String> WRITES = Set.of("25006");
  private static final int ORACLE_NO_TABLE = 942;
  private static final int ORACLE_LOGIN = 1017;
  private static final int SQL_SERVER_LOGIN = 18456;

  private DatabaseErrors() {}

  /** An error with place and remedy, of whatever reading from a database has thrown. */
  static RuntimeException explain(Exception thrown, String place) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof PosException explained) {
        return explained;
      }
      if (t instanceof SQLException database) {
        return explain(database, place);
      }
    }
    return thrown instanceof RuntimeException unexplained
        ? unexplained
        : new IllegalStateException(place, thrown);
  }

  private static PosException explain(SQLException e, String place) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    int code = e.getErrorCode();
    String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
    if (what.startsWith("No suitable driver")) {
      return PosException.usage(
          "there is no driver for this address", place, "Put the driver's jar on the class path.");
    }
    if (state.startsWith("28") || code == ORACLE_LOGIN || code == SQL_SERVER_LOGIN) {
      return PosException.usage(
          "the database refuses the credentials: " + what,
          place,
          "Correct the variables that database.user and database.password name.");
    }
    if (NO_DATABASE.contains(state)) {
      return PosException.usage(what, place, "Correct database.url.");
    }
    if (NOT_ALLOWED.contains(state)) {
      return PosException.usage(what, place, "Grant the user SELECT on the table.");
    }
    if (NO_TABLE.contains(state) || code == ORACLE_NO_TABLE) {
      return PosException.badData(
          "there is no such table: " + what,
          place,
          "Bring it back, or correct the file. The lake keeps what it has.");
    }
    if (NO_COLUMN.contains(state)) {
      return PosException.badData(
          what, place, "Bring the column back, or correct the file. The lake keeps what it has.");
    }
    if (WRITES.contains(state)) {
      return PosException.badData(
          "reading it would write: " + what, place, "Name a table or view that only reads.");
    }
    return PosException.infrastructure(
        what,
        place,
        "Run again when the database answers; what was read so far is kept. SQLSTATE " + state,
        e);
  }
}
