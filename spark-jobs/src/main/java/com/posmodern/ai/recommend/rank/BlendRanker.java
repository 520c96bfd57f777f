package com.posmodern.ai.recommend.rank;

/**
 * The ranking without a trained model, for lakes with too few purchases to train on: the customer's
 * own decayed frequency, then products similar to their purchases, then popular products.
 */
final class BlendRanker implements Ranker {
  private static final float LIKENESS = 0.05f;
  private static final float POPULARITY = 1e-4f;

  @Override
  public float[] scores(Candidates candidates) {
    float[] scores = new float[candidates.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          candidates.feature(i, PairFeature.DECAYED_365)
              + LIKENESS * candidates.feature(i, PairFeature.BY_PRODUCTS)
              + POPULARITY * candidates.feature(i, PairFeature.DAILY_28);
    }
    return scores;
  }
}
