package com.posmodern.ai.job.care;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.care.ExportCustomerCommand.Scope;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of customers that an export gives them, table by table. */
final class ExportedRows {
  private static final Set<Table> OF_MESSAGES =
      EnumSet.of(
          Table.CUSTOMERS,
          Table.SUPPRESSIONS,
          Table.CUSTOMER_FEATURES,
          Table.CUSTOMER_SEGMENTS,
          Table.CUSTOMER_PROPENSITY,
          Table.PRODUCT_RECOMMENDATIONS,
          Table.CAMPAIGN_AUDIENCE,
          Table.CAMPAIGN_MESSAGES,
          Table.OUTBOX,
          Table.CAMPAIGN_EVENTS);

  private final Lake lake;
  private final ErasedCustomers customers;
  private final Scope scope;
  private final Optional<Object[]> dates;

  private ExportedRows(
      Lake lake, ErasedCustomers customers, Scope scope, Optional<Object[]> dates) {
    this.lake = lake;
    this.customers = customers;
    this.scope = scope;
    this.dates = dates;
  }

  static ExportedRows of(Lake lake, ErasedCustomers customers, Scope scope) {
    Optional<Object[]> dates =
        scope == Scope.MESSAGES ? Optional.of(datesOfMessages(lake, customers)) : Optional.empty();
    return new ExportedRows(lake, customers, scope, dates);
  }

  /** As-of dates on which a message to the customers was written. */
  private static Object[] datesOfMessages(Lake lake, ErasedCustomers customers) {
    if (!lake.exists(Table.CAMPAIGN_MESSAGES)) {
      return new Object[0];
    }
    return lake
        .read(Table.CAMPAIGN_MESSAGES)
        .where(ErasedRows.of(customers, Table.CAMPAIGN_MESSAGES))
        .select(AS_OF_DATE)
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.get(0))
        .toArray();
  }

  /** The tables of the lake that are searched. */
  List<Table> tables() {
    return Arrays.stream(Table.values()).filter(this::isWanted).filter(lake::exists).toList();
  }

  private boolean isWanted(Table table) {
    return scope == Scope.EVERYTHING ? ErasedRows.mayName(table) : OF_MESSAGES.contains(table);
  }

  Dataset<Row> rows(Table table) {
    Dataset<Row> rows = lake.read(table).where(ErasedRows.of(customers, table));
    return dates.isPresent() && Arrays.asList(rows.columns()).contains(AS_OF_DATE)
        ? rows.where(col(AS_OF_DATE).isin(dates.get()))
        : rows;
  }
}
