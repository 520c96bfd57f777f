package com.posmodern.ai.publish.postgres;

import static com.posmodern.ai.publish.postgres.TillTable.BASE_NO;
import static com.posmodern.ai.publish.postgres.TillTable.OPEN;
import static com.posmodern.ai.publish.postgres.TillTable.VALID_FROM;
import static com.posmodern.ai.publish.postgres.TillTable.VALID_TO;
import static com.posmodern.ai.publish.postgres.TillTable.names;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.SparkSizes;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedRows;
import com.posmodern.ai.publish.PublishedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Loads one publication: first the rows, into a separate schema that nothing refers to; then, in
 * one transaction, everything that makes it a loaded publication. A load that is killed before that
 * leaves a schema that the next load removes.
 */
final class PublicationLoad {
  /** How a table of the publication is loaded. */
  private record Part(
      TillTable table, PublishedTable published, Optional<Loaded.Content> base, long written) {}

  private final PostgresSession session;
  private final PostgresAddress address;
  private final PublishSettings.Postgres settings;
  private final PublishedRows rows;
  private final Publication publication;
  private final String schema;

  PublicationLoad(
      PostgresSession session,
      PostgresAddress address,
      PublishSettings.Postgres settings,
      PublishedRows rows,
      Publication publication) {
    this.session = session;
    this.address = address;
    this.settings = settings;
    this.rows = rows;
    this.publication = publication;
    this.schema = PostgresLayout.schema(publication.id());
  }

  /**
   * Loads it.
   *
   * @param ledger looks up the previous publication by its id, to find what has changed since
   * @return a description with the rows written and in total
   * @throws PosException infrastructure, or bad data when a key is duplicated or rows are missing
   */
  String run(Function<String, Optional<Publication>> ledger) {
    Optional<Loaded> newest = Loaded.newest(session);
    Optional<Publication> former = newest.map(Loaded::id).flatMap(ledger);
    int number =
        session
            .one(
                """
                INSERT INTO pos_admin.publications (publication_id, as_of_date)
                VALUES (?, ?) RETURNING publication_no""",
                row -> row.getInt(1),
                publication.id(),
                java.sql.Date.valueOf(publication.asOf()))
            .orElseThrow();
    session.run("CREATE SCHEMA " + schema, TableCopy.partsTable(schema));
    List<Part> parts = new ArrayList<>();
    for (TillTable table : PostgresLayout.tables()) {
      Optional<PublishedTable> published = publication.table(table.contract().table());
      if (published.isPresent()) {
        parts.add(part(table, published.get(), number, newest, former));
      }
    }
    session.together(() -> finish(number, parts));
    long written = parts.stream().mapToLong(Part::written).sum();
    long held = parts.stream().mapToLong(p -> p.published().rows()).sum();
    return "%,d of %,d rows written in %d tables".formatted(written, held, parts.size());
  }

  private Part part(
      TillTable table,
      PublishedTable published,
      int number,
      Optional<Loaded> newest,
      Optional<Publication> former) {
    Optional<Loaded.Content> base = newest.map(n -> n.contents().get(table.name()));
    if (base.isPresent() && former.isPresent()) {
      Dataset<Row> changes =
          ChangedRows.between(stored(table, former.get()), stored(table, publication), table.key())
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long changed = changes.count();
        if (fewEnough(changed, published.rows(), base.get())) {
          copyChanges(table, changes);
          return new Part(table, published, base, changed);
        }
      } finally {
        changes.unpersist();
      }
    }
    copyBase(table, number);
    return new Part(table, published, Optional.empty(), published.rows());
  }

  /**
   * Whether few rows changed since the previous publication and at most half of the base's rows are
   * obsolete.
   */
  private boolean fewEnough(long changed, long rowsNow, Loaded.Content base) {
    return changed <= settings.changedShare() * rowsNow && base.baseRows() + changed <= 2 * rowsNow;
  }

  private void copyBase(TillTable table, int number) {
    PostgresLayout.base(table, schema, number).forEach(session::run);
    TableCopy.copy(
        address, schema, table.name(), table.key(), stored(table, publication), connections());
    PostgresLayout.finishBase(table, schema).forEach(session::run);
  }

  private int connections() {
    return SparkSizes.connections(SparkSession.active(), settings.connections());
  }

  private void copyChanges(TillTable table, Dataset<Row> changes) {
    String types =
        table.stored().stream()
            .map(c -> TillTable.quoted(c.name()) + " " + TillTable.type(c.type()))
            .collect(Collectors.joining(", "));
    session.run(
        "CREATE UNLOGGED TABLE %s (%s, %s boolean, PRIMARY KEY (%s))"
            .formatted(changesTable(table), types, ChangedRows.REMOVED, names(table.key())));
    TableCopy.copy(address, schema, changesName(table), table.key(), changes, connections());
    session.run("ANALYZE " + changesTable(table));
  }

  private void finish(int number, List<Part> parts) {
    for (Part part : parts) {
      part.base()
          .ifPresentOrElse(
              base -> applyChanges(part.table(), base.baseNo(), number),
              () -> session.run(PostgresLayout.attach(part.table(), schema, number)));
      int baseNo = part.base().map(Loaded.Content::baseNo).orElse(number);
      verify(part, baseNo, number);
      session.update(
          "INSERT INTO pos_admin.contents VALUES (?, ?, ?, ?, ?, ?, ?)",
          number,
          part.table().name(),
          baseNo,
          part.base().map(Loaded.Content::baseRows).orElse(0L) + part.written(),
          part.published().modelVersion().orElse(null),
          part.published().rows(),
          part.written());
    }
    session.run("DROP TABLE %s.loaded_parts".formatted(schema));
    session.update(
        "UPDATE pos_admin.publications SET loaded_at = now() WHERE publication_no = ?", number);
  }

  private void applyChanges(TillTable table, int baseNo, int number) {
    String sameKey =
        table.key().stream()
            .map(TillTable::quoted)
            .map(name -> "r.%s = c.%s".formatted(name, name))
            .collect(Collectors.joining(" AND "));
    session.run(
        "UPDATE %s r SET %s = %d FROM %s c WHERE r.%s = %d AND r.%s = %d AND %s"
            .formatted(
                table.parent(),
                VALID_TO,
                number,
                changesTable(table),
                BASE_NO,
                baseNo,
                VALID_TO,
                OPEN,
                sameKey),
        "INSERT INTO %s (%s, %s, %s) SELECT %s, %d, %d FROM %s WHERE NOT %s"
            .formatted(
                table.parent(),
                names(table.storedNames()),
                BASE_NO,
                VALID_FROM,
                names(table.storedNames()),
                baseNo,
                number,
                changesTable(table),
                ChangedRows.REMOVED),
        "DROP TABLE " + changesTable(table));
  }

  /** The unique index guarantees the key; this check guarantees the number of rows. */
  private void verify(Part part, int baseNo, int number) {
    long found =
        session
            .one(
                "SELECT count(*) FROM %s WHERE %s = %d AND %s <= %d AND %s > %d"
                    .formatted(
                        part.table().parent(),
                        BASE_NO,
                        baseNo,
                        VALID_FROM,
                        number,
                        VALID_TO,
                        number),
                row -> row.getLong(1))
            .orElseThrow();
    if (found != part.published().rows()) {
      throw PosException.infrastructure(
          "PostgreSQL has %,d rows, the publication %,d".formatted(found, part.published().rows()),
          "publishing %s of %s".formatted(part.table().name(), publication.id()),
          "Readers keep the previous publication. Run again; if the error persists, set"
              + " publish.postgres.changed_share to 0 for one night",
          null);
    }
  }

  /**
   * The columns that PostgreSQL stores; the model version only if several versions made the rows.
   */
  private Dataset<Row> stored(TillTable table, Publication of) {
    boolean oneModel = of.table(table.contract().table()).orElseThrow().modelVersion().isPresent();
    Column[] columns =
        table.storedNames().stream()
            .map(
                name ->
                    name.equals(Columns.MODEL_VERSION) && oneModel
                        ? functions.lit(null).cast("string").as(name)
                        : functions.col(name))
            .toArray(Column[]::new);
    return rows.of(of, table.contract().table()).orElseThrow().select(columns);
  }

  private String changesTable(TillTable table) {
    return schema + "." + changesName(table);
  }

  private static String changesName(TillTable table) {
    return table.name() + "_changes";
  }
}
