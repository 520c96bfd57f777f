package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The products and categories that the terms of trends are about. */
final class TrendItems {
  private TrendItems() {}

  /**
   * Requires what the terms name to be there.
   *
   * @param known source.products
   * @throws PosException usage when a term is about something that there is not
   */
  static void requireKnown(TrendSettings settings, Dataset<Row> known) {
    Set<String> products = new HashSet<>();
    Set<String> categories = new HashSet<>();
    settings.terms().values().forEach(items -> products.addAll(items.products()));
    settings.terms().values().forEach(items -> categories.addAll(items.categories()));
    products.removeAll(
        texts(known.where(col(PRODUCT_ID).isin(products.toArray())).select(PRODUCT_ID)));
    categories.removeAll(
        texts(known.where(col(CATEGORY).isin(categories.toArray())).select(CATEGORY)));
    if (!products.isEmpty() || !categories.isEmpty()) {
      products.addAll(categories);
      throw PosException.usage(
          "there is no product or category "
              + String.join(", ", products.stream().sorted().toList()),
          "trends.terms of the settings",
          "Name products by their ids, and categories as " + Table.PRODUCTS + " writes them.");
    }
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.distinct().collectAsList().stream().map(row -> row.getString(0)).toList();
  }
}
