package com.posmodern.ai.chaos;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.testing.PostgresServer;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What each kind of reader finds at a moment: rows counted and hashed. */
final class Readers {
  static final String NOTHING = "nothing";

  private static final List<Table> BY_DATE =
      List.of(
          Table.ACCEPTED_SALES, Table.DAILY_DEMAND, Table.PRODUCT_FEATURES, Table.POPULAR_PRODUCTS);

  private final Path lake;
  private final String database;

  /** A version and a manifest never change, so each is looked at once. */
  private final Map<String, String> known = new HashMap<>();

  Readers(Path lake, String database) {
    this.lake = lake;
    this.database = database;
  }

  /** By table and date, for whoever reads Delta. */
  Map<String, String> tables() {
    Map<String, String> all = new TreeMap<>();
    for (Table table : BY_DATE) {
      for (Command night : List.of(Command.NIGHT_BEFORE, Command.NIGHT)) {
        all.put(table + " " + night.date(), table(table, night.date()));
      }
    }
    return all;
  }

  private String table(Table table, LocalDate asOf) {
    Lake now = new Lake(SparkTest.session(), lake.toString());
    if (!now.exists(table)) {
      return NOTHING;
    }
    String found =
        known.computeIfAbsent(
            "%s %d %s".formatted(table, now.version(table), asOf),
            version -> Tables.fingerprint(now, table, asOf));
    return found.startsWith("0 rows") ? NOTHING : found;
  }

  String calendar() {
    Lake now = new Lake(SparkTest.session(), lake.toString());
    return known.computeIfAbsent(
        "calendar " + now.version(Table.CALENDAR), version -> content(now.read(Table.CALENDAR)));
  }

  /** The date and the files' rows of all tables, as visible.json and its manifests name them. */
  String bi() throws IOException {
    Path visible = lake.resolve("publication/visible.json");
    if (!Files.exists(visible)) {
      return NOTHING;
    }
    JsonNode publication = new ObjectMapper().readTree(Files.readString(visible));
    Map<String, String> tables = new TreeMap<>();
    for (JsonNode table : publication.get("tables")) {
      String manifest = Files.readString(Path.of(table.get("manifest").asText()));
      tables.put(
          table.get("table").asText(),
          known.computeIfAbsent(
              manifest,
              text -> content(SparkTest.session().read().parquet(text.strip().split("\n")))));
    }
    return publication.get("as_of_date").asText() + " " + tables;
  }

  /** The date and all views' rows, in one statement as the till's user. */
  String till() throws SQLException {
    try (Connection connection = PostgresServer.connect(database, "postgres");
        Statement statement = connection.createStatement()) {
      StringBuilder all = new StringBuilder();
      try (ResultSet views =
          statement.executeQuery(
              "SELECT viewname FROM pg_views WHERE schemaname = 'pos' AND viewname <> 'publication'"
                  + " ORDER BY viewname")) {
        while (views.next()) {
          all.append(
              ", (SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' ORDER BY r::text)), '') FROM pos.%s r)"
                  .formatted(views.getString(1)));
        }
      }
      // Killed while it made the layout: no till has been switched to anything.
      if (PostgresServer.value(database, "postgres", "SELECT to_regclass('pos.publication')")
          == null) {
        return NOTHING;
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT concat_ws(' ', (SELECT as_of_date FROM pos.publication)" + all + ")")) {
        rows.next();
        String found = rows.getString(1);
        return found.startsWith("20") ? found : NOTHING;
      }
    }
  }

  private static String content(Dataset<Row> rows) {
    Column[] columns =
        Arrays.stream(rows.columns())
            .filter(name -> !name.equals("as_of_date"))
            .sorted()
            .map(name -> col(name))
            .toArray(Column[]::new);
    return rows.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38,0)"))).head().toString();
  }
}
