package com.posmodern.ai.source.sample;

/**
 * A product on the invented shelf. Days count from the first day of history; they are negative for
 * what was before.
 *
 * @param category index into the retailer's categories
 * @param popularity share within its category, before everything that moves it
 * @param bulk often bought by the pack: lumpy demand
 * @param launchDay first day on sale
 * @param goneDay last day on sale; {@link #NEVER} while it is sold
 * @param sensitivity what a discount of 100 % would add to its demand, as a multiple
 * @param cents shelf price per day
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record Product(
    int index,
    String id,
    String name,
    int category,
    String brand,
    int variant,
    double popularity,
    boolean bulk,
    boolean byWeight,
    int packSize,
    int launchDay,
    int goneDay,
    double sensitivity,
    int[] cents) {

  static final int NEVER = Integer.MAX_VALUE;

  boolean soldOn(int day) {
    return day >= launchDay && day <= goneDay;
  }

  /** How far into its life: new products have to become known, leaving ones fade. */
  double maturity(int day) {
    if (!soldOn(day)) {
      return 0;
    }
    double known = 1 - 0.6 * Math.exp(-(day - launchDay) / 14.0);
    return goneDay - day < 28 ? known * 0.6 : known;
  }
}
