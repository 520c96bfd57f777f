package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.contract.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * "Customers" that are not real persons: the till's customer 0, or a card kept behind the counter.
 * Their share of the lines is larger than any person's, and they would distort every model.
 *
 * @param identified lines with a customer
 * @param share maximum share of these lines for a real person
 */
record HouseCards(List<Card> cards, long identified, double share) {
  /** With fewer identified lines a large share is not conclusive. */
  private static final long FEWEST_LINES = 1000;

  /** A customer id and its number of lines. */
  record Card(String customer, long lines) {}

  HouseCards {
    cards = List.copyOf(cards);
  }

  /**
   * Finds them; there are few, because each has more than the given share.
   *
   * @param judged sales lines in scope
   */
  static HouseCards of(Dataset<Row> judged, long identified, double share) {
    if (identified < FEWEST_LINES || share >= 1) {
      return new HouseCards(List.of(), identified, share);
    }
    List<Card> cards =
        judged
            .where(col(SalesRules.IN_SCOPE).and(col(CUSTOMER_ID).isNotNull()))
            .groupBy(CUSTOMER_ID)
            .agg(count(lit(1)).as("_lines"))
            .where(col("_lines").gt(share * identified))
            .collectAsList()
            .stream()
            .map(row -> new Card(row.getString(0), row.getLong(1)))
            .toList();
    return new HouseCards(cards, identified, share);
  }

  /** A warning for each of them. */
  List<RuleResult> results() {
    return cards.stream()
        .map(
            card ->
                RuleResult.ofRows(
                    Table.SALES_LINES,
                    "customer_is_a_person",
                    Severity.WARNING,
                    identified,
                    card.lines(),
                    share))
        .toList();
  }

  /** The lines, with those of house cards made anonymous. */
  Dataset<Row> withoutThem(Dataset<Row> lines) {
    if (cards.isEmpty()) {
      return lines;
    }
    Object[] ids = cards.stream().map(Card::customer).toArray();
    return lines.withColumn(
        CUSTOMER_ID, when(col(CUSTOMER_ID).isin(ids), lit(null)).otherwise(col(CUSTOMER_ID)));
  }
}
