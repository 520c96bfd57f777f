package com.posmodern.ai.publish.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("external")
class PostgresTargetTest {
  private static final String DATABASE = "target_test";

  @TempDir static Path folder;

  /** Of one lake for all tests: a night takes longer to make than to load. */
  private static TillNights nights;

  private PostgresTarget target;

  @BeforeAll
  static void emptyLake() {
    nights = new TillNights(folder);
  }

  @BeforeEach
  void emptyDatabase() throws SQLException {
    PublishSettings.Postgres settings = PostgresServer.database(DATABASE);
    target = new PostgresTarget(settings, nights.rows(), nights::find);
  }

  @Test
  void theTillSeesTheRowsOfTheLakeColumnByColumn() throws SQLException {
    Publication night = nights.night(1, 10);
    target.prepare(night);
    assertThat(target.visible()).isEmpty();
    assertThat(till("SELECT count(*) FROM pos.product_recommendations")).isEqualTo("0");
    target.show(night);
    assertThat(target.visible()).contains(night.id());
    for (PublishedTable published : night.tables()) {
      Table table = published.table();
      Contract contract = Contracts.of(table);
      String[] key = contract.primaryKey().toArray(String[]::new);
      String first = key[0];
      String[] others = java.util.Arrays.copyOfRange(key, 1, key.length);
      List<String> expected =
          nights
              .rows()
              .of(night, table)
              .orElseThrow()
              .orderBy(first, others)
              .collectAsList()
              .stream()
              .map(PostgresTargetTest::text)
              .sorted()
              .toList();
      assertThat(everyRow(contract)).as(table.toString()).isEqualTo(expected);
    }
  }

  @Test
  void goingBackTakesOneTransactionAndKeepsTheNewerOne() throws SQLException {
    Publication first = nights.night(1, 10);
    Publication second = nights.night(2, 200);
    show(first);
    show(second);
    assertThat(scores()).isEqualTo(sum(2, 200));
    target.show(first);
    assertThat(scores()).isEqualTo(sum(1, 10));
    assertThat(till("SELECT publication_id FROM pos.publication")).isEqualTo(first.id());
    target.show(second);
    assertThat(scores()).isEqualTo(sum(2, 200));
  }

  @Test
  void onlyChangedRowsAreWrittenWhileTheyAreFew() throws SQLException {
    Publication first = nights.night(1, 10);
    Publication second = nights.night(2, 20);
    assertThat(target.prepare(first)).startsWith("1,236 of 1,236 rows written");
    target.show(first);
    // 20 customers' scores and one more customer, who has a segment too; similar products stay.
    assertThat(target.prepare(second)).startsWith("106 of 1,242 rows written");
    assertThat(scores()).isEqualTo(sum(1, 10));
    target.show(second);
    assertThat(scores()).isEqualTo(sum(2, 20));
    assertThat(till("SELECT max(model_version) FROM pos.product_recommendations"))
        .isEqualTo("recommend-2");
    assertThat(till("SELECT max(as_of_date) FROM pos.similar_products"))
        .isEqualTo(second.asOf().toString());
    target.show(first);
    assertThat(scores()).isEqualTo(sum(1, 10));
    // A night with fewer customers: rows are gone, and come back with the rollback.
    Publication third = nights.night(0, 20);
    target.prepare(third);
    target.show(third);
    assertThat(scores()).isEqualTo(sum(0, 20));
    target.show(second);
    assertThat(scores()).isEqualTo(sum(2, 20));
  }

  @Test
  void manyChangedRowsLoadTheTableWhole() {
    target.prepare(nights.night(1, 10));
    assertThat(target.prepare(nights.night(2, 200))).startsWith("1,011 of 1,242 rows written");
  }

  @Test
  void aColumnThatTheContractGotIsAdded() throws SQLException {
    show(nights.night(1, 10));
    try (Connection before = PostgresServer.connect(DATABASE, "pos_loader")) {
      before.createStatement().execute("DROP VIEW pos.customer_segments");
      before
          .createStatement()
          .execute("ALTER TABLE pos_rows.customer_segments DROP COLUMN distance CASCADE");
      before.createStatement().execute("UPDATE pos_admin.layout SET fingerprint = 'older'");
    }
    // Whole: the changes alone would leave the other rows without the column's values.
    show(nights.night(2, 20));
    assertThat(till("SELECT count(*) FROM pos.customer_segments WHERE distance = 0.25"))
        .isEqualTo("202");
  }

  @Test
  void aColumnThatTheContractRequiresNoLongerMayBeNull() throws SQLException {
    show(nights.night(1, 10));
    try (Connection before = PostgresServer.connect(DATABASE, "pos_loader")) {
      before
          .createStatement()
          .execute("ALTER TABLE pos_rows.customer_segments ALTER COLUMN distance SET NOT NULL");
      before.createStatement().execute("UPDATE pos_admin.layout SET fingerprint = 'older'");
    }
    show(nights.night(2, 20));
    assertThat(
            admin(
                "SELECT count(*) || ' ' || bool_or(attnotnull) FROM pg_attribute JOIN pg_class"
                    + " ON attrelid = pg_class.oid WHERE attname = 'distance' AND relkind = 'r'"
                    + " AND relispartition"))
        .matches("[1-9]\\d* false");
  }

  @Test
  void theReadersRoleReadsTheViewsAndNothingElse() throws SQLException {
    show(nights.night(1, 10));
    assertThat(till("SELECT count(*) FROM pos.customer_segments")).isEqualTo("201");
    assertThatThrownBy(() -> till("SELECT count(*) FROM pos_rows.customer_segments"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> till("DELETE FROM pos.customer_segments"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void oldVersionsAreDroppedAndTheKeptOnesCanBeShown() throws SQLException {
    List<Publication> all = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      all.add(nights.night(number, 200));
      show(all.get(number - 1));
      assertThat(target.dropOld(2)).isEmpty();
    }
    assertThat(
            admin(
                "SELECT string_agg(nspname, ',' ORDER BY 1) FROM pg_namespace WHERE nspname LIKE 'pos\\_2026%'"))
        // The first holds the similar products, which never changed since.
        .isEqualTo(
            "pos_" + all.get(0).id() + ",pos_" + all.get(2).id() + ",pos_" + all.get(3).id());
    target.show(all.get(2));
    assertThat(scores()).isEqualTo(sum(3, 200));
    assertThatThrownBy(() -> target.show(all.get(1)))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("is not loaded");
  }

  @Test
  void rowsThatTheLakeDoesNotHaveStopTheLoad() {
    Publication night = nights.night(1, 10);
    PublishedTable table = night.tables().get(0);
    Publication wrong =
        new Publication(
            night.id(),
            night.asOf(),
            List.of(
                new PublishedTable(
                    table.table(),
                    table.deltaVersion(),
                    table.rows() + 1,
                    table.modelVersion(),
                    table.verdict(),
                    table.skill())));
    assertThatThrownBy(() -> target.prepare(wrong)).hasMessageContaining("the publication 202");
    assertThat(target.visible()).isEmpty();
    target.prepare(night);
  }

  @Test
  void aServerThatRefusesIsOneErrorWithItsRemedy() {
    PostgresTarget nobody =
        new PostgresTarget(
            new PublishSettings.Postgres(
                true, "jdbc:postgresql://127.0.0.1:1/pos", "pos_loader", "pos_reader", 2, 0.3),
            nights.rows(),
            nights::find);
    assertThatThrownBy(nobody::visible)
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE))
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageContaining("scripts/postgres start");
  }

  private void show(Publication publication) {
    target.prepare(publication);
    target.show(publication);
  }

  private static String scores() throws SQLException {
    return till("SELECT sum(score)::int FROM pos.product_recommendations");
  }

  private static String sum(int number, int changed) {
    int others = TillNights.CUSTOMERS + number - changed;
    return Integer.toString(TillNights.RANKS * (changed * (number + 2) + others));
  }

  private static String till(String query) throws SQLException {
    return PostgresServer.asTill(DATABASE, query);
  }

  private static String admin(String query) throws SQLException {
    return PostgresServer.value(DATABASE, "pos_loader", query);
  }

  private static List<String> everyRow(Contract contract) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = PostgresServer.connect(DATABASE, "till");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT * FROM pos." + contract.table().tableName())) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= contract.columns().size(); i++) {
          assertThat(rows.getMetaData().getColumnName(i))
              .isEqualTo(contract.columns().get(i - 1).name());
          values.add(String.valueOf(rows.getObject(i)));
        }
        found.add(String.join("|", values));
      }
    }
    return found.stream().sorted().toList();
  }

  private static String text(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(String.valueOf(row.get(i)));
    }
    assertThat(row.schema().fieldNames()).contains(Columns.AS_OF_DATE);
    return String.join("|", values);
  }
}
