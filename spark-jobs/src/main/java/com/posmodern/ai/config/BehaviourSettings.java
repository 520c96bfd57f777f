package com.posmodern.ai.config;

import java.io.Serializable;

/**
 * Settings of the command behaviour.
 *
 * @param next how {@code results.next_products} is made
 * @param anomaly how {@code results.demand_anomalies} is made
 * @param profile how {@code results.live_profiles} is made
 */
public record BehaviourSettings(
    NextProductSettings next, AnomalySettings anomaly, ProfileSettings profile) {

  /**
   * What a store usually sells in an hour of the week.
   *
   * @param weeks last weeks that are counted
   */
  public record ProfileSettings(int weeks) {
    public ProfileSettings {
      SettingChecks.positive("weeks", weeks);
    }
  }

  /**
   * Which days are out of the ordinary.
   *
   * @param historyDays days that are looked at, the judged ones among them
   * @param judgedDays last days that are judged
   * @param storeThreshold standard deviations from which on days of a store are out of the ordinary
   * @param threshold the same for a category of a store
   * @param productThreshold the same for a product of a store: there are many, and the demand of
   *     most is far more often extreme than a normal distribution has it
   * @param leastMoney an incident that is worth less is left out, in the currency of the lake
   * @param feedback file with incidents that people called ordinary; empty for none
   */
  public record AnomalySettings(
      int historyDays,
      int judgedDays,
      double storeThreshold,
      double threshold,
      double productThreshold,
      double leastMoney,
      String feedback)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public AnomalySettings {
      SettingChecks.positive("judged_days", judgedDays);
      SettingChecks.that(
          historyDays >= judgedDays + 28, "history_days", "be at least 28 more than judged_days");
      SettingChecks.positive("store_threshold", storeThreshold);
      SettingChecks.positive("threshold", threshold);
      SettingChecks.positive("product_threshold", productThreshold);
      SettingChecks.notNegative("least_money", leastMoney);
    }
  }

  /**
   * What follows what in baskets and sessions.
   *
   * @param days days of baskets and sessions that are counted
   * @param maxProducts of a longer basket or session only so many products count: the number of
   *     pairs grows with its square
   * @param sessionMinutes a customer's session ends when nothing happens for so long
   * @param minSupport baskets or sessions in which a product must have followed another one
   * @param minPairSupport those in which it must have followed the same two products
   * @param minCustomers different customers of whom that must be true, so that no list tells what
   *     one of them buys; an anonymous receipt counts as a customer of its own
   * @param listLength products per list
   * @param stockedDays a product without a sale in so many days is not offered
   */
  public record NextProductSettings(
      int days,
      int maxProducts,
      int sessionMinutes,
      int minSupport,
      int minPairSupport,
      int minCustomers,
      int listLength,
      int stockedDays) {
    public NextProductSettings {
      SettingChecks.positive("days", days);
      SettingChecks.that(maxProducts >= 2, "max_products", "be at least 2");
      SettingChecks.positive("session_minutes", sessionMinutes);
      SettingChecks.positive("min_support", minSupport);
      SettingChecks.positive("min_pair_support", minPairSupport);
      SettingChecks.positive("min_customers", minCustomers);
      SettingChecks.positive("list_length", listLength);
      SettingChecks.positive("stocked_days", stockedDays);
    }
  }
}
