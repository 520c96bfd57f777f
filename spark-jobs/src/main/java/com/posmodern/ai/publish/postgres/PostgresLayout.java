package com.posmodern.ai.publish.postgres;

import static com.posmodern.ai.publish.postgres.TillTable.BASE_NO;
import static com.posmodern.ai.publish.postgres.TillTable.OPEN;
import static com.posmodern.ai.publish.postgres.TillTable.VALID_FROM;
import static com.posmodern.ai.publish.postgres.TillTable.VALID_TO;
import static com.posmodern.ai.publish.postgres.TillTable.names;
import static com.posmodern.ai.publish.postgres.TillTable.quoted;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The SQL of the permanent objects in the till's database.
 *
 * <ul>
 *   <li>{@code pos}: the views that the till reads; their columns are those of the contracts;
 *   <li>{@code pos_rows}: one partitioned table per result, a partition per base;
 *   <li>{@code pos_<publication>}: the bases that this publication loaded completely;
 *   <li>{@code pos_admin}: which publications are loaded, and which one is visible.
 * </ul>
 *
 * <p>The views look up the visible publication in {@code pos_admin.visible}, so switching is one
 * transaction on a few rows: thanks to MVCC every statement sees all tables of one publication, and
 * no reader waits. Replacing the views themselves takes exclusive locks: behind one long query of a
 * reader every till would queue, and readers that touch the views in another order would deadlock.
 *
 * <p>A row is valid for the publications {@code valid_from <= publication < valid_to}: what did not
 * change since the base was loaded is not written again.
 */
final class PostgresLayout {
  static final String VIEWS = "pos";
  static final String ROWS = "pos_rows";
  static final String ADMIN = "pos_admin";

  /**
   * A column of a view.
   *
   * @param type as PostgreSQL writes it
   */
  record ViewColumn(String name, String type) {}

  private final String readerRole;

  PostgresLayout(String readerRole) {
    this.readerRole = readerRole;
  }

  /** The tables that the till reads, in a stable order. */
  static List<TillTable> tables() {
    return Arrays.stream(Table.values())
        .filter(table -> table.layer() == com.posmodern.ai.contract.Layer.RESULTS)
        .filter(TillTable::isForTheTill)
        .map(TillTable::of)
        .toList();
  }

  /** Schema of the bases that a publication loaded. */
  static String schema(String publicationId) {
    return "pos_" + publicationId;
  }

  /** All statements in executable order, for a new database; each may be repeated. */
  List<String> statements() {
    return statements(Map.of());
  }

  /**
   * All statements in executable order, for a database whose views were made by a former version.
   *
   * <p>A view never loses a column and never changes their order: so PostgreSQL can replace it
   * without dropping it, and grants, dependent views and prepared statements of the till remain.
   * New columns of the contract come last; columns that it no longer has are null.
   *
   * @param found by view, the columns that it has in the database
   */
  List<String> statements(Map<String, List<ViewColumn>> found) {
    List<String> all = new ArrayList<>(ADMIN_TABLES);
    for (TillTable table : tables()) {
      all.add(parent(table));
      all.add(view(table, found.getOrDefault(table.name(), List.of())));
      all.add(comment("VIEW", VIEWS + "." + table.name(), table.contract().description()));
      for (ContractColumn column : table.contract().columns()) {
        all.add(
            comment(
                "COLUMN",
                "%s.%s.%s".formatted(VIEWS, table.name(), quoted(column.name())),
                description(column)));
      }
    }
    all.add("GRANT USAGE ON SCHEMA pos TO " + readerRole);
    all.add("GRANT SELECT ON ALL TABLES IN SCHEMA pos TO " + readerRole);
    return all;
  }

  private static final List<String> ADMIN_TABLES =
      List.of(
          "CREATE SCHEMA IF NOT EXISTS pos_admin",
          "CREATE SCHEMA IF NOT EXISTS pos_rows",
          "CREATE SCHEMA IF NOT EXISTS pos",
          """
          CREATE TABLE IF NOT EXISTS pos_admin.layout (
            fingerprint text NOT NULL
          )""",
          """
          CREATE TABLE IF NOT EXISTS pos_admin.publications (
            publication_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            publication_id text NOT NULL UNIQUE,
            as_of_date date NOT NULL,
            loaded_at timestamp with time zone
          )""",
          """
          CREATE TABLE IF NOT EXISTS pos_admin.contents (
            publication_no integer NOT NULL REFERENCES pos_admin.publications,
            table_name text NOT NULL,
            base_no integer NOT NULL REFERENCES pos_admin.publications,
            base_rows bigint NOT NULL,
            model_version text,
            row_count bigint NOT NULL,
            rows_written bigint NOT NULL,
            PRIMARY KEY (publication_no, table_name)
          )""",
          """
          CREATE TABLE IF NOT EXISTS pos_admin.visible (
            table_name text PRIMARY KEY,
            publication_no integer NOT NULL,
            base_no integer NOT NULL,
            publication_id text NOT NULL,
            as_of_date date NOT NULL,
            model_version text,
            switched_at timestamp with time zone NOT NULL
          )""",
          """
          CREATE OR REPLACE VIEW pos.publication AS
          SELECT DISTINCT publication_id, as_of_date, switched_at FROM pos_admin.visible""",
          comment("VIEW", "pos.publication", "The publication that all views show now; one row."));

  private static String parent(TillTable table) {
    String columns =
        table.stored().stream()
            .map(
                c ->
                    "  %s %s%s,\n"
                        .formatted(
                            quoted(c.name()),
                            TillTable.type(c.type()),
                            table.mustBeThere(c) ? " NOT NULL" : ""))
            .collect(Collectors.joining());
    return """
        CREATE TABLE IF NOT EXISTS %s (
        %s  %s integer NOT NULL,
          %s integer NOT NULL,
          %s integer NOT NULL DEFAULT %d
        ) PARTITION BY LIST (%s)"""
        .formatted(table.parent(), columns, BASE_NO, VALID_FROM, VALID_TO, OPEN, BASE_NO);
  }

  private static String view(TillTable table, List<ViewColumn> found) {
    Map<String, String> columns = new LinkedHashMap<>();
    found.forEach(
        former ->
            columns.put(
                former.name(), "NULL::%s AS %s".formatted(former.type(), quoted(former.name()))));
    table.contract().columns().forEach(c -> columns.put(c.name(), column(table, c.name())));
    return """
        CREATE OR REPLACE VIEW %s.%s AS
        SELECT
          %s
        FROM %s r
        WHERE r.%s = %s
          AND r.%s <= %s
          AND r.%s > %s"""
        .formatted(
            VIEWS,
            table.name(),
            String.join(",\n  ", columns.values()),
            table.parent(),
            BASE_NO,
            visible(table, BASE_NO),
            VALID_FROM,
            visible(table, "publication_no"),
            VALID_TO,
            visible(table, "publication_no"));
  }

  private static String column(TillTable table, String name) {
    return switch (name) {
      case Columns.AS_OF_DATE -> "%s AS as_of_date".formatted(visible(table, Columns.AS_OF_DATE));
      case Columns.MODEL_VERSION ->
          "coalesce(r.model_version, %s) AS model_version"
              .formatted(visible(table, Columns.MODEL_VERSION));
      default -> "r." + quoted(name);
    };
  }

  private static String visible(TillTable table, String column) {
    return "(SELECT v.%s FROM pos_admin.visible v WHERE v.table_name = '%s')"
        .formatted(column, table.name());
  }

  private static String comment(String kind, String name, String text) {
    return "COMMENT ON %s %s IS '%s'".formatted(kind, name, text.replace("'", "''"));
  }

  private static String description(ContractColumn column) {
    return column
        .unit()
        .map(unit -> column.description() + " Unit: " + unit + ".")
        .orElse(column.description());
  }

  /** A base of one publication, not yet attached to the partitioned table. */
  static List<String> base(TillTable table, String schema, int publicationNo) {
    String name = schema + "." + table.name();
    return List.of(
        "CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
            .formatted(name, table.parent()),
        // With this check constraint the partition is attached without scanning it.
        """
        ALTER TABLE %s ALTER %s SET DEFAULT %d, ALTER %s SET DEFAULT %d,
          ADD CONSTRAINT one_base CHECK (%s = %d)"""
            .formatted(
                name, BASE_NO, publicationNo, VALID_FROM, publicationNo, BASE_NO, publicationNo));
  }

  /**
   * After the rows are loaded: the index on the key, which serves every query of the till, and
   * planner statistics.
   */
  static List<String> finishBase(TillTable table, String schema) {
    String name = schema + "." + table.name();
    return List.of(
        "CREATE UNIQUE INDEX ON %s (%s, %s)".formatted(name, names(table.key()), VALID_FROM),
        "VACUUM (ANALYZE) " + name);
  }

  static String attach(TillTable table, String schema, int publicationNo) {
    return "ALTER TABLE %s ATTACH PARTITION %s.%s FOR VALUES IN (%d)"
        .formatted(table.parent(), schema, table.name(), publicationNo);
  }
}
