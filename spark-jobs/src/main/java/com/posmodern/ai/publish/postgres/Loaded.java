package com.posmodern.ai.publish.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A publication as PostgreSQL holds it.
 *
 * @param number its place in the order of loads
 * @param contents what it holds of each table, by the table's name
 */
record Loaded(int number, String id, Map<String, Content> contents) {

  /**
   * One table of it.
   *
   * @param baseNo publication whose base the rows stand in
   * @param baseRows rows that stand in the base, valid or not
   */
  record Content(String table, int baseNo, long baseRows) {}

  /** The last one that was loaded to its end. */
  static Optional<Loaded> newest(PostgresSession session) {
    return find(
        session,
        "WHERE loaded_at IS NOT NULL AND publication_no = (SELECT max(publication_no) FROM pos_admin.contents)");
  }

  /** The one of that id, when it was loaded to its end and not yet dropped. */
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
