package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.quality.RuleBits.BROKEN;
import static com.posmodern.ai.quality.ScopedRule.EVERY_ROW;
import static com.posmodern.ai.quality.ScopedRule.refusing;
import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static com.posmodern.ai.quality.StoreClock.STORE_IS_KNOWN;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Days;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The contract's rules for sales lines, and rules that a contract cannot express: keys that must
 * exist in other tables, and times at which no till can have sold.
 *
 * <p>A line is judged on its own and among those of its key, whatever the as-of date: of the lines
 * with one key the first in time stays, so a later line never changes what an earlier night
 * accepted. What a night sees of it depends on its date alone. Rules about time are applied to all
 * lines, all others only to lines with a usable date.
 */
final class SalesRules {
  static final String DUPLICATE_KEY = "duplicate_key";

  static final Contract CONTRACT = Contracts.of(Table.SALES_LINES);

  private static final String DATED = "_dated";
  private static final String PRODUCT_IS_KNOWN = "_product_is_known";

  /**
   * Rules whose bits are set by {@link #settled}, {@link #ofTheFuture} and the search for
   * duplicates.
   */
  private static final String ASKED_LATER = "true";

  /** The only rule about the whole table that can be told from the days. */
  private static final String NOT_EMPTY = "count(*) > 0";

  /** All rules; the bit of a rule is its place in this list. The last is that of duplicates. */
  static final List<ScopedRule> ALL = all();

  static final int TOO_EARLY = place("sold_at_broken");
  static final int IN_THE_FUTURE = place("sold_in_the_future");
  static final int UNKNOWN_PRODUCT = place("unknown_product");

  /** Bits of the rules that apply to lines without a usable date. */
  private static final long OF_TIME =
      IntStream.range(0, ALL.size())
          .filter(place -> ALL.get(place).scope().equals(EVERY_ROW))
          .mapToLong(place -> 1L << place)
          .reduce(0L, (bits, bit) -> bits | bit);

  private SalesRules() {}

  private static List<ScopedRule> all() {
    List<ScopedRule> rules = new ArrayList<>();
    for (Rule rule : CONTRACT.rules()) {
      boolean everyLine = rule.scope() == Rule.Scope.TABLE || rule.name().startsWith(SOLD_AT);
      if (rule.scope() == Rule.Scope.TABLE && !rule.expression().equals(NOT_EMPTY)) {
        throw new IllegalStateException(
            rule.name() + " is about all sales lines; they are counted day by day");
      }
      rules.add(new ScopedRule(rule, everyLine ? EVERY_ROW : DATED));
    }
    rules.add(
        refusing(
            "sold_at_broken",
            ASKED_LATER,
            EVERY_ROW,
            "No till sold long before all others; its clock is wrong."));
    rules.add(
        refusing(
            "sold_in_the_future", ASKED_LATER, EVERY_ROW, "No till sold after the last sales."));
    rules.add(refusing("unknown_store", STORE_IS_KNOWN, DATED, "The store is in stores."));
    rules.add(refusing("unknown_product", PRODUCT_IS_KNOWN, DATED, "The product is in products."));
    rules.add(refusing(DUPLICATE_KEY, ASKED_LATER, DATED, "One line per receipt and position."));
    return List.copyOf(rules);
  }

  private static int place(String rule) {
    return IntStream.range(0, ALL.size())
        .filter(place -> ALL.get(place).rule().name().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The lines with {@link RuleBits} of all rules that ask neither for other lines nor for the other
   * days.
   *
   * @param dated see {@link StoreClock#dated}
   */
  static Dataset<Row> judged(Dataset<Row> dated, Dataset<Row> products) {
    Dataset<Row> known = products.select(col(PRODUCT_ID), lit(true).as(PRODUCT_IS_KNOWN));
    Dataset<Row> prepared =
        dated
            .join(broadcast(known), new String[] {PRODUCT_ID}, "left")
            .withColumn(DATED, col(LOCAL_DATE).isNotNull());
    return RuleBits.judged(prepared, ALL).drop(STORE_IS_KNOWN, PRODUCT_IS_KNOWN, DATED);
  }

  /** The judged lines, those before the first plausible date refused for their date alone. */
  static Dataset<Row> settled(Dataset<Row> judged, LocalDate firstPlausible) {
    return judged.withColumn(
        BROKEN,
        when(col(LOCAL_DATE).lt(lit(firstPlausible)), ofTimeOr(TOO_EARLY))
            .when(col(LOCAL_DATE).gt(lit(Days.LATEST)), ofTimeOr(IN_THE_FUTURE))
            .otherwise(col(BROKEN)));
  }

  /** The judged lines after the last plausible date, refused for their date alone. */
  static Dataset<Row> ofTheFuture(Dataset<Row> judged, LocalDate lastPlausible) {
    return judged
        .filter(col(LOCAL_DATE).gt(lit(lastPlausible)))
        .withColumn(BROKEN, ofTimeOr(IN_THE_FUTURE));
  }

  private static Column ofTimeOr(int place) {
    return col(BROKEN).bitwiseAND(lit(OF_TIME)).bitwiseOR(lit(1L << place));
  }
}
