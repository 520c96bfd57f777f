package com.posmodern.ai.config;

import static com.posmodern.ai.config.SettingChecks.that;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * Sizes of the sample lake.
 *
 * @param lastDay last business date with sales, ISO format
 * @param days days of history, including the last day
 * @param customers members of the loyalty programme
 * @param salesLines approximate number of lines
 * @param anonymousShare share of shoppers without a loyalty card
 * @param dirtyRowShare share of the sales lines that are corrupted or duplicated
 * @param horizonDays days after the last day with promotions
 * @param tasteClusters groups of customers with similar tastes
 * @param inventoryDays number of last days with the stock of every product; earlier days have only
 *     the stock-outs
 * @param anomalies chance that a store has something planted in a week that detection of anomalies
 *     is to find; 0 in an ordinary sample
 * @param lateStores stores, the last ones, whose lines of the last day end at 13:00: the rest has
 *     not arrived
 */
public record SampleSettings(
    long seed,
    String lastDay,
    int days,
    int stores,
    int products,
    int customers,
    long salesLines,
    double anonymousShare,
    double dirtyRowShare,
    int horizonDays,
    int tasteClusters,
    int inventoryDays,
    double anomalies,
    int lateStores)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public SampleSettings {
    that(isDate(lastDay), "last_day", "be a date like 2025-09-30");
    between("days", days, 28, 4000);
    between("stores", stores, 1, 500);
    between("products", products, 50, 20_000);
    between("customers", customers, 10, 100_000_000);
    between("sales_lines", salesLines, 1000, 10_000_000_000L);
    SettingChecks.share("anonymous_share", anonymousShare);
    that(anonymousShare < 1, "anonymous_share", "be below 1, is " + anonymousShare);
    SettingChecks.share("dirty_row_share", dirtyRowShare);
    between("horizon_days", horizonDays, 0, 366);
    between("taste_clusters", tasteClusters, 1, 1000);
    between("inventory_days", inventoryDays, 0, days);
    SettingChecks.share("anomalies", anomalies);
    between("late_stores", lateStores, 0, stores);
  }

  public LocalDate lastDate() {
    return LocalDate.parse(lastDay);
  }

  public LocalDate firstDate() {
    return lastDate().minusDays(days - 1L);
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static void between(String key, long value, long low, long high) {
    that(value >= low && value <= high, key, "be from %d to %d, is %d".formatted(low, high, value));
  }
}
