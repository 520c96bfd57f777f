package com.posmodern.ai.config;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * Sizes of the sample lake.
 *
 * @param lastDay last business date with sales, ISO format
 * @param days days of history, up to and with the last day
 * @param salesLines lines to aim at
 * @param anonymousShare share of shoppers without a loyalty card
 * @param dirtyRowShare share of the sales lines that are spoiled or doubled
 * @param horizonDays days after the last day with promotions and weather forecasts
 * @param tasteClusters groups of customers with like tastes
 * @param inventoryDays last days with the stock of every product; before, only the stock-outs
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
    int inventoryDays)
    implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_DAYS = 4000;

  public SampleSettings {
    require(
        lastDay != null && lastDay.matches("\\d{4}-\\d{2}-\\d{2}"),
        "last_day must be a date like 2025-09-30");
    require(days >= 28 && days <= LONGEST_DAYS, "days must be from 28 to " + LONGEST_DAYS);
    require(stores >= 1 && stores <= 500, "stores must be from 1 to 500");
    require(products >= 50 && products <= 20_000, "products must be from 50 to 20000");
    require(customers >= 10, "customers must be 10 or more");
    require(salesLines >= 1000, "sales_lines must be 1000 or more");
    require(anonymousShare >= 0 && anonymousShare < 1, "anonymous_share must be from 0 to below 1");
    require(dirtyRowShare >= 0 && dirtyRowShare <= 0.1, "dirty_row_share must be from 0 to 0.1");
    require(horizonDays >= 0 && horizonDays <= 366, "horizon_days must be from 0 to 366");
    require(tasteClusters >= 1, "taste_clusters must be 1 or more");
    require(inventoryDays >= 0 && inventoryDays <= days, "inventory_days must be from 0 to days");
  }

  public LocalDate lastDate() {
    return LocalDate.parse(lastDay);
  }

  public LocalDate firstDate() {
    return lastDate().minusDays(days - 1L);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
