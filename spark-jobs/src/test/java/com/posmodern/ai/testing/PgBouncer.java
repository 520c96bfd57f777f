package com.posmodern.ai.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real PgBouncer in transaction mode before a database of {@link PostgresServer}. */
public final class PgBouncer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

  private final Process process;
  private final String url;

  private PgBouncer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** From Debian's packages; no other test needs it. */
  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Starts one.
   *
   * @param database its JDBC address
   */
  public static PgBouncer before(String database, String user) throws Exception {
    URI address = URI.create(database.replace("jdbc:postgresql:", "http:"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path folder = Files.createTempDirectory("pgbouncer");
    // It refuses to run as root, and reads its settings as the other user.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            pos = host=%s port=%d dbname=%s user=%s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 2
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(
                    address.getHost(),
                    address.getPort(),
                    address.getPath().substring(1),
                    user,
                    port));
    boolean root = System.getProperty("user.name").equals("root");
    ProcessBuilder builder =
        root
            ? new ProcessBuilder(PROGRAM.toString(), "-u", "postgres", settings.toString())
            : new ProcessBuilder(PROGRAM.toString(), settings.toString());
    Process process =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    // The driver's own named statements do not survive a change of connections below it.
    String url = "jdbc:postgresql://127.0.0.1:%d/pos?prepareThreshold=0".formatted(port);
    for (int attempt = 0; ; attempt++) {
      try (Connection ready = DriverManager.getConnection(url, user, null)) {
        ready.setReadOnly(true);
        return new PgBouncer(process, url);
      } catch (SQLException e) {
        if (attempt == 100 || !process.isAlive()) {
          process.destroyForcibly();
          throw new IOException(Files.readString(folder.resolve("log")), e);
        }
        Thread.sleep(100);
      }
    }
  }

  /** One of many clients that share two connections. */
  public Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(url, user, null);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
