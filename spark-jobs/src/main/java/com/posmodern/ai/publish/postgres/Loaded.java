package com.posmodern.ai.publish.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A publication as loaded into PostgreSQL.
 *
 * @param number sequence number of the load
 * @param contents its tables, by name
 */
record Loaded(int number, String id, Map<String, Content> contents) {

  /**
   * One table of it.
   *
   * @param baseNo number of the publication whose base contains the rows
   * @param baseRows number of rows in the base, valid or not
   */
  record Content(String table, int baseNo, long baseRows) {}

  /** The last publication that was loaded completely. */
  static Optional<Loaded> newest(PostgresSession session) {
    return find(
        session,
        "WHERE loaded_at IS NOT NULL AND publication_no = (SELECT max(publication_no) FROM pos_admin.contents)");
  }

  /** The publication with that id, if it was loaded completely and not yet dropped. */
  static Optional<Loaded> of(PostgresSession session, String id) {
    return find(
        session,
        "WHERE loaded_at IS NOT NULL AND publication_id = ? AND publication_no IN (SELECT publication_no FROM pos_admin.contents)",
        id);
  }

  private static Optional<Loaded> find(PostgresSession session, String which, Object... values) {
    return session
        .one(
            "SELECT publication_no, publication_id FROM pos_admin.publications " + which,
            row -> new Loaded(row.getInt(1), row.getString(2), Map.of()),
            values)
        .map(found -> new Loaded(found.number, found.id, contents(session, found.number)));
  }

  private static Map<String, Content> contents(PostgresSession session, int number) {
    return session
        .all(
            """
            SELECT table_name, base_no, base_rows FROM pos_admin.contents
            WHERE publication_no = ?""",
            Loaded::content,
            number)
        .stream()
        .collect(Collectors.toMap(Content::table, content -> content));
  }

  private static Content content(ResultSet row) throws SQLException {
    return new Content(row.getString(1), row.getInt(2), row.getLong(3));
  }
}
