package com.posmodern.ai.publish.postgres;

import com.posmodern.ai.config.PublishSettings;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Address and credentials of the database; sent to the executors with the tasks.
 *
 * @param password null to let the JDBC driver read it from pgpass
 */
record PostgresAddress(String url, String user, String password) implements Serializable {

  /** The settings' address with the environment's password. */
  static PostgresAddress of(PublishSettings.Postgres settings) {
    String own = System.getenv("POS_POSTGRES_PASSWORD");
    return new PostgresAddress(
        settings.url(), settings.user(), own != null ? own : System.getenv("PGPASSWORD"));
  }

  /**
   * Opens a connection.
   *
   * @throws com.posmodern.ai.error.PosException infrastructure, with the remedy
   */
  Connection open() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "pos-modern-ai publish");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw PostgresErrors.explain(e, toString());
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "PostgreSQL at " + url + " as " + user;
  }
}
