package com.posmodern.ai.config;

/**
 * Settings of the command behaviour.
 *
 * @param next how {@code results.next_products} is made
 */
public record BehaviourSettings(NextProductSettings next) {

  /**
   * What follows what in baskets and sessions.
   *
   * @param days days of baskets and sessions that are counted
   * @param maxProducts of a longer basket or session only so many products count: the number of
   *     pairs grows with its square
   * @param sessionMinutes a customer's session ends when nothing happens for so long
   * @param minSupport baskets or sessions in which a product must have followed another one
   * @param minPairSupport those in which it must have followed the same two products
   * @param listLength products per list
   * @param stockedDays a product without a sale in so many days is not offered
   */
  public record NextProductSettings(
      int days,
      int maxProducts,
      int sessionMinutes,
      int minSupport,
      int minPairSupport,
      int listLength,
      int stockedDays) {
    public NextProductSettings {
      SettingChecks.positive("days", days);
      SettingChecks.that(maxProducts >= 2, "max_products", "be at least 2");
      SettingChecks.positive("session_minutes", sessionMinutes);
      SettingChecks.positive("min_support", minSupport);
      SettingChecks.positive("min_pair_support", minPairSupport);
      SettingChecks.positive("list_length", listLength);
      SettingChecks.positive("stocked_days", stockedDays);
    }
  }
}
