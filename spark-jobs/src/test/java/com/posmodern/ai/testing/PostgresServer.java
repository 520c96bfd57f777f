package com.posmodern.ai.testing;

import com.posmodern.ai.config.PublishSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real PostgreSQL of {@code scripts/postgres}, started once for all tests on a data folder and
 * port of its own and stopped when they end. Each test class makes a database for itself.
 */
public final class PostgresServer {
  /**
   * One server for each of the processes that run tests side by side; {@code test.ports} keeps a
   * run that takes hours out of the way of others.
   */
  private static final int PORT =
      54330 + Integer.getInteger("surefire.fork", 1) + Integer.getInteger("test.ports", 0);

  // Not below target/: the server's own user must reach it, wherever the checkout lies.
  private static final Path DATA = Path.of("/tmp/pos-modern-ai-postgres-" + PORT);

  private static final ServerScript SERVER =
      new ServerScript(
          "scripts/postgres",
          "postgres-" + PORT,
          Map.of("POS_PG_DATA", DATA.toString(), "POS_PG_PORT", Integer.toString(PORT)));

  private PostgresServer() {}

  /** Starts the server where it does not run. */
  public static void start() {
    SERVER.start();
  }

  /** As the power switch would do it: no process of the server lives on. */
  public static void kill() throws IOException, InterruptedException {
    String postmaster = Files.readAllLines(DATA.resolve("postmaster.pid")).get(0).strip();
    ProcessHandle server = ProcessHandle.of(Long.parseLong(postmaster)).orElseThrow();
    // First the postmaster, or it would restart what it sees die.
    var backends = server.children().toList();
    server.destroyForcibly();
    backends.forEach(ProcessHandle::destroyForcibly);
    server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** An empty database; one of that name from a former run is dropped. */
  public static PublishSettings.Postgres database(String name) throws SQLException {
    start();
    try (Connection admin = connect("postgres", "postgres");
        Statement statement = admin.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + name + " OWNER pos_loader");
    }
    return settings(name);
  }

  /** How the program reaches a database that is there. */
  public static PublishSettings.Postgres settings(String name) {
    return new PublishSettings.Postgres(true, url(name), "pos_loader", "pos_reader", 2, 0.3);
  }

  public static Connection connect(String database, String user) throws SQLException {
    return DriverManager.getConnection(url(database), user, null);
  }

  /** The first column of the first row, as the till's user sees it. */
  public static String asTill(String database, String query) throws SQLException {
    return value(database, "till", query);
  }

  public static String value(String database, String user, String query) throws SQLException {
    try (Connection connection = connect(database, user);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(PORT, database);
  }
}
