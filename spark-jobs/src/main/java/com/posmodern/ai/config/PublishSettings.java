package com.posmodern.ai.config;

/**
 * Where results are shown, and how many publications can be put back.
 *
 * @param kept newest publications that readers can be put back to; older ones are dropped
 */
public record PublishSettings(int kept, Postgres postgres, Bi bi) {
  public PublishSettings {
    Checks.that(kept >= 2, "kept", "be at least 2, or there is nothing to go back to");
  }

  /**
   * The till's database. The password comes from POS_POSTGRES_PASSWORD, PGPASSWORD or pgpass.
   *
   * @param enabled whether the till's tables are loaded at all
   * @param url JDBC address; over a network with {@code ?sslmode=verify-full}
   * @param user who loads; owns the schemas
   * @param readerRole existing role that may read the views
   * @param connections COPY connections at a time; 0 for one per task that Spark has at a time
   * @param changedShare up to this share of changed rows only these are written; above it the table
   *     is loaded whole
   */
  public record Postgres(
      boolean enabled,
      String url,
      String user,
      String readerRole,
      int connections,
      double changedShare) {
    public Postgres {
      Checks.that(
          url.startsWith("jdbc:postgresql:"), "url", "start with jdbc:postgresql:, is " + url);
      Checks.that(
          !url.contains("password"),
          "url",
          "not hold a password; it comes from POS_POSTGRES_PASSWORD, PGPASSWORD or pgpass");
      Checks.text("user", user);
      Checks.that(
          readerRole.matches("[a-z_][a-z0-9_]*"),
          "reader_role",
          "be a plain name in small letters");
      Checks.notNegative("connections", connections);
      Checks.share("changed_share", changedShare);
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
      Checks.that(
          glueDatabase.matches("[a-z_][a-z0-9_]*"),
          "glue_database",
          "be a plain name in small letters");
      Checks.text("redshift_role", redshiftRole);
    }
  }
}
