package com.posmodern.ai.publish.postgres;

import com.posmodern.ai.error.PosException;
import java.sql.SQLException;

/** Translates exceptions of PostgreSQL and its driver into an error with location and remedy. */
final class PostgresErrors {
  private PostgresErrors() {}

  /**
   * Explains a failure by its SQLSTATE.
   *
   * @param where the operation and its target
   */
  static PosException explain(SQLException thrown, String where) {
    String state = thrown.getSQLState() == null ? "" : thrown.getSQLState();
    String what = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("no message");
    if (state.equals("22021") || state.equals("22P05")) {
      return PosException.badData(
          what, where, "PostgreSQL cannot store such a text; correct it in the source tables.");
    }
    return PosException.infrastructure(what, where, remedy(state), thrown);
  }

  private static String remedy(String state) {
    if (state.equals("08001")) {
      return "Start the server (here: scripts/postgres start), or correct publish.postgres.url;"
          + " readers keep the previous publication";
    }
    if (state.startsWith("28")) {
      return "Correct publish.postgres.user, or the password in POS_POSTGRES_PASSWORD, PGPASSWORD or"
          + " pgpass";
    }
    if (state.equals("3D000")) {
      return "Create the database, or correct publish.postgres.url";
    }
    if (state.startsWith("08") || state.startsWith("57P")) {
      return "The server went away; run again when it is back. Readers keep the previous publication";
    }
    if (state.equals("53100")) {
      return "The server's disk is full: free space and run again. Readers keep the previous"
          + " publication";
    }
    if (state.equals("42501")) {
      return "Grant the loading user CREATE on the database and ownership of the schemas pos,"
          + " pos_rows and pos_admin";
    }
    return "Run again; readers keep the previous publication. SQLSTATE " + state;
  }
}
