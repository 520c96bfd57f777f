package com.posmodern.ai.job.care;

import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.Removal;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;

/** The rows of erased customers in the tables of the lake: which they are, and their removal. */
final class ErasedRows {
  /** Tax, stock and demand need every line sold, so these rows stay without the customer's key. */
  private static final Set<Table> BOOKS = EnumSet.of(Table.SALES_LINES, Table.ACCEPTED_SALES);

  /** Tables of refused rows as texts, in which a customer may be named. */
  private static final Set<Table> TEXTS = EnumSet.of(Table.QUARANTINE, Table.REFUSED_SALES);

  private final Lake lake;
  private final Removal removal;
  private final ErasedCustomers customers;

  ErasedRows(Lake lake, Removal removal, ErasedCustomers customers) {
    this.lake = lake;
    this.removal = removal;
    this.customers = customers;
  }

  /** Tables with a customer key, and those whose rows may contain one in their text. */
  static boolean mayName(Table table) {
    return TEXTS.contains(table) || !ErasedCustomers.keys(table).isEmpty();
  }

  /** The tables of the lake that may name a customer. */
  List<Table> tables() {
    return Arrays.stream(Table.values()).filter(ErasedRows::mayName).filter(lake::exists).toList();
  }

  /**
   * Deletes the customers' rows of a table, or removes the key from them.
   *
   * @return number of rows
   */
  long remove(Table table) {
    return BOOKS.contains(table)
        ? removal.unlink(table, of(customers, table), ErasedCustomers.keys(table))
        : removal.delete(table, of(customers, table));
  }

  /** Whether a row of the table is about one of the customers. */
  static Column of(ErasedCustomers customers, Table table) {
    return TEXTS.contains(table)
        ? customers.mentionedIn(col(ROW_JSON)).or(customers.mentionedIn(col(ROW_KEY)))
        : customers.own(Contracts.of(table));
  }

  /**
   * A line for the person who watches.
   *
   * @param removed number of rows by table
   */
  static String summary(Map<Table, Long> removed) {
    long deleted = 0;
    long unlinked = 0;
    int tables = 0;
    for (Map.Entry<Table, Long> table : removed.entrySet()) {
      if (BOOKS.contains(table.getKey())) {
        unlinked += table.getValue();
      } else {
        deleted += table.getValue();
        tables++;
      }
    }
    return String.format(
        Locale.ROOT,
        "%,d rows deleted in %d tables; customer key removed from %,d sales lines",
        deleted,
        tables,
        unlinked);
  }
}
