package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Wildcard.ALL;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Rules for the stock and order tables that a contract cannot express: stores must exist in another
 * table, and days are compared with the as-of date. Rows that break them are quarantined and the
 * night continues: a stock file may well contain a warehouse.
 *
 * @param stores valid rows of the source table
 * @param overdueDays days after its expected day that an order still counts as on its way
 * @param serviceClasses classes of supply terms that the settings know
 */
public record NightRules(
    LocalDate asOf, Dataset<Row> stores, int overdueDays, Set<String> serviceClasses) {
  private static final Set<Table> OF_STORES =
      Set.of(
          Table.INVENTORY_DAILY,
          Table.STOCK_ON_ORDER,
          Table.STORE_DAYS,
          Table.SUPPLY_TERMS,
          Table.ASSORTMENT);

  /** Tables in which a row may be of every store. */
  private static final Set<Table> WITH_ALL = Set.of(Table.SUPPLY_TERMS, Table.ASSORTMENT);

  private static final String STORE_IS_KNOWN = "_store_is_known";
  private static final String SUPPLIERS = "_suppliers";

  public NightRules {
    serviceClasses = Set.copyOf(serviceClasses);
  }

  List<ScopedRule> of(Table table) {
    List<ScopedRule> rules = new ArrayList<>();
    if (OF_STORES.contains(table)) {
      rules.add(
          ScopedRule.refusingOnly("unknown_store", STORE_IS_KNOWN, "The store is in stores."));
    }
    if (table == Table.STOCK_ON_ORDER) {
      LocalDate oldest = asOf.minusDays(overdueDays);
      rules.add(
          ScopedRule.refusingOnly(
              "expected_in_the_past",
              "received_on IS NOT NULL OR expected_on >= DATE'%s'".formatted(oldest),
              "A delivery that was due before "
                  + oldest
                  + " and has not arrived no longer counts."));
      rules.add(
          ScopedRule.warning(
              "overdue",
              "received_on IS NOT NULL OR expected_on < DATE'%s' OR expected_on > DATE'%s'"
                  .formatted(oldest, asOf),
              "A delivery due by the as-of date has arrived."));
    }
    if (table == Table.SUPPLY_TERMS) {
      rules.add(
          ScopedRule.warning(
              "one_supplier",
              "product_id = '%s' OR %s = 1".formatted(ALL, SUPPLIERS),
              "A product has one row for a store; of several the shortest lead time holds."));
      rules.add(
          ScopedRule.warning(
              "service_class_known",
              "service_class IS NULL OR array_contains(array(''%s), service_class)"
                  .formatted(
                      serviceClasses.stream()
                          .sorted()
                          .map(name -> ", '" + name.replace("\\", "\\\\").replace("'", "\\'") + "'")
                          .collect(Collectors.joining())),
              "The class is one of forecast.replenishment.service_classes."));
    }
    return rules;
  }

  /** The rows with the columns that the rules need. */
  Dataset<Row> prepared(Table table, Dataset<Row> rows) {
    if (!OF_STORES.contains(table)) {
      return rows;
    }
    Dataset<Row> known = stores.select(col(STORE_ID), lit(true).as(STORE_IS_KNOWN));
    Dataset<Row> marked =
        rows.join(broadcast(known), new String[] {STORE_ID}, "left")
            .withColumn(STORE_IS_KNOWN, coalesce(col(STORE_IS_KNOWN), lit(false)));
    Dataset<Row> everywhere =
        WITH_ALL.contains(table)
            ? marked.withColumn(STORE_IS_KNOWN, col(STORE_IS_KNOWN).or(col(STORE_ID).equalTo(ALL)))
            : marked;
    return table == Table.SUPPLY_TERMS
        ? everywhere.withColumn(
            SUPPLIERS, count(lit(1)).over(Window.partitionBy(col(PRODUCT_ID), col(STORE_ID))))
        : everywhere;
  }
}
