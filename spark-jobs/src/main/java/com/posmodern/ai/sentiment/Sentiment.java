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

  /** Class of the classifier: 0 is negative, 2 is positive. */
  @SuppressWarnings("EnumOrdinal") // Kept models are read with the same declaration.
  int label() {
    return ordinal();
  }

  /** The sentiment of a {@link #label()}. */
  @SuppressWarnings("EnumOrdinal") // As above.
  static Sentiment of(int label) {
    return values()[label];
  }
}
