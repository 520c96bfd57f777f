package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Names of the few products shown on the page. */
public final class ProductNames {
  private final Dataset<Row> products;
  private final Set<String> asked = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> categories = new HashMap<>();

  /**
   * Looks nothing up yet.
   *
   * @param products rows of {@code source.products}; a duplicated product gets one of its names
   */
  public ProductNames(Dataset<Row> products) {
    this.products = products;
  }

  Map<String, String> of(Collection<String> ids) {
    return known(names, ids);
  }

  /**
   * What the page shows of a product.
   *
   * @param name the id of a product without a name
   * @param category empty for a product without one
   */
  record Named(String name, String category) {}

  /** Every given product by its id. */
  Map<String, Named> named(Collection<String> ids) {
    Map<String, String> known = of(ids);
    Map<String, Named> named = new HashMap<>();
    for (String id : ids) {
      named.put(id, new Named(known.getOrDefault(id, id), categories.getOrDefault(id, "")));
    }
    return named;
  }

  private Map<String, String> known(Map<String, String> values, Collection<String> ids) {
    look(ids.stream().filter(asked::add).toList());
    Map<String, String> found = new HashMap<>(values);
    found.keySet().retainAll(ids);
    return found;
  }

  /** Names and categories in one query: the page shows both, and a product more than once. */
  private void look(List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    products
        .where(col(PRODUCT_ID).isin(ids.toArray()))
        .groupBy(PRODUCT_ID)
        .agg(min(PRODUCT_NAME), min(CATEGORY))
        .collectAsList()
        .forEach(
            row -> {
              put(names, row, 1);
              put(categories, row, 2);
            });
  }

  private static void put(Map<String, String> values, Row row, int column) {
    if (!row.isNullAt(column)) {
      values.put(row.getString(0), row.getString(column));
    }
  }
}
