package com.posmodern.ai.publish.postgres;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedRows;
import com.posmodern.ai.publish.ReaderTarget;
import com.posmodern.ai.publish.postgres.PostgresLayout.ViewColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The till's readers: PostgreSQL or Aurora. See {@link PostgresLayout} for its schemas. */
public final class PostgresTarget implements ReaderTarget {
  private final PublishSettings.Postgres settings;
  private final PostgresAddress address;
  private final PublishedRows rows;
  private final Function<String, Optional<Publication>> ledger;

  /**
   * The target of these settings.
   *
   * @param ledger looks up a recorded publication by its id
   */
  public PostgresTarget(
      PublishSettings.Postgres settings,
      PublishedRows rows,
      Function<String, Optional<Publication>> ledger) {
    this.settings = settings;
    this.address = PostgresAddress.of(settings);
    this.rows = rows;
    this.ledger = ledger;
  }

  @Override
  public String reader() {
    return "till";
  }

  @Override
  public String prepare(Publication publication) {
    try (PostgresSession session = PostgresSession.writing(address)) {
      boolean sameColumns = keepLayout(session);
      OldVersions.dropUnfinished(session);
      if (Loaded.of(session, publication.id()).isPresent()) {
        return "loaded already";
      }
      return new PublicationLoad(session, address, settings, rows, publication)
          // Earlier rows have no value in a new column: then every table is loaded completely.
          .run(sameColumns ? ledger : id -> Optional.empty());
    }
  }

  @Override
  public void show(Publication publication) {
    try (PostgresSession session = PostgresSession.writing(address)) {
      Loaded loaded =
          Loaded.of(session, publication.id())
              .orElseThrow(
                  () ->
                      PosException.usage(
                          "publication %s is not loaded".formatted(publication.id()),
                          address.toString(),
                          "Load it first."));
      session.together(() -> switchTo(session, loaded));
    }
  }

  /** Deleting and inserting in one transaction: a reader sees the old rows until it commits. */
  private static void switchTo(PostgresSession session, Loaded loaded) {
    session.update("DELETE FROM pos_admin.visible");
    session.update(
        """
        INSERT INTO pos_admin.visible
        SELECT c.table_name, c.publication_no, c.base_no, p.publication_id, p.as_of_date,
               c.model_version, now()
        FROM pos_admin.contents c JOIN pos_admin.publications p USING (publication_no)
        WHERE c.publication_no = ?""",
        loaded.number());
  }

  @Override
  public Optional<String> visible() {
    try (PostgresSession session = PostgresSession.reading(address)) {
      return hasLayout(session)
          ? session.one(
              "SELECT DISTINCT publication_id FROM pos_admin.visible", row -> row.getString(1))
          : Optional.empty();
    }
  }

  @Override
  public Optional<String> dropOld(int kept) {
    try (PostgresSession session = PostgresSession.writing(address)) {
      List<String> left = OldVersions.drop(session, kept);
      return left.isEmpty()
          ? Optional.empty()
          : Optional.of("still being read, dropped next time: " + String.join(", ", left));
    }
  }

  /** One transaction: a till sees either all rows of the customer or none. */
  @Override
  public String erase(Optional<Publication> visible, List<String> customers) {
    try (PostgresSession session = PostgresSession.writing(address)) {
      if (!hasLayout(session)) {
        return "nothing has been loaded yet";
      }
      OldVersions.dropUnfinished(session);
      long[] deleted = {0};
      session.together(() -> deleted[0] = CustomerDeletion.delete(session, customers));
      List<String> left = OldVersions.drop(session, 0);
      if (!left.isEmpty()) {
        throw PosException.infrastructure(
            "versions that are being read could not be dropped: " + String.join(", ", left),
            address.toString(),
            "End the long queries there, then run again.",
            null);
      }
      CustomerDeletion.vacuum(session);
      return "%,d rows deleted; all but the visible publication dropped".formatted(deleted[0]);
    }
  }

  /**
   * Updates schemas, tables and views to the contracts. They change only when a contract changes:
   * replacing a view waits for its readers and blocks new ones.
   *
   * @return whether the loaded rows have a value for every column
   * @throws PosException usage when a contract gives a column another type; nothing is changed then
   */
  private boolean keepLayout(PostgresSession session) {
    requireReaderRole(session);
    PostgresLayout layout = new PostgresLayout(settings.readerRole());
    String fingerprint = Fingerprint.of(layout.statements());
    boolean upToDate =
        hasLayout(session)
            && session
                .one("SELECT fingerprint FROM pos_admin.layout", row -> row.getString(1))
                .equals(Optional.of(fingerprint));
    if (upToDate) {
      return true;
    }
    Map<String, List<ViewColumn>> views = columns(session, "v", PostgresLayout.VIEWS);
    KeptTypes.require(columns(session, "p", PostgresLayout.ROWS), views, address.toString());
    // One at a time: holding locks of several views at once risks deadlocks with readers.
    session.run("SET lock_timeout = '5s'");
    String columns =
        "SELECT table_name || '.' || column_name FROM information_schema.columns"
            + " WHERE table_schema = 'pos_rows'";
    Set<String> found = Set.copyOf(session.all(columns, row -> row.getString(1)));
    List<String> added = LayoutChanges.added(found);
    added.forEach(session::run);
    Set<String> never =
        Set.copyOf(session.all(columns + " AND is_nullable = 'NO'", row -> row.getString(1)));
    LayoutChanges.loosened(never).forEach(session::run);
    LayoutChanges.abandoned(never).forEach(session::run);
    layout.statements(views).forEach(session::run);
    session.run("RESET lock_timeout", "DELETE FROM pos_admin.layout");
    session.update("INSERT INTO pos_admin.layout VALUES (?)", fingerprint);
    return added.isEmpty();
  }

  /**
   * The columns of a schema's relations in their order, by relation.
   *
   * @param kind v for views, p for partitioned tables
   */
  private static Map<String, List<ViewColumn>> columns(
      PostgresSession session, String kind, String schema) {
    Map<String, List<ViewColumn>> found = new HashMap<>();
    session.all(
        """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
        FROM pg_attribute a
          JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relkind::text = ? AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY c.relname, a.attnum""",
        row ->
            found
                .computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                .add(new ViewColumn(row.getString(2), row.getString(3))),
        schema,
        kind);
    return found;
  }

  private static boolean hasLayout(PostgresSession session) {
    return session
        .one("SELECT to_regclass('pos_admin.layout') IS NOT NULL", row -> row.getBoolean(1))
        .orElseThrow();
  }

  private void requireReaderRole(PostgresSession session) {
    String role = settings.readerRole();
    if (session.one("SELECT 1 FROM pg_roles WHERE rolname = ?", r -> 1, role).isEmpty()) {
      throw PosException.infrastructure(
          "the role " + role + " does not exist",
          address.toString(),
          "Create it as an administrator: CREATE ROLE " + role + " NOLOGIN",
          null);
    }
  }
}
