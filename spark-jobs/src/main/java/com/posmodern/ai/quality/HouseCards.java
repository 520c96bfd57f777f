package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.contract.Table;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * "Customers" that are not real persons: the till's customer 0, or a card kept behind the counter.
 * Their share of the lines is larger than any person's, and they would distort every model.
 *
 * @param identified lines with a customer up to the as-of date
 * @param share maximum share of these lines for a real person
 * @param mostLines no other customer has more lines, those after the as-of date included
 */
record HouseCards(List<Card> cards, long identified, double share, long mostLines) {
  /** With fewer identified lines a large share is not conclusive. */
  private static final long FEWEST_LINES = 1000;

  private static final String LINES = "_lines";
  private static final String ALL_LINES = "_all_lines";

  /** A customer id and its number of lines. */
  record Card(String customer, long lines) {}

  HouseCards {
    cards = List.copyOf(cards);
  }

  /** Whether so few lines prove nothing. */
  static boolean tooFew(long identified, double share) {
    return identified < FEWEST_LINES || share >= 1;
  }

  /**
   * There is none.
   *
   * @param mostLines no customer has more
   */
  static HouseCards none(long mostLines, long identified, double share) {
    return new HouseCards(List.of(), identified, share, mostLines);
  }

  /**
   * Finds them; there are few, because each has more than the given share.
   *
   * @param dated all sales lines
   * @param inScope condition of those up to the as-of date
   */
  static HouseCards of(Dataset<Row> dated, Column inScope, long identified, double share) {
    Column isOne = col(LINES).gt(share * identified);
    Row found =
        dated
            .where(col(CUSTOMER_ID).isNotNull())
            .groupBy(CUSTOMER_ID)
            .agg(count_if(inScope).as(LINES), count(lit(1)).as(ALL_LINES))
            .agg(
                coalesce(max(when(isOne, 0L).otherwise(col(ALL_LINES))), lit(0L)),
                collect_list(when(isOne, struct(col(CUSTOMER_ID), col(LINES)))))
            .head();
    List<Row> cards = found.getList(1);
    return new HouseCards(
        cards.stream().map(row -> new Card(row.getString(0), row.getLong(1))).toList(),
        identified,
        share,
        found.getLong(0));
  }

  /** Tells whether two nights take the same ids for house cards, and none of the ids. */
  String digest() {
    if (cards.isEmpty()) {
      return NONE;
    }
    return DigestUtils.sha256Hex(
        cards.stream().map(Card::customer).sorted().collect(Collectors.joining("\n")));
  }

  /** The digest when there is no house card. */
  static final String NONE = "none";

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
