package com.posmodern.ai.config;

/**
 * Where results are published, and how many earlier publications readers can be switched back to.
 *
 * @param kept number of newest publications that readers can be switched back to; older ones are
 *     dropped
 */
public record PublishSettings(int kept, Postgres postgres, Bi bi) {
  public PublishSettings {
    SettingChecks.that(
        kept >= 2, "kept", "be at least 2, or there is no earlier publication to switch back to");
  }

  /**
   * The till's database. The password comes from POS_POSTGRES_PASSWORD, PGPASSWORD or pgpass.
   *
   * @param enabled whether the till's tables are loaded at all
   * @param url JDBC address; over a network with {@code ?sslmode=verify-full}
   * @param user user that loads the tables; owns the schemas
   * @param readerRole existing role that is granted SELECT on the views
   * @param connections number of concurrent COPY connections; 0 for one per concurrent Spark task
   * @param changedShare while at most this share of the rows has changed, only the changed rows are
   *     written; above it the whole table is loaded
   */
  public record Postgres(
      boolean enabled,
      String url,
      String user,
      String readerRole,
      int connections,
      double changedShare) {
    public Postgres {
      SettingChecks.that(
          url.startsWith("jdbc:postgresql:"), "url", "start with jdbc:postgresql:, is " + url);
      SettingChecks.that(
          !url.contains("password"),
          "url",
          "not hold a password; it comes from POS_POSTGRES_PASSWORD, PGPASSWORD or pgpass");
      SettingChecks.text("user", user);
      SettingChecks.that(
          readerRole.matches("[a-z_][a-z0-9_]*"), "reader_role", "be a plain lower-case name");
      SettingChecks.notNegative("connections", connections);
      SettingChecks.share("changed_share", changedShare);
    }
  }

  /**
   * Names in the generated DDL for Redshift Spectrum and Athena.
   *
   * @param glueDatabase database of the Glue catalog
   * @param redshiftRole IAM role that Redshift reads the catalog and the lake with
   */
  public record Bi(String glueDatabase, String redshiftRole) {
    public Bi {
      SettingChecks.that(
          glueDatabase.matches("[a-z_][a-z0-9_]*"), "glue_database", "be a plain lower-case name");
      SettingChecks.text("redshift_role", redshiftRole);
    }
  }
}
