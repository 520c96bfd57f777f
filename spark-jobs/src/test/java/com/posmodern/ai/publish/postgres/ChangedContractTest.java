package com.posmodern.ai.publish.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.PgBouncer;
import com.posmodern.ai.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against a former contract of {@code customer_segments} the new one gained {@code distance}, lost
 * {@code loyalty}, and has its columns in another order. Readers notice nothing of the change: not
 * those with prepared statements, nor those behind PgBouncer in transaction mode, nor a view that
 * somebody made upon ours.
 */
@Tag("external")
class ChangedContractTest {
  private static final String DATABASE = "changed_contract_test";

  private static final String[] FORMER = {
    "DROP VIEW pos.customer_segments",
    "ALTER TABLE pos_rows.customer_segments DROP COLUMN distance CASCADE",
    "ALTER TABLE pos_rows.customer_segments ADD COLUMN loyalty varchar(9) NOT NULL DEFAULT 'gold'",
    "ALTER TABLE pos_rows.customer_segments ALTER COLUMN loyalty DROP DEFAULT",
    """
    CREATE VIEW pos.customer_segments AS
    SELECT r.placed, r.loyalty, r.customer_id, v.as_of_date, r.segment_id, r.segment_name,
      v.model_version
    FROM pos_rows.customer_segments r JOIN pos_admin.visible v
      ON v.table_name = 'customer_segments' AND r.base_no = v.base_no""",
    "GRANT SELECT ON pos.customer_segments TO pos_reader",
    "UPDATE pos_admin.layout SET fingerprint = 'former'"
  };

  private static final String ONE =
      "SELECT segment_id, loyalty, placed, customer_id FROM pos.customer_segments"
          + " WHERE customer_id = ?";

  @TempDir Path folder;

  @Test
  void preparedStatementsAndViewsUponOursLiveThroughTheChange() throws Exception {
    PublishSettings.Postgres settings = former();
    try (Connection till =
            DriverManager.getConnection(settings.url() + "?prepareThreshold=-1", "till", null);
        PreparedStatement one = till.prepareStatement(ONE)) {
      assertThat(row(one)).isEqualTo("1 gold t c7");
      int reads =
          whileChanging(settings, () -> DriverManager.getConnection(settings.url(), "till", null));
      assertThat(reads).isPositive();
      assertThat(row(one)).isEqualTo("1 null t c7");
    }
    assertThat(
            PostgresServer.value(
                DATABASE,
                "postgres",
                "SELECT string_agg(column_name, ' ' ORDER BY ordinal_position)"
                    + " FROM information_schema.columns"
                    + " WHERE table_schema = 'pos' AND table_name = 'customer_segments'"))
        .isEqualTo(
            "placed loyalty customer_id as_of_date segment_id segment_name model_version distance");
    assertThat(PostgresServer.asTill(DATABASE, "SELECT count(distance) FROM pos.customer_segments"))
        .isEqualTo("202");
    assertThat(PostgresServer.value(DATABASE, "postgres", "SELECT count(*) FROM reports.placed"))
        .isEqualTo("202");
  }

  @Test
  void readersBehindPgBouncerInTransactionModeSeeNoError() throws Exception {
    Assumptions.assumeTrue(PgBouncer.isInstalled(), "apt-get install pgbouncer");
    PublishSettings.Postgres settings = former();
    try (PgBouncer bouncer = PgBouncer.before(settings.url(), "till")) {
      int reads = whileChanging(settings, () -> bouncer.connect("till"));
      System.out.printf("%d reads through PgBouncer during the change, no error%n", reads);
      assertThat(reads).isPositive();
    }
  }

  @Test
  void anotherTypeIsRefusedBeforeAnythingIsChanged() throws Exception {
    PublishSettings.Postgres settings = former();
    run(
        "pos_loader",
        "DROP VIEW pos.customer_segments CASCADE",
        "ALTER TABLE pos_rows.customer_segments ALTER segment_id TYPE smallint",
        FORMER[4],
        FORMER[5]);
    String before = database();
    TillNights nights = new TillNights(folder);
    Publication next = nights.night(2, 20);
    try (Connection till =
            DriverManager.getConnection(settings.url() + "?prepareThreshold=-1", "till", null);
        PreparedStatement one = till.prepareStatement(ONE)) {
      assertThat(row(one)).isEqualTo("1 gold t c7");
      assertThatThrownBy(() -> show(settings, nights, next))
          .isInstanceOfSatisfying(
              PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining(
              "customer_segments.segment_id is smallint there and integer in the contract")
          .hasMessageContaining("DROP VIEW pos.customer_segments;")
          .hasMessageContaining(
              "ALTER TABLE pos_rows.customer_segments ALTER \"segment_id\" TYPE integer;");
      assertThat(row(one)).isEqualTo("1 gold t c7");
    }
    assertThat(database()).isEqualTo(before);
    run(
        "pos_loader",
        "DROP VIEW pos.customer_segments",
        "ALTER TABLE pos_rows.customer_segments ALTER \"segment_id\" TYPE integer");
    show(settings, nights, next);
    assertThat(PostgresServer.asTill(DATABASE, "SELECT count(*) FROM pos.customer_segments"))
        .isEqualTo("202");
  }

  /** All columns with their types, the publications, and the fingerprint of the layout. */
  private static String database() throws SQLException {
    return PostgresServer.value(
        DATABASE,
        "postgres",
        "SELECT string_agg(concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull), ','"
            + " ORDER BY attrelid, attnum) || (SELECT string_agg(p::text, ',') FROM"
            + " pos_admin.publications p) || (SELECT fingerprint FROM pos_admin.layout)"
            + " FROM pg_attribute WHERE attnum > 0 AND attrelid IN (SELECT oid FROM pg_class"
            + " WHERE relnamespace::regnamespace::text LIKE 'pos%')");
  }

  /** A till's database as a former version left it, with a publication. */
  private PublishSettings.Postgres former() throws SQLException {
    PublishSettings.Postgres settings = PostgresServer.database(DATABASE);
    TillNights nights = new TillNights(folder);
    show(settings, nights, nights.night(1, 10));
    run("pos_loader", FORMER);
    run(
        "postgres",
        "CREATE SCHEMA IF NOT EXISTS reports",
        "CREATE VIEW reports.placed AS SELECT customer_id FROM pos.customer_segments WHERE placed");
    return settings;
  }

  private interface Connections {
    Connection open() throws SQLException;
  }

  /** Readers poll while the next night changes the layout; how often they read without an error. */
  private int whileChanging(PublishSettings.Postgres settings, Connections connections)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> ends = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        ends.add(
            threads.submit(
                () -> {
                  try (Connection connection = connections.open();
                      PreparedStatement one = connection.prepareStatement(ONE)) {
                    while (!over.get()) {
                      assertThat(row(one)).isIn("1 gold t c7", "1 null t c7");
                      reads.incrementAndGet();
                    }
                  }
                  return null;
                }));
      }
      TillNights nights = new TillNights(folder);
      show(settings, nights, nights.night(2, 20));
    } finally {
      over.set(true);
      threads.shutdown();
    }
    for (Future<?> end : ends) {
      end.get();
    }
    return reads.get();
  }

  private static void show(
      PublishSettings.Postgres settings, TillNights nights, Publication publication) {
    PostgresTarget target = new PostgresTarget(settings, nights.rows(), nights::find);
    target.prepare(publication);
    target.show(publication);
  }

  private static String row(PreparedStatement one) throws SQLException {
    one.setString(1, "c7");
    try (ResultSet rows = one.executeQuery()) {
      rows.next();
      return "%d %s %s %s"
          .formatted(rows.getInt(1), rows.getString(2), rows.getString(3), rows.getString(4));
    }
  }

  private static void run(String user, String... statements) throws SQLException {
    try (Connection connection = PostgresServer.connect(DATABASE, user);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
