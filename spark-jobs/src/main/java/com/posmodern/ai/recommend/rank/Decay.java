package com.posmodern.ai.recommend.rank;

/** 2^(-age ÷ half-life) from a lookup table, because it is needed for every purchase. */
final class Decay {
  private static final int DAYS = 1024;
  private static final float[][] WEIGHTS = new float[OwnPurchases.HALF_LIVES.length][DAYS];

  static {
    for (int i = 0; i < WEIGHTS.length; i++) {
      for (int age = 0; age < DAYS; age++) {
        WEIGHTS[i][age] = exact(age, OwnPurchases.HALF_LIVES[i]);
      }
    }
  }

  private Decay() {}

  static float weight(int age, int halfLife) {
    for (int i = 0; i < WEIGHTS.length && age < DAYS; i++) {
      if (OwnPurchases.HALF_LIVES[i] == halfLife) {
        return WEIGHTS[i][age];
      }
    }
    return exact(age, halfLife);
  }

  private static float exact(int age, int halfLife) {
    return (float) Math.pow(2, -age / (double) halfLife);
  }
}
