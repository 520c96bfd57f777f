package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_NAME;
import static org.apache.spark.sql.functions.col;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Names of the few products shown on the page.
 *
 * @param products rows of {@code source.products}; a duplicated product gets one of its names
 */
public record ProductNames(Dataset<Row> products) {

  Map<String, String> of(Collection<String> ids) {
    return look(ids, PRODUCT_NAME);
  }

  Map<String, String> categories(Collection<String> ids) {
    return look(ids, CATEGORY);
  }

  private Map<String, String> look(Collection<String> ids, String column) {
    Map<String, String> found = new HashMap<>();
    products
        .where(col(PRODUCT_ID).isin(ids.toArray()))
        .where(col(column).isNotNull())
        .select(PRODUCT_ID, column)
        .orderBy(PRODUCT_ID, column)
        .limit(10 * ids.size() + 1)
        .collectAsList()
        .forEach(row -> found.putIfAbsent(row.getString(0), row.getString(1)));
    return found;
  }
}
