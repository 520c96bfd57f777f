package com.posmodern.ai.publish.postgres;

import java.util.ArrayList;
import java.util.List;

/** Removes everything that no kept publication needs, without making a reader wait. */
final class OldVersions {
  /** A partition in a schema {@code pos_<publication>}. */
  private record Partition(String schema, String table, boolean half) {}

  private static final int PATIENCE_SECONDS = 60;

  private OldVersions() {}

  /** Removes incomplete loads. */
  static void dropUnfinished(PostgresSession session) {
    for (String id :
        session.all(
            "SELECT publication_id FROM pos_admin.publications WHERE loaded_at IS NULL",
            row -> row.getString(1))) {
      session.run("DROP SCHEMA IF EXISTS %s CASCADE".formatted(PostgresLayout.schema(id)));
      session.update("DELETE FROM pos_admin.publications WHERE publication_id = ?", id);
    }
  }

  /**
   * Drops all but the newest publications and the visible one, then the bases that no publication
   * uses any more. A base that is being read for longer than a minute is kept until the next run.
   *
   * @return the bases that could not be dropped
   */
  static List<String> drop(PostgresSession session, int kept) {
    List<String> left = new ArrayList<>();
    session.update(
        """
        DELETE FROM pos_admin.contents WHERE publication_no NOT IN (
          SELECT publication_no FROM (
            SELECT DISTINCT publication_no FROM pos_admin.contents ORDER BY 1 DESC LIMIT ?) newest
          UNION SELECT publication_no FROM pos_admin.visible)""",
        kept);
    for (Partition partition : unused(session)) {
      String name = partition.schema() + "." + partition.table();
      if (!detach(session, partition)
          || !session.runWithin(PATIENCE_SECONDS, "DROP TABLE " + name)) {
        left.add(name);
      }
    }
    List<String> empty =
        session.all(
            """
            SELECT p.publication_id FROM pos_admin.publications p
            WHERE p.loaded_at IS NOT NULL
              AND NOT EXISTS (SELECT FROM pos_admin.contents c
                              WHERE p.publication_no IN (c.publication_no, c.base_no))
              AND NOT EXISTS (SELECT FROM pg_class t
                              WHERE t.relnamespace = to_regnamespace('pos_' || p.publication_id)
                                AND t.relispartition)""",
            row -> row.getString(1));
    for (String id : empty) {
      session.run("DROP SCHEMA IF EXISTS %s CASCADE".formatted(PostgresLayout.schema(id)));
      session.update("DELETE FROM pos_admin.publications WHERE publication_id = ?", id);
    }
    return left;
  }

  private static List<Partition> unused(PostgresSession session) {
    return session.all(
        """
        SELECT n.nspname, t.relname, i.inhdetachpending
        FROM pg_inherits i
        JOIN pg_class t ON t.oid = i.inhrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace
        JOIN pg_class parent ON parent.oid = i.inhparent
        JOIN pos_admin.publications p ON n.nspname = 'pos_' || p.publication_id
        WHERE parent.relnamespace = 'pos_rows'::regnamespace
          AND NOT EXISTS (SELECT FROM pos_admin.contents c
                          WHERE c.base_no = p.publication_no AND c.table_name = t.relname)""",
        row -> new Partition(row.getString(1), row.getString(2), row.getBoolean(3)));
  }

  /** Concurrently, because the plain form locks the parent table and blocks every till. */
  private static boolean detach(PostgresSession session, Partition partition) {
    return session.runWithin(
        PATIENCE_SECONDS,
        "ALTER TABLE %s.%s DETACH PARTITION %s.%s %s"
            .formatted(
                PostgresLayout.ROWS,
                partition.table(),
                partition.schema(),
                partition.table(),
                partition.half() ? "FINALIZE" : "CONCURRENTLY"));
  }
}
