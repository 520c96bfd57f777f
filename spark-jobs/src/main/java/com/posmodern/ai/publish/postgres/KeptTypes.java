package com.posmodern.ai.publish.postgres;

import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.publish.postgres.PostgresLayout.ViewColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A column that tills read must keep its type. PostgreSQL changes the type of a view's column only
 * by dropping the view, with its grants and the views that depend on it, and prepared statements of
 * running tills would fail with "cached plan must not change result type". So a contract with
 * another type is refused before anything is changed.
 */
final class KeptTypes {
  private KeptTypes() {}

  /**
   * Compares the contracts with what the database has.
   *
   * @param tables columns of {@code pos_rows}, by table
   * @param views columns of {@code pos}, by view
   * @param database its address, for the message
   * @throws PosException usage, with every column that differs and the remedy
   */
  static void require(
      Map<String, List<ViewColumn>> tables, Map<String, List<ViewColumn>> views, String database) {
    List<String> differing = new ArrayList<>();
    List<String> remedy = new ArrayList<>();
    for (TillTable table : PostgresLayout.tables()) {
      boolean drop = false;
      List<String> alter = new ArrayList<>();
      for (ContractColumn column : table.contract().columns()) {
        String type = TillTable.type(column.type());
        String stored = typeOf(tables, table, column, type);
        String shown = typeOf(views, table, column, type);
        if (!stored.equals(type) || !shown.equals(type)) {
          drop = true;
          differing.add(
              "%s.%s is %s there and %s in the contract"
                  .formatted(
                      table.name(), column.name(), stored.equals(type) ? shown : stored, type));
        }
        if (!stored.equals(type)) {
          alter.add("ALTER %s TYPE %s".formatted(TillTable.quoted(column.name()), type));
        }
      }
      if (drop) {
        remedy.add("DROP VIEW %s.%s;".formatted(PostgresLayout.VIEWS, table.name()));
      }
      if (!alter.isEmpty()) {
        remedy.add("ALTER TABLE %s %s;".formatted(table.parent(), String.join(", ", alter)));
      }
    }
    if (!differing.isEmpty()) {
      throw PosException.usage(
          String.join("; ", differing),
          database,
          "Running tills would fail on another type: keep the column as it was, and give the new"
              + " one another name. Or, while no till reads, run there: BEGIN; %s COMMIT; and"
                  .formatted(String.join(" ", remedy))
              + " publish again.");
    }
  }

  /** The type that a column has there; the wanted one where there is no such column yet. */
  private static String typeOf(
      Map<String, List<ViewColumn>> found, TillTable table, ContractColumn column, String wanted) {
    return found.getOrDefault(table.name(), List.of()).stream()
        .filter(there -> there.name().equals(column.name()))
        .map(ViewColumn::type)
        .findFirst()
        .orElse(wanted);
  }
}
