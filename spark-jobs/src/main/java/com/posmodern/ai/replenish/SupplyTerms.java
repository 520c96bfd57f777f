package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.LEAD_TIME;
import static com.posmodern.ai.contract.Columns.LEAD_TIME_SPREAD;
import static com.posmodern.ai.contract.Columns.MAXIMUM_STOCK;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER_PALLETS;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER_VALUE;
import static com.posmodern.ai.contract.Columns.ORDER_DAYS;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRESENTATION_MINIMUM;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SERVICE_CLASS;
import static com.posmodern.ai.contract.Columns.SHELF_LIFE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.SUPPLIER_ID;
import static com.posmodern.ai.contract.Columns.TERMS;
import static com.posmodern.ai.contract.Columns.UNITS_PER_PALLET;
import static com.posmodern.ai.contract.Columns.UNIT_COST;
import static com.posmodern.ai.contract.Wildcard.ALL;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of {@code source.supply_terms} that hold for each series, term by term from the most
 * specific row that states it: product and store, product, supplier and store, supplier, store,
 * everything. The supplier is the one that a row of the product names. Of several rows of a level
 * the one with the shortest lead time holds.
 */
final class SupplyTerms {
  /** Terms that a row may state, beside its supplier. */
  static final Map<String, String> TYPES = types();

  private static final int UNSTATED = Integer.MAX_VALUE;
  private static final String OF_PRODUCT = "_of_product";
  private static final String OF_SUPPLIER = "_of_supplier";
  private static final String OF_ALL = "_of_all";
  private static final String ROWS = "_rows";
  private static final String SUPPLIER = "_supplier";

  private SupplyTerms() {}

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put(LEAD_TIME, "int");
    types.put(SUPPLIER_ID, "string");
    types.put(LEAD_TIME_SPREAD, "double");
    types.put(ORDER_DAYS, "string");
    types.put(PACK_SIZE, "int");
    types.put(MINIMUM_ORDER, "double");
    types.put(MINIMUM_ORDER_VALUE, "double");
    types.put(MINIMUM_ORDER_PALLETS, "double");
    types.put(UNITS_PER_PALLET, "double");
    types.put(UNIT_COST, "double");
    types.put(MAXIMUM_STOCK, "double");
    types.put(PRESENTATION_MINIMUM, "double");
    types.put(SHELF_LIFE, "int");
    types.put(SERVICE_CLASS, "string");
    return types;
  }

  /** Adds no terms: {@code supplier_id} and all others are null, {@code terms} is settings. */
  static Dataset<Row> none(Dataset<Row> series) {
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    TYPES.forEach((name, type) -> columns.add(lit(null).cast(type).as(term(name))));
    columns.add(lit("settings").as(TERMS));
    return series.select(columns.toArray(Column[]::new));
  }

  /**
   * Adds each term, null where no row states it, as {@link #term}, and in {@code terms} the most
   * specific level that has a row.
   *
   * @param series with store, product and the pack of the product master, which stands between the
   *     rows of the product and those of its supplier
   */
  static Dataset<Row> with(Dataset<Row> series, Dataset<Row> supplyTerms) {
    Dataset<Row> rows = supplyTerms.select(stated());
    Column everyProduct = col(PRODUCT_ID).equalTo(ALL);
    Dataset<Row> ofProducts =
        rows.where(not(everyProduct))
            .groupBy(PRODUCT_ID)
            .agg(collect_list(struct(col(STORE_ID), col(ROWS))).as(OF_PRODUCT));
    Dataset<Row> ofSuppliers =
        rows.where(everyProduct)
            .groupBy(col(ROWS).getField(SUPPLIER_ID).as(SUPPLIER))
            .agg(collect_list(struct(col(STORE_ID), col(ROWS))).as(OF_SUPPLIER));
    Dataset<Row> ofAll =
        ofSuppliers.where(col(SUPPLIER).equalTo(ALL)).select(col(OF_SUPPLIER).as(OF_ALL));
    Dataset<Row> joined =
        series
            .join(ofProducts, new String[] {PRODUCT_ID}, "left")
            .withColumn(
                SUPPLIER,
                coalesce(
                    supplier(best(OF_PRODUCT, col(STORE_ID))),
                    supplier(best(OF_PRODUCT, lit(ALL))),
                    lit(ALL)))
            .join(ofSuppliers, new String[] {SUPPLIER}, "left")
            .join(ofAll, lit(true), "left");
    return resolved(joined);
  }

  private static Dataset<Row> resolved(Dataset<Row> joined) {
    Map<String, Column> levels = new LinkedHashMap<>();
    Column here = best(OF_PRODUCT, col(STORE_ID));
    Column everywhere = best(OF_PRODUCT, lit(ALL));
    // What another supplier asks for the product does not hold here.
    Column same =
        coalesce(supplier(everywhere), col(SUPPLIER)).equalTo(col(SUPPLIER)).or(here.isNull());
    levels.put("product_and_store", here);
    levels.put("product", when(same, everywhere));
    levels.put("supplier_and_store", known(best(OF_SUPPLIER, col(STORE_ID))));
    levels.put("supplier", known(best(OF_SUPPLIER, lit(ALL))));
    levels.put("store", best(OF_ALL, col(STORE_ID)));
    levels.put("everything", best(OF_ALL, lit(ALL)));
    List<Column> columns = new ArrayList<>();
    for (String name : joined.columns()) {
      if (!List.of(OF_PRODUCT, OF_SUPPLIER, OF_ALL, SUPPLIER).contains(name)) {
        columns.add(col(name));
      }
    }
    Dataset<Row> named = joined;
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Column> level : levels.entrySet()) {
      String name = "_level_" + names.size();
      named = named.withColumn(name, level.getValue());
      names.add(name);
    }
    TYPES.forEach((term, type) -> columns.add(value(term, names).cast(type).as(term(term))));
    Column label = lit("settings");
    List<String> labels = List.copyOf(levels.keySet());
    for (int level = names.size() - 1; level >= 0; level--) {
      label = when(col(names.get(level)).isNotNull(), labels.get(level)).otherwise(label);
    }
    columns.add(label.as(TERMS));
    return named.select(columns.toArray(Column[]::new));
  }

  private static Column value(String term, List<String> levels) {
    if (term.equals(SUPPLIER_ID)) {
      return nullif(col(SUPPLIER), lit(ALL));
    }
    List<Column> values = new ArrayList<>();
    for (String level : levels) {
      // The product master is about the product, so it comes before its supplier's other goods.
      if (term.equals(PACK_SIZE) && values.size() == 2) {
        values.add(col(PACK_SIZE));
      }
      Column value = col(level).getField(term);
      values.add(term.equals(LEAD_TIME) ? nullif(value, lit(UNSTATED)) : value);
    }
    return coalesce(values.toArray(Column[]::new));
  }

  /** Of the supplier itself; the rows of every supplier are levels of their own. */
  private static Column known(Column level) {
    return when(col(SUPPLIER).notEqual(ALL), level);
  }

  /** The name of a term until it is merged with the settings. */
  static String term(String name) {
    return "_term_" + name;
  }

  private static Column supplier(Column level) {
    return nullif(level.getField(SUPPLIER_ID), lit(ALL));
  }

  /** A row as one value; the lead time comes first, as the least of several holds. */
  private static Column[] stated() {
    List<Column> terms = new ArrayList<>();
    TYPES.forEach(
        (name, type) -> {
          Column value = col(name).cast(type);
          terms.add((name.equals(LEAD_TIME) ? coalesce(value, lit(UNSTATED)) : value).as(name));
        });
    return new Column[] {
      col(PRODUCT_ID), col(STORE_ID), struct(terms.toArray(Column[]::new)).as(ROWS)
    };
  }

  private static Column best(String rows, Column store) {
    return array_min(filter(col(rows), row -> row.getField(STORE_ID).equalTo(store)))
        .getField(ROWS);
  }
}
