package com.posmodern.ai.config;

import java.io.Serializable;

/**
 * Section {@code forecast.replenishment}: what holds where no supply terms say otherwise.
 *
 * @param reviewDays days between two orders
 * @param leadTimeDays days from order to shelf
 * @param serviceLevel share of order cycles without a stock-out
 * @param defaultPackSize units per order pack where the product does not say
 * @param stockDays age of a stock count up to which it is carried forward
 * @param overdueDays days after its expected day that an order still counts as on its way
 * @param typicalDispersion variance ÷ mean of daily demand, of products with hardly a history
 */
public record ReplenishmentSettings(
    int reviewDays,
    int leadTimeDays,
    double serviceLevel,
    int defaultPackSize,
    int stockDays,
    int overdueDays,
    double typicalDispersion)
    implements Serializable {

  public ReplenishmentSettings {
    atLeastOne("review_days", reviewDays);
    atLeastOne("lead_time_days", leadTimeDays);
    Checks.that(
        serviceLevel > 0.5 && serviceLevel < 1,
        "replenishment.service_level",
        "be over 0.5 and under 1, is " + serviceLevel);
    atLeastOne("default_pack_size", defaultPackSize);
    atLeastOne("stock_days", stockDays);
    Checks.that(stockDays <= 31, "replenishment.stock_days", "be at most 31, is " + stockDays);
    Checks.notNegative("replenishment.overdue_days", overdueDays);
    atLeastOne("typical_dispersion", typicalDispersion);
  }

  private static void atLeastOne(String key, double value) {
    Checks.that(value >= 1, "replenishment." + key, "be at least 1, is " + value);
  }
}
