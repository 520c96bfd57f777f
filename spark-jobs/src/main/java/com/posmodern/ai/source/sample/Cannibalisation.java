package com.posmodern.ai.source.sample;

/** What promotions take from the other products of their category in the store. */
final class Cannibalisation {
  /** Share of a promotion's additional demand that its neighbours lose. */
  static final double SHARE = 0.3;

  /** They keep this share of their own at least. */
  private static final double KEPT = 0.5;

  private Cannibalisation() {}

  /**
   * Lowers the products that are not promoted.
   *
   * @param pulls of all products, with their lifts
   * @param lifts planted factors of the day; 1 without a promotion
   * @param from index of the category's first product
   * @param to index after its last one
   */
  static void take(float[] pulls, double[] lifts, int from, int to) {
    double additional = 0;
    double others = 0;
    for (int p = from; p < to; p++) {
      additional += pulls[p] * (1 - 1 / lifts[p]);
      others += lifts[p] == 1 ? pulls[p] : 0;
    }
    if (additional == 0 || others == 0) {
      return;
    }
    float kept = (float) Math.max(KEPT, 1 - SHARE * additional / others);
    for (int p = from; p < to; p++) {
      pulls[p] *= lifts[p] == 1 ? kept : 1;
    }
  }
}
