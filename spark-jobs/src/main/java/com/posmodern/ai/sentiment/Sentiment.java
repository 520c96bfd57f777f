package com.posmodern.ai.sentiment;

/** What a text says. */
public enum Sentiment {
  NEGATIVE,
  NEUTRAL,
  POSITIVE;

  private static final int PRAISE = 4;
  private static final int NEITHER = 3;

  /** As the writer's own stars say. */
  public static Sentiment ofRating(int stars) {
    if (stars >= PRAISE) {
      return POSITIVE;
    }
    return stars == NEITHER ? NEUTRAL : NEGATIVE;
  }
}
