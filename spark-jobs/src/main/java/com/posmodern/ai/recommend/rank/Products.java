package com.posmodern.ai.recommend.rank;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.LAUNCHED_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_NAME;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.recommend.Catalogue.OFFERED;
import static com.posmodern.ai.recommend.Catalogue.ON_SALE;
import static com.posmodern.ai.recommend.DenseIndex.PRODUCT_INDEX;

import com.posmodern.ai.error.PosException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Indices of products and stores in the order of their ids, available to every task: a few dozen
 * bytes per product.
 */
public final class Products implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = Integer.MIN_VALUE;

  private final String[] ids;
  private final String[] names;
  private final String[] stores;
  private final String[] categoryNames;
  private final int[] category;
  private final int[] launched;
  private final boolean[] offered;
  private final boolean[] onSale;

  Products(List<Row> catalogue, List<String> stores) {
    int size = catalogue.size();
    this.stores = stores.toArray(String[]::new);
    this.ids = new String[size];
    this.names = new String[size];
    this.category = new int[size];
    this.launched = new int[size];
    this.offered = new boolean[size];
    this.onSale = new boolean[size];
    Map<String, Integer> categories = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Row row = catalogue.get(i);
      ids[i] = row.getString(0);
      category[i] = categories.computeIfAbsent(row.getString(1), name -> categories.size());
      launched[i] = row.isNullAt(2) ? UNKNOWN : (int) row.getDate(2).toLocalDate().toEpochDay();
      offered[i] = row.getBoolean(3);
      onSale[i] = row.getBoolean(4);
      names[i] = row.isNullAt(5) ? ids[i] : row.getString(5);
    }
    this.categoryNames = new String[categories.size()];
    categories.forEach((name, number) -> categoryNames[number] = name);
  }

  /**
   * Numbers the products and the stores.
   *
   * @param catalogue as of {@link com.posmodern.ai.recommend.Catalogue}
   * @param stores store_id
   */
  public static Products of(Dataset<Row> catalogue, Dataset<Row> stores) {
    List<Row> rows =
        catalogue
            .select(PRODUCT_ID, CATEGORY, LAUNCHED_ON, OFFERED, ON_SALE, PRODUCT_NAME)
            .sort(PRODUCT_ID)
            .collectAsList();
    List<String> ids =
        stores.select(STORE_ID).distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    if (rows.size() >= PurchaseHistory.PRODUCTS || ids.size() >= PurchaseHistory.STORES) {
      throw PosException.badData(
          "%,d products and %,d stores; at most 2^26 and 2^20 can be numbered"
              .formatted(rows.size(), ids.size()),
          "recommend",
          "Split the lake by chain");
    }
    return new Products(rows, ids);
  }

  /**
   * Which of these products may be recommended according to another catalogue, for example that of
   * an earlier day.
   *
   * @param catalogue as of {@link com.posmodern.ai.recommend.Catalogue}
   */
  boolean[] offeredIn(Dataset<Row> catalogue) {
    boolean[] other = new boolean[ids.length];
    catalogue
        .where(OFFERED)
        .select(PRODUCT_ID)
        .collectAsList()
        .forEach(
            row -> {
              int place = Arrays.binarySearch(ids, row.getString(0));
              if (place >= 0) {
                other[place] = true;
              }
            });
    return other;
  }

  /** Columns product_id, product_index. */
  public Dataset<Row> productIndex(SparkSession spark) {
    return index(spark, ids, PRODUCT_ID, PRODUCT_INDEX);
  }

  Dataset<Row> storeIndex(SparkSession spark, String name) {
    return index(spark, stores, STORE_ID, name);
  }

  int size() {
    return ids.length;
  }

  int stores() {
    return stores.length;
  }

  int categories() {
    return categoryNames.length;
  }

  String id(int product) {
    return ids[product];
  }

  /** Name for people; the id where there is none. */
  String name(int product) {
    return names[product];
  }

  int category(int product) {
    return category[product];
  }

  /** Whether the product may be recommended on the day after the as-of date. */
  boolean[] offered() {
    return offered;
  }

  /** Neither gone nor yet to come, whether also products that are not stocked. */
  boolean onSale(int product) {
    return onSale[product];
  }

  /**
   * Whether the product was launched within the given number of days up to and including the day.
   */
  boolean launchedWithin(int product, int day, int days) {
    return launched[product] != UNKNOWN
        && launched[product] <= day + 1
        && launched[product] > day - days;
  }

  /** True at the index of each category with one of these names. */
  boolean[] categoriesNamed(Set<String> names) {
    boolean[] named = new boolean[categoryNames.length];
    for (int i = 0; i < named.length; i++) {
      named[i] = names.contains(categoryNames[i]);
    }
    return named;
  }

  private static Dataset<Row> index(SparkSession spark, String[] ids, String key, String number) {
    List<Row> rows = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      rows.add(RowFactory.create(ids[i], i));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(key, DataTypes.StringType, false)
            .add(number, DataTypes.IntegerType, false));
  }
}
