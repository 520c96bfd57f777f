package com.posmodern.ai.publish.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TillQueriesTest {
  private static final String DATABASE = "layout_test";
  private static final Path QUERIES =
      Path.of(System.getProperty("repository.root"), "conf", "pos-queries.sql");
  private static final Pattern QUERY = Pattern.compile("-- name: (\\S+)\\n([^;]+);");

  @Test
  @Tag("external")
  void everyQueryOfTheTillFindsItsRowsByAnIndex() throws Exception {
    PostgresServer.database(DATABASE);
    try (Connection connection = PostgresServer.connect(DATABASE, "pos_loader");
        Statement statement = connection.createStatement()) {
      for (String sql : new PostgresLayout("pos_reader").statements()) {
        statement.execute(sql);
      }
      statement.execute("CREATE SCHEMA one");
      for (TillTable table : PostgresLayout.tables()) {
        for (String sql : PostgresLayout.base(table, "one", 1)) {
          statement.execute(sql);
        }
        for (String sql : PostgresLayout.finishBase(table, "one")) {
          statement.execute(sql);
        }
        statement.execute(PostgresLayout.attach(table, "one", 1));
      }
      // An empty table is scanned whole unless that is forbidden; then only what has no index is.
      statement.execute("SET enable_seqscan = off");
      Map<String, String> queries = queries();
      assertThat(queries).hasSizeGreaterThan(5);
      for (Map.Entry<String, String> query : queries.entrySet()) {
        List<String> plan = explain(statement, query.getValue());
        assertThat(plan).as(query.getKey()).noneMatch(line -> isScanOfResults(line));
        if (!query.getKey().equals("freshness")) {
          assertThat(plan).as(query.getKey()).anyMatch(line -> line.contains("Index Cond"));
        }
      }
    }
  }

  private static boolean isScanOfResults(String line) {
    return line.contains("Seq Scan on") && !line.contains("Seq Scan on visible");
  }

  private static Map<String, String> queries() throws IOException {
    Map<String, String> queries = new TreeMap<>();
    Matcher matcher = QUERY.matcher(Files.readString(QUERIES));
    while (matcher.find()) {
      queries.put(matcher.group(1), matcher.group(2).replaceAll(":[a-z_]+", "'1'"));
    }
    return queries;
  }

  private static List<String> explain(Statement statement, String query) throws SQLException {
    List<String> plan = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("EXPLAIN (COSTS off) " + query)) {
      while (rows.next()) {
        plan.add(rows.getString(1));
      }
    }
    return plan;
  }
}
