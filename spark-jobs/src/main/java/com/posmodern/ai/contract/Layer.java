package com.posmodern.ai.contract;

import java.util.Locale;

/** The lake's layers, in the order in which data moves through them. */
public enum Layer {
  SOURCE,
  FEATURES,
  MODELS,
  RESULTS,
  OPS;

  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
