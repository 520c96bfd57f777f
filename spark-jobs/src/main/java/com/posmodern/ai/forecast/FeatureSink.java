package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.Feature.*;

/** Puts features where they belong in a row. */
@SuppressWarnings("ArrayRecordComponent") // Writes into it.
record FeatureSink(float[] row, int offset) {
  void put(Feature feature, double value) {
    row[offset + feature.column()] = Double.isInfinite(value) ? Float.NaN : (float) value;
  }
}
