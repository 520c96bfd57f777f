package com.posmodern.ai.job.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.intake.ExtractCommand.From;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.jdbc.ExtractFile;
import com.posmodern.ai.testing.PostgresServer;
import com.posmodern.ai.testing.SparkTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped example on a real PostgreSQL. */
@Tag("external")
class ExtractCommandTest {
  private static final String DATABASE = "extract_test";
  private static final Path SHIPPED =
      Path.of(System.getProperty("repository.root"), "conf", "extract", "shop.yaml");
  private static final Path TABLES =
      Path.of(System.getProperty("repository.root"), "conf", "extract", "shop.sql");

  @TempDir Path folder;
  private Lake lake;
  private Path file;
  private Instant now = Instant.parse("2025-03-05T09:00:00Z");

  @BeforeEach
  void aShop() throws SQLException, IOException {
    lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
    String url = PostgresServer.database(DATABASE).url();
    sql(Files.readString(TABLES));
    String text =
        Files.readString(SHIPPED)
            .replaceFirst("url: .*", "url: " + url)
            .replace("rows: 250000", "rows: 2");
    // Without the stores: each table costs a run some seconds.
    text =
        text.substring(0, text.lastIndexOf("  stores:"))
            .replaceFirst("(?s)  stores:.*?targets", "targets");
    file = Files.writeString(folder.resolve("shop.yaml"), text);
  }

  @Test
  void theLakeFollowsTheDatabase() throws SQLException {
    assertThat(extract())
        .contains("lines: 5 rows to read in 3 batches (all rows)")
        .contains("sales_lines                 4 rows in (lines) = 3 accepted + 1 quarantined")
        .contains("discount_within_price: 1");
    assertThat(lines()).containsExactly("A1 1 P1 2", "A1 2 P2 1", "A2 1 P1 1");
    // 10:00 in São Paulo.
    assertThat(lake.read(Table.SALES_LINES).selectExpr("min(sold_at)").head().get(0).toString())
        .isEqualTo("2025-03-03 13:00:00.0");
    assertThat(products()).containsExactly("P1 Rice", "P2 Beans", "P3 Soap");
    long sales = lake.version(Table.SALES_LINES);
    assertThat(extract())
        .contains("changed since 2025-03-04 18:00:00.000000")
        .contains("0 new, 0 changed, 0 removed");
    assertThat(lake.version(Table.SALES_LINES)).isEqualTo(sales);

    sql(
        """
        UPDATE sale_line SET quantity = 3, updated_at = '2025-03-05 08:00+00' WHERE sale_id = 'A1' AND line_no = 1;
        UPDATE sale SET cancelled = true, updated_at = '2025-03-05 08:00+00' WHERE sale_id = 'A2';
        UPDATE sale_line SET discount = 0, updated_at = '2025-03-05 08:01+00' WHERE sale_id = 'A3';
        -- Written before the last position and committed after it.
        INSERT INTO sale VALUES ('A5', 'S1', NULL, '2025-03-04 14:59', 'store', false, '2025-03-04 17:59+00');
        INSERT INTO sale_line VALUES ('A5', 1, 'P2', 4, 8.50, NULL, '2025-03-04 17:59+00');
        -- A row with a wrong clock hides nothing.
        INSERT INTO sale VALUES ('A6', 'S1', 'C9', '2025-03-04 15:10', 'store', false, '2099-01-01 00:00+00');
        INSERT INTO sale_line VALUES ('A6', 1, 'P2', 5, 8.50, 0, '2025-03-05 08:00+00');
        UPDATE product SET name = 'Brown rice' WHERE id = 'P1';
        DELETE FROM product WHERE id = 'P3';
        """);
    String tooMany = failed(ExitCode.BAD_DATA);
    assertThat(tooMany)
        .contains("1 of 3 rows of products are missing there, more than missing_at_most 0.05");
    assertThat(lake.version(Table.SALES_LINES)).isEqualTo(sales);
    // The source is mended: what was read before does not count.
    sql("INSERT INTO product VALUES ('P3', 'Soap', 'Care', 'Home')");
    assertThat(extract())
        .doesNotContain("is resumed")
        .contains("3 new, 1 changed, 1 removed")
        .contains("0 new, 2 changed, 0 removed");
    sql("DELETE FROM product WHERE id = 'P3'");
    change("missing_at_most: 0.05", "missing_at_most: 0.5");
    assertThat(extract()).contains("0 new, 0 changed, 1 removed");
    assertThat(lines())
        .containsExactly("A1 1 P1 3", "A1 2 P2 1", "A3 1 P1 1", "A5 1 P2 4", "A6 1 P2 5");
    assertThat(products()).containsExactly("P1 Brown rice", "P2 Beans");
    assertThat(Lake.count(lake.read(Table.QUARANTINE))).isZero();

    now = now.plusSeconds(3600);
    sql(
        "UPDATE sale_line SET quantity = 6, updated_at = '2025-03-05 09:30+00' WHERE sale_id = 'A5'");
    assertThat(extract()).contains("changed since 2025-03-05 09:00:00.000000");
    assertThat(lines()).contains("A5 1 P2 6");
  }

  @Test
  void aRunThatBrokeOffGoesOnAndLosesAndDoublesNothing() throws SQLException, IOException {
    sql("CREATE TABLE switch (broken boolean); INSERT INTO switch VALUES (true)");
    change(
        "s.channel, s.cancelled",
        "CASE WHEN l.sale_id >= 'A3' AND (SELECT broken FROM switch) THEN (1 / (s.cancelled::int - s.cancelled::int))::text ELSE"
            + " s.channel END AS channel, s.cancelled");
    change("connections: 2", "connections: 1");
    assertThat(failed(ExitCode.INFRASTRUCTURE)).contains("division by zero");
    assertThat(lake.exists(Table.SALES_LINES)).isFalse();
    Path extract = folder.resolve("lake/extract/shop");
    assertThat(extract.resolve("done-lines-00000")).exists();
    assertThat(extract.resolve("state.json")).doesNotExist();
    // Read already, so that the run that goes on does not see it; the next one does.
    sql(
        """
        UPDATE switch SET broken = false;
        UPDATE sale_line SET quantity = 7, updated_at = '2025-03-04 19:00+00' WHERE sale_id = 'A1' AND line_no = 1;
        """);
    assertThat(extract()).contains("is resumed").contains("4 rows in (lines)");
    assertThat(lines()).containsExactly("A1 1 P1 2", "A1 2 P2 1", "A2 1 P1 1");
    assertThat(extract.toFile().list()).containsExactly("state.json");
    String state = Files.readString(extract.resolve("state.json"));
    assertThat(extract()).contains("0 new, 1 changed, 0 removed");
    assertThat(lines()).contains("A1 1 P1 7");

    // Killed after the tables were written and before the position was.
    Files.writeString(extract.resolve("state.json"), state);
    long version = lake.version(Table.SALES_LINES);
    extract();
    assertThat(lake.version(Table.SALES_LINES)).isEqualTo(version);
    assertThat(Lake.count(lake.read(Table.QUARANTINE))).isEqualTo(1);

    // The plan of a killed run has no keys that the file asks for now.
    sql(
        """
        UPDATE switch SET broken = true;
        UPDATE sale_line SET updated_at = '2025-03-04 19:05+00' WHERE sale_id = 'A3';
        """);
    assertThat(failed(ExitCode.INFRASTRUCTURE)).contains("division by zero");
    sql("UPDATE switch SET broken = false");
    change("removed: {where: cancelled}", "removed: {where: cancelled, missing_at_most: 1}");
    assertThat(extract()).doesNotContain("is resumed").contains("0 new, 0 changed, 0 removed");
    assertThat(lines()).containsExactly("A1 1 P1 7", "A1 2 P2 1", "A2 1 P1 1");
  }

  @Test
  void whatIsWrongAtTheDatabaseIsSaidAndChangesNothing() throws SQLException, IOException {
    onlyProducts();
    assertThat(failed(ExitCode.USAGE, Map.of()))
        .contains("the environment variable SHOP_DB_USER is not set");
    assertThat(ExtractFile.read(SHIPPED).mapping().origins().get("lines"))
        .isEqualTo("lines of jdbc:postgresql://127.0.0.1:5432/shop");
    assertThat(failed(ExitCode.USAGE, Map.of("SHOP_DB_USER", "nobody", "SHOP_DB_PASSWORD", "x")))
        .contains("the database refuses the credentials")
        .contains("nobody");
    change("/" + DATABASE, "/no_such_database");
    assertThat(failed(ExitCode.USAGE)).contains("database \"no_such_database\" does not exist");
    change("/no_such_database", "/" + DATABASE);
    change("{from: name,", "{from: label,");
    assertThat(failed(ExitCode.USAGE))
        .contains("shop.yaml:")
        .contains("there is no column label in product of jdbc:postgresql:");
    change("{from: label,", "{from: name,");
    extract();
    change("/" + DATABASE, "/no_such_database");
    assertThat(failed(ExitCode.USAGE))
        .contains("no_such_database and was jdbc:postgresql:")
        .contains("run with --rebuild");
    change("/no_such_database", "/" + DATABASE);
    // A file of before addresses were kept.
    Path state = folder.resolve("lake/extract/shop/state.json");
    Files.writeString(state, Files.readString(state).replaceAll(",\"database\":\"[^\"]*\"", ""));
    sql(
        "ALTER TABLE product ADD COLUMN colour text; ALTER TABLE product ALTER id TYPE varchar(40)");
    assertThat(extract()).contains("products: new column colour (string), which is not read");
    sql("ALTER TABLE product RENAME name TO label");
    assertThat(failed(ExitCode.BAD_DATA)).contains("column name is gone; the table has [id, label");
    sql(
        "ALTER TABLE product RENAME label TO name; ALTER TABLE product ALTER id TYPE int USING substr(id, 2)::int");
    assertThat(failed(ExitCode.BAD_DATA)).contains("column id was string and is int now");
    sql("ALTER TABLE product RENAME TO goods");
    assertThat(failed(ExitCode.BAD_DATA)).contains("there is no such table");
    sql(
        """
        CREATE TABLE log (at timestamptz);
        CREATE FUNCTION logged() RETURNS text LANGUAGE sql AS 'INSERT INTO log VALUES (now()) RETURNING at::text';
        CREATE VIEW product AS SELECT 'P1'::text AS id, logged() AS name, 'c' AS category, 'd' AS department;
        """);
    assertThat(failed(ExitCode.BAD_DATA)).contains("reading it would write");
    assertThat(products()).containsExactly("P1 Rice", "P2 Beans", "P3 Soap");
  }

  private void onlyProducts() throws IOException {
    String text = Files.readString(file);
    text =
        text.substring(0, text.indexOf("  lines:"))
            + text.substring(text.indexOf("  # Without a watermark"), text.indexOf("targets:"))
            + "targets:\n"
            + text.substring(text.lastIndexOf("  products:"));
    Files.writeString(file, text);
  }

  private void change(String from, String to) {
    try {
      String text = Files.readString(file);
      assertThat(text).contains(from);
      Files.writeString(file, text.replace(from, to));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String extract() {
    return extract(Map.of("SHOP_DB_USER", "pos_loader", "SHOP_DB_PASSWORD", ""));
  }

  private String extract(Map<String, String> environment) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new ExtractCommand(
            lake, environment::get, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .run(ExtractFile.read(file), From.POSITION, Optional.of(LocalDate.of(2025, 3, 4)), now);
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String failed(ExitCode code) {
    return failed(code, Map.of("SHOP_DB_USER", "pos_loader", "SHOP_DB_PASSWORD", ""));
  }

  private String failed(ExitCode code, Map<String, String> environment) {
    PosException failure = catchThrowableOfType(PosException.class, () -> extract(environment));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).as(failure.getMessage()).isEqualTo(code);
    return failure.getMessage();
  }

  private static void sql(String statements) throws SQLException {
    try (Connection connection = PostgresServer.connect(DATABASE, "pos_loader");
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private List<String> lines() {
    return texts(
        Table.SALES_LINES, "concat_ws(' ', sale_id, line_no, product_id, cast(quantity as int))");
  }

  private List<String> products() {
    return texts(Table.PRODUCTS, "concat_ws(' ', product_id, product_name)");
  }

  private List<String> texts(Table table, String sql) {
    return lake.read(table).selectExpr(sql).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
