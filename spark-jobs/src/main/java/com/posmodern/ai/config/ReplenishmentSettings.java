package com.posmodern.ai.config;

import java.io.Serializable;
import java.util.Map;

/**
 * Section {@code forecast.replenishment}: what holds where no supply terms say otherwise.
 *
 * @param reviewDays days between two orders
 * @param leadTimeDays days from order to shelf
 * @param serviceLevel share of order cycles without a stock-out
 * @param lostSaleMargins what a lost sale costs, in margins of the product: the customer may buy
 *     the rest elsewhere, too
 * @param defaultPackSize units per order pack where the product does not say
 * @param stockDays age of a stock count up to which it is carried forward
 * @param overdueDays days after its expected day that an order still counts as on its way
 * @param serviceClasses service level of each class of {@code source.supply_terms}
 * @param fillUpDays days of demand above its level up to which a product fills up an order
 * @param typicalDispersion variance ÷ mean of daily demand, of products with hardly a history
 */
public record ReplenishmentSettings(
    int reviewDays,
    int leadTimeDays,
    double serviceLevel,
    Map<String, Double> serviceClasses,
    double lostSaleMargins,
    int defaultPackSize,
    int stockDays,
    int overdueDays,
    int fillUpDays,
    double typicalDispersion)
    implements Serializable {

  public ReplenishmentSettings {
    atLeastOne("review_days", reviewDays);
    atLeastOne("lead_time_days", leadTimeDays);
    serviceClasses = Map.copyOf(serviceClasses);
    isServiceLevel("service_level", serviceLevel);
    serviceClasses.forEach((name, level) -> isServiceLevel("service_classes." + name, level));
    atLeastOne("lost_sale_margins", lostSaleMargins);
    atLeastOne("default_pack_size", defaultPackSize);
    atLeastOne("stock_days", stockDays);
    SettingChecks.that(
        stockDays <= 31, "replenishment.stock_days", "be at most 31, is " + stockDays);
    SettingChecks.notNegative("replenishment.overdue_days", overdueDays);
    SettingChecks.notNegative("replenishment.fill_up_days", fillUpDays);
    atLeastOne("typical_dispersion", typicalDispersion);
  }

  private static void isServiceLevel(String key, double level) {
    SettingChecks.that(
        level > 0.5 && level < 1, "replenishment." + key, "be over 0.5 and under 1, is " + level);
  }

  private static void atLeastOne(String key, double value) {
    SettingChecks.that(value >= 1, "replenishment." + key, "be at least 1, is " + value);
  }
}
