package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_SHARE;
import static com.posmodern.ai.contract.Columns.DISCOUNT_SHARE;
import static com.posmodern.ai.contract.Columns.DISTINCTION;
import static com.posmodern.ai.contract.Columns.MEAN_HOUR;
import static com.posmodern.ai.contract.Columns.MEDIAN_BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.MEDIAN_FREQUENCY;
import static com.posmodern.ai.contract.Columns.MEDIAN_RECENCY;
import static com.posmodern.ai.contract.Columns.ONLINE_SHARE;
import static com.posmodern.ai.contract.Columns.PICTURE_X;
import static com.posmodern.ai.contract.Columns.PICTURE_Y;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PURCHASES;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.REVENUE_SHARE;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TOP_DEPARTMENTS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.contract.Wildcard;
import com.posmodern.ai.report.NightReport.Bought;
import com.posmodern.ai.report.NightReport.Example;
import com.posmodern.ai.report.NightReport.Offer;
import com.posmodern.ai.report.NightReport.Popular;
import com.posmodern.ai.report.NightReport.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects the segments, one customer's list as an example, and the popular list. */
public final class CustomerRows {
  private static final String PRODUCTS_BOUGHT = "products_bought";

  /** An example with less history would not be informative. */
  private static final int FEWEST_PRODUCTS = 8;

  private static final int LIST = 10;
  private static final int MOST_SEGMENTS = 100;
  private static final int SHOWN = 2;
  private static final int EVERY_SEGMENT = -1;

  private CustomerRows() {}

  /**
   * The segments, segment 0 last.
   *
   * @param profiles rows of {@code results.segment_profiles}
   */
  public static List<Profile> segments(Dataset<Row> profiles) {
    return profiles
        .orderBy(col(SEGMENT_ID).equalTo(0), col(SEGMENT_ID))
        .limit(MOST_SEGMENTS)
        .collectAsList()
        .stream()
        .map(
            row ->
                new Profile(
                    (int) Cells.whole(row, SEGMENT_ID),
                    Cells.text(row, SEGMENT_NAME),
                    Cells.whole(row, CUSTOMERS),
                    Cells.number(row, CUSTOMER_SHARE),
                    Cells.number(row, REVENUE_SHARE),
                    Cells.perhaps(row, MEDIAN_RECENCY),
                    Cells.perhaps(row, MEDIAN_FREQUENCY),
                    Cells.perhaps(row, MEDIAN_BASKET_VALUE),
                    Cells.perhaps(row, DISCOUNT_SHARE),
                    Cells.perhaps(row, ONLINE_SHARE),
                    Cells.perhaps(row, MEAN_HOUR),
                    row.getList(row.fieldIndex(TOP_DEPARTMENTS)),
                    Cells.text(row, DISTINCTION),
                    Cells.perhaps(row, PICTURE_X),
                    Cells.perhaps(row, PICTURE_Y)))
        .toList();
  }

  /**
   * One customer with a history, always the same one for the same data; the id is masked here and
   * not passed on.
   *
   * @param recommendations rows of {@code results.product_recommendations}
   * @param interactions rows of {@code features.purchase_interactions}
   * @param segments rows of {@code results.customer_segments}
   * @return empty when no customer has a history
   */
  public static Optional<Example> example(
      Dataset<Row> recommendations,
      Dataset<Row> interactions,
      Optional<Dataset<Row>> segments,
      ProductNames names) {
    return interactions
        .groupBy(CUSTOMER_ID)
        .agg(count(lit(1)).as(PRODUCTS_BOUGHT))
        .where(col(PRODUCTS_BOUGHT).geq(FEWEST_PRODUCTS))
        .join(
            recommendations.where(col(RANK).equalTo(1)).select(CUSTOMER_ID),
            new String[] {CUSTOMER_ID},
            "left_semi")
        .orderBy(xxhash64(col(CUSTOMER_ID)), col(CUSTOMER_ID))
        .select(CUSTOMER_ID)
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst()
        .map(row -> row.getString(0))
        .map(
            customer -> {
              Column own = col(CUSTOMER_ID).equalTo(customer);
              return new Example(
                  masked(customer),
                  segments.map(all -> segment(all.where(own))).orElse("not known"),
                  bought(interactions.where(own), names),
                  offers(recommendations.where(own), names));
            });
  }

  /** LGPD: enough to distinguish two examples, too little to identify the customer. */
  static String masked(String customer) {
    return customer.substring(0, Math.min(SHOWN, customer.length() / 2)) + "…";
  }

  private static String segment(Dataset<Row> own) {
    return own.select(SEGMENT_NAME).limit(1).collectAsList().stream()
        .findFirst()
        .map(row -> row.getString(0))
        .orElse("not known");
  }

  private static List<Bought> bought(Dataset<Row> own, ProductNames names) {
    List<Row> rows =
        own.orderBy(col(PURCHASES).desc(), col(PRODUCT_ID)).limit(LIST).collectAsList();
    return named(
        rows,
        names,
        (row, product) ->
            new Bought(product.name(), product.category(), Cells.whole(row, PURCHASES)));
  }

  /** The rows with the products that they are about. */
  private static <T> List<T> named(
      List<Row> rows, ProductNames names, BiFunction<Row, ProductNames.Named, T> shown) {
    Map<String, ProductNames.Named> products =
        names.named(rows.stream().map(row -> Cells.text(row, PRODUCT_ID)).toList());
    return rows.stream()
        .map(row -> shown.apply(row, products.get(Cells.text(row, PRODUCT_ID))))
        .toList();
  }

  /**
   * The list over all stores and segments, or the first available list.
   *
   * @param popular rows of {@code results.popular_products}
   */
  public static Optional<Popular> popular(Dataset<Row> popular, ProductNames names) {
    return popular
        .orderBy(
            col(SEGMENT_ID).notEqual(EVERY_SEGMENT),
            col(STORE_ID).notEqual(Wildcard.ALL),
            col(STORE_ID),
            col(SEGMENT_ID))
        .select(STORE_ID, SEGMENT_ID)
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst()
        .map(
            row -> {
              String store = row.getString(0);
              Dataset<Row> list =
                  popular.where(
                      col(STORE_ID).equalTo(store).and(col(SEGMENT_ID).equalTo(row.getInt(1))));
              String where = store.equals(Wildcard.ALL) ? "All stores" : "Store " + store;
              String who =
                  row.getInt(1) == EVERY_SEGMENT ? "all segments" : "segment " + row.getInt(1);
              return new Popular(where + ", " + who + ".", offers(list, names));
            });
  }

  private static List<Offer> offers(Dataset<Row> list, ProductNames names) {
    List<Row> rows = list.orderBy(RANK).limit(LIST).collectAsList();
    return named(
        rows,
        names,
        (row, product) ->
            new Offer(
                (int) Cells.whole(row, RANK),
                product.name(),
                product.category(),
                Cells.number(row, SCORE),
                Cells.text(row, REASON)));
  }
}
