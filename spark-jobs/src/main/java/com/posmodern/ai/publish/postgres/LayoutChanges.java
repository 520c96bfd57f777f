package com.posmodern.ai.publish.postgres;

import static com.posmodern.ai.publish.postgres.TillTable.BASE_NO;
import static com.posmodern.ai.publish.postgres.TillTable.VALID_FROM;
import static com.posmodern.ai.publish.postgres.TillTable.VALID_TO;
import static com.posmodern.ai.publish.postgres.TillTable.quoted;

import com.posmodern.ai.contract.ContractColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The SQL that brings the tables of a database that a former version made to today's contracts. */
final class LayoutChanges {
  private LayoutChanges() {}

  /**
   * Adds columns that were added to a contract after the tables were created.
   *
   * @param found columns of {@code pos_rows}, each as table.column
   */
  static List<String> added(Set<String> found) {
    List<String> all = new ArrayList<>();
    for (TillTable table : PostgresLayout.tables()) {
      boolean made = found.stream().anyMatch(name -> name.startsWith(table.name() + "."));
      for (ContractColumn column : table.stored()) {
        if (made && !found.contains(table.name() + "." + column.name())) {
          all.add(
              "ALTER TABLE %s ADD COLUMN %s %s"
                  .formatted(table.parent(), quoted(column.name()), TillTable.type(column.type())));
        }
      }
    }
    return all;
  }

  /**
   * Makes columns nullable that their contract no longer requires.
   *
   * @param never columns of {@code pos_rows} that may not be null, each as table.column
   */
  static List<String> loosened(Set<String> never) {
    List<String> all = new ArrayList<>();
    for (TillTable table : PostgresLayout.tables()) {
      for (ContractColumn column : table.stored()) {
        if (!table.mustBeThere(column) && never.contains(table.name() + "." + column.name())) {
          all.add(
              "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL"
                  .formatted(table.parent(), quoted(column.name())));
        }
      }
    }
    return all;
  }

  /**
   * Makes columns nullable that no contract has any more, because nothing fills them.
   *
   * @param never columns of {@code pos_rows} that may not be null, each as table.column
   */
  static List<String> abandoned(Set<String> never) {
    List<String> all = new ArrayList<>();
    for (TillTable table : PostgresLayout.tables()) {
      String prefix = table.name() + ".";
      Set<String> ours = new HashSet<>(table.storedNames());
      ours.addAll(List.of(BASE_NO, VALID_FROM, VALID_TO));
      never.stream()
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .filter(column -> !ours.contains(column))
          .sorted()
          .forEach(
              column ->
                  all.add(
                      "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL"
                          .formatted(table.parent(), quoted(column))));
    }
    return all;
  }
}
