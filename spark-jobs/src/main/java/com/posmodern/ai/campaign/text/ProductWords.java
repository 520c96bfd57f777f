package com.posmodern.ai.campaign.text;

import static com.posmodern.ai.contract.Columns.PRODUCT_NAME;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Words that products are called by: the first and the last one of a name, where Portuguese and
 * English put the kind of product.
 */
public final class ProductWords {
  private static final int SHORTEST = 3;
  private static final int MOST = 20_000;
  private static final String WORD = "word";

  private ProductWords() {}

  /**
   * The most frequent ones, in small letters without accents.
   *
   * @param products {@code source.products}
   */
  public static Set<String> of(Dataset<Row> products) {
    Column words =
        filter(split(lower(col(PRODUCT_NAME)), "[^\\p{L}]+"), word -> length(word).geq(SHORTEST));
    return products
        .select(words.as("words"))
        .where(size(col("words")).gt(0))
        .select(explode(array(element_at(col("words"), 1), element_at(col("words"), -1))).as(WORD))
        .groupBy(WORD)
        .agg(count(lit(1)).as("products"))
        .orderBy(col("products").desc(), col(WORD))
        .limit(MOST)
        .collectAsList()
        .stream()
        .map(row -> Guard.plain(row.getString(0)))
        .collect(Collectors.toSet());
  }
}
