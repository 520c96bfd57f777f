package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.COUNTED_ON;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.ORDER_QUANTITY;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TERMS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.ReplenishmentSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The night's advice in a sentence: what was ordered, and what was left out and why.
 *
 * @param carried rows whose stock was counted before the as-of date
 * @param unknown rows whose stock is unknown
 * @param bySettings rows without terms of supply of their own
 * @param notPlaced rows of orders below their supplier's minimum
 * @param storesWithout stores with such rows
 */
public record AdviceSummary(
    long rows,
    long orders,
    long carried,
    long unknown,
    long bySettings,
    long notPlaced,
    List<String> storesWithout) {
  private static final int MOST_STORES = 5;

  public AdviceSummary {
    storesWithout = List.copyOf(storesWithout);
  }

  /**
   * Counts the advice of a night.
   *
   * @param advice rows of {@code results.replenishment_advice}; the stores are collected
   */
  public static AdviceSummary of(Dataset<Row> advice, LocalDate asOf) {
    Row row =
        advice
            .agg(
                count(lit(1)),
                count_if(col(ORDER_QUANTITY).gt(0)),
                count_if(col(COUNTED_ON).lt(lit(asOf))),
                count_if(col(ON_HAND).isNull()),
                count_if(col(TERMS).equalTo("settings")),
                count_if(col(REASON).isin("below_minimum_value", "below_minimum_pallets")),
                collect_set(when(col(ON_HAND).isNull(), col(STORE_ID))))
            .first();
    return new AdviceSummary(
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.<String>getList(6).stream().sorted().toList());
  }

  /** For the job's outcome. */
  public String message(ReplenishmentInput input, ReplenishmentSettings settings) {
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "%,d orders of %,d products in stores", orders, rows));
    if (input.inventory().isEmpty()) {
      parts.add("no inventory: the levels are given, no quantities");
    } else if (unknown > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "no quantity for %,d without a stock count of the last %d days (stores %s)",
              unknown,
              settings.stockDays(),
              named()));
    }
    if (carried > 0) {
      parts.add(String.format(Locale.ROOT, "stock carried forward for %,d", carried));
    }
    if (input.supplyTerms().isEmpty()) {
      parts.add(
          String.format(
              Locale.ROOT,
              "no supply_terms: every product as the settings say, ordered every %d days, %d days"
                  + " on its way, service level %.2f",
              settings.reviewDays(),
              settings.leadTimeDays(),
              settings.serviceLevel()));
    } else if (bySettings > 0) {
      parts.add(
          String.format(Locale.ROOT, "no supply_terms for %,d: as the settings say", bySettings));
    }
    if (notPlaced > 0) {
      parts.add(
          String.format(Locale.ROOT, "%,d not ordered: below the supplier's minimum", notPlaced));
    }
    if (input.onOrder().isEmpty()) {
      parts.add("no stock_on_order: nothing counts as on its way");
    }
    return String.join("; ", parts);
  }

  private String named() {
    String stores = storesWithout.stream().limit(MOST_STORES).collect(Collectors.joining(", "));
    return storesWithout.size() > MOST_STORES
        ? stores + " and " + (storesWithout.size() - MOST_STORES) + " more"
        : stores;
  }
}
