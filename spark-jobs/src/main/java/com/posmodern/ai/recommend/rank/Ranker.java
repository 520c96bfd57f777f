package com.posmodern.ai.recommend.rank;

/** Orders a customer's candidates. */
interface Ranker {
  /** One score per candidate, not negative with a fixed blend; higher is better. */
  float[] scores(Candidates candidates);

  /**
   * The trained ranker, or the fixed blend.
   *
   * @param payload of the trained one; null: the blend
   */
  static Ranker of(byte[] payload) {
    return payload == null ? new BlendRanker() : RankerTrees.load(payload);
  }
}
