package com.posmodern.ai.source.jdbc;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.Checks;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A database and how gently it is read.
 *
 * @param url of JDBC, without credentials; best that of a replica
 * @param user name of the environment variable with the user
 * @param password name of the environment variable with the password
 * @param timeZone of timestamps without a zone
 * @param connections that read at the same time
 * @param rowsPerSecond most rows read in a second, over all connections; 0 for no limit
 */
public record Database(
    String url, String user, String password, ZoneId timeZone, int connections, int rowsPerSecond) {
  private static final Set<String> KEYS =
      Set.of("url", "user", "password", "time_zone", "connections", "rows_per_second");
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)([?&;(,]\\s*(user|\\w*password|pwd|accessToken)\\s*=)|(//[^/]*:[^/]*@)"
              + "|(oracle:\\w+:[^@]+/[^@]*@)");

  /** What names a database or a schema behind the address. */
  private static final Pattern NAMES =
      Pattern.compile("(?i)[?&;](database|databaseName|instanceName|currentSchema)=[^&;]*");

  /** Their identifiers, times and sessions are others than Spark's dialects and ours expect. */
  private static final Pattern NOT_SUPPORTED =
      Pattern.compile("(?i)^jdbc:([\\w-]+:)?(mysql|mariadb)\\b");

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Database {
    // Never shown whole: it may hold a password.
    Checks.that(
        !CREDENTIALS.matcher(url).find(),
        "url",
        "hold no user and password: name the variables of the environment that do");
    Checks.that(url.startsWith("jdbc:"), "url", "begin with jdbc:");
    Checks.that(
        !NOT_SUPPORTED.matcher(url).find(),
        "url",
        "name another database: MySQL and MariaDB are not supported yet, as changed rows would be"
            + " missed there. Export their tables to files for scripts/pos import");
    Checks.that(VARIABLE.matcher(user).matches(), "user", "name a variable of the environment");
    Checks.that(
        VARIABLE.matcher(password).matches(), "password", "name a variable of the environment");
    Checks.that(
        connections >= 1 && connections <= 64, "connections", "be from 1 to 64, is " + connections);
    Checks.that(rowsPerSecond >= 0, "rows_per_second", "not be negative");
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Database of(JsonNode node) {
    Checks.keys(node, KEYS, Set.of());
    return new Database(
        Checks.text(node, "url"),
        Checks.text(node, "user"),
        Checks.text(node, "password"),
        zone(Checks.text(node, "time_zone")),
        number(node, "connections"),
        number(node, "rows_per_second"));
  }

  static int number(JsonNode node, String key) {
    String text = Checks.text(node, key);
    Checks.that(text.matches("[0-9]{1,9}"), key, "be a whole number, is " + text);
    return Integer.parseInt(text);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time_zone must be an IANA zone, is " + name, e);
    }
  }

  /**
   * Options of Spark's JDBC reader for all that is read from here.
   *
   * @param environment value of a variable; null when it is not set
   * @throws PosException usage when a variable is not set
   */
  Map<String, String> options(UnaryOperator<String> environment) {
    Map<String, String> options = new LinkedHashMap<>(Dialect.of(url).options());
    options.put("url", url);
    options.put("user", value(user, environment));
    options.put("password", value(password, environment));
    options.put("fetchsize", "10000");
    options.put("preferTimestampNTZ", "true");
    return options;
  }

  /** The address without what could be secret, for people. */
  String place() {
    return url.replaceAll("[?;].*", "").replaceAll("//[^/]*@", "//");
  }

  /** The same as long as the address names the same database and schema, however it is reached. */
  public String identity() {
    return place()
        + NAMES
            .matcher(url)
            .results()
            .map(MatchResult::group)
            .map(name -> ";" + name.substring(1))
            .sorted()
            .collect(Collectors.joining());
  }

  private String value(String variable, UnaryOperator<String> environment) {
    String value = environment.apply(variable);
    if (value == null) {
      throw PosException.usage(
          "the environment variable %s is not set".formatted(variable),
          place(),
          "Set it to the credentials of a user that may only read.");
    }
    return value;
  }
}
