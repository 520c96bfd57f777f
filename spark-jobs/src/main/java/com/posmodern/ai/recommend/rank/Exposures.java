package com.posmodern.ai.recommend.rank;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.recommend.DenseIndex.PRODUCT_INDEX;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.RecommendSettings;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which products were shown to the customers of the pool, in each of the periods that labels are
 * taken from. Of a product that a customer was shown, not buying it is an answer; of another one it
 * may only mean that they did not see it (Liang, Charlin, McInerney and Blei, "Modeling User
 * Exposure in Recommendation", WWW 2016). So what was shown weighs more in training, bought or not.
 * A product that the customer followed and did not buy is no clear no, and weighs as any other.
 */
public final class Exposures {
  /** Of a lake that does not record what was shown: all weigh the same. */
  public static final Exposures NONE = new Exposures(0, 1, Map.of());

  /** Weight of an answer. */
  private static final float SHOWN = 2;

  private static final String PERIOD = "_period";
  private static final String TAKEN = "_taken";
  private static final int PERIOD_SHIFT = 40;

  private final int asOf;
  private final int periodDays;
  private final Map<String, long[]> pairs;

  private Exposures(int asOf, int periodDays, Map<String, long[]> pairs) {
    this.asOf = asOf;
    this.periodDays = periodDays;
    this.pairs = pairs;
  }

  /**
   * Collects the pairs of the pool's customers to the driver: at most one number per customer,
   * product and period.
   *
   * @param interactions {@code source.interactions} of customers who agreed to profiling
   */
  public static Exposures of(
      Dataset<Row> interactions,
      Histories histories,
      Products products,
      LocalDate asOf,
      RecommendSettings settings) {
    int days = settings.holdoutDays();
    Column day = to_date(col(OCCURRED_AT));
    LocalDate first = asOf.minusDays((long) days * (settings.ranker().cuts() + 1));
    Column period = lit((int) asOf.toEpochDay()).minus(unix_date(day)).divide(days).cast("int");
    Map<String, long[]> pairs = new HashMap<>();
    interactions
        .where(col(KIND).isin("recommendation_shown", "recommendation_taken"))
        .where(day.gt(lit(first)).and(day.leq(lit(asOf))))
        .join(histories.drawn().select(CUSTOMER_ID), new String[] {CUSTOMER_ID}, "left_semi")
        .join(broadcast(products.productIndex(interactions.sparkSession())), PRODUCT_ID)
        .select(
            col(CUSTOMER_ID),
            period.as(PERIOD),
            col(PRODUCT_INDEX),
            when(col(KIND).equalTo("recommendation_taken"), 1L).otherwise(0L).as(TAKEN))
        .groupBy(col(CUSTOMER_ID), col(PERIOD), col(PRODUCT_INDEX))
        .agg(max(col(TAKEN)).as(TAKEN))
        .groupBy(col(CUSTOMER_ID))
        .agg(
            collect_list(
                    shiftleft(col(PERIOD).cast("bigint"), PERIOD_SHIFT)
                        .plus(shiftleft(col(PRODUCT_INDEX).cast("bigint"), 1))
                        .plus(col(TAKEN)))
                .as(PERIOD))
        .collectAsList()
        .forEach(row -> pairs.put(row.getString(0), sorted(row.getList(1))));
    return new Exposures((int) asOf.toEpochDay(), days, pairs);
  }

  private static long[] sorted(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** What a customer was shown in the label days after a day. */
  Shown of(String customer, int day) {
    long[] all = pairs.get(customer);
    return all == null ? Shown.NOTHING : new Shown(all, (asOf - day) / periodDays - 1L);
  }

  /** What one customer was shown in one period. */
  @SuppressWarnings("ArrayRecordComponent") // A pair is a number; lists would box them.
  record Shown(long[] pairs, long period) {
    static final Shown NOTHING = new Shown(new long[0], 0);

    /** How much the candidate weighs in training, beside others of its customer. */
    float weight(int product, float label) {
      long pair = (period << PERIOD_SHIFT) + ((long) product << 1);
      if (Arrays.binarySearch(pairs, pair) >= 0) {
        return SHOWN;
      }
      boolean taken = Arrays.binarySearch(pairs, pair + 1) >= 0;
      return taken && label > 0 ? SHOWN : 1;
    }
  }
}
