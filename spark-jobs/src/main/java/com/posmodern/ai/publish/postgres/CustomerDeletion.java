package com.posmodern.ai.publish.postgres;

import static com.posmodern.ai.publish.postgres.TillTable.BASE_NO;
import static com.posmodern.ai.publish.postgres.TillTable.VALID_TO;
import static com.posmodern.ai.publish.postgres.TillTable.quoted;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Deletes rows of customers from the till's tables, in all publications. */
final class CustomerDeletion {
  private CustomerDeletion() {}

  /**
   * Deletes them from every base, and corrects the row counts of each publication.
   *
   * @param customers values of the tables' customer columns
   * @return rows deleted
   */
  static long delete(PostgresSession session, List<String> customers) {
    return tables().mapToLong(table -> delete(session, table, customers)).sum();
  }

  private static long delete(PostgresSession session, TillTable table, List<String> customers) {
    String theirs =
        table.contract().customerKeys().stream()
            .map(key -> quoted(key) + " = ANY (?)")
            .collect(Collectors.joining(" OR "));
    Object[] values =
        table.contract().customerKeys().stream()
            .map(key -> customers.toArray(String[]::new))
            .toArray();
    session.update(
        """
        UPDATE pos_admin.contents c SET
          base_rows = base_rows - (SELECT count(*) FROM %s r
                                   WHERE r.%s = c.base_no AND (%s)),
          row_count = row_count - (SELECT count(*) FROM %s r
                                   WHERE r.%s = c.base_no AND (%s)
                                     AND r.valid_from <= c.publication_no
                                     AND r.%s > c.publication_no)
        WHERE c.table_name = '%s'"""
            .formatted(
                table.parent(),
                BASE_NO,
                theirs,
                table.parent(),
                BASE_NO,
                theirs,
                VALID_TO,
                table.name()),
        Stream.concat(Stream.of(values), Stream.of(values)).toArray());
    return session.update("DELETE FROM %s WHERE %s".formatted(table.parent(), theirs), values);
  }

  /** A deleted row stays in PostgreSQL's files until VACUUM. */
  static void vacuum(PostgresSession session) {
    tables().forEach(table -> session.run("VACUUM (ANALYZE) " + table.parent()));
  }

  private static Stream<TillTable> tables() {
    return PostgresLayout.tables().stream()
        .filter(table -> !table.contract().customerKeys().isEmpty());
  }
}
