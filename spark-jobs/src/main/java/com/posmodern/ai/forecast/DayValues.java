package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.Arrays;

/** One number per day; NaN where none is known. */
@SuppressWarnings("ArrayRecordComponent") // Read in the innermost loop.
record DayValues(int firstDay, float[] values) implements Serializable {

  static DayValues filled(int firstDay, int lastDay, float value) {
    float[] values = new float[lastDay - firstDay + 1];
    Arrays.fill(values, value);
    return new DayValues(firstDay, values);
  }

  float at(int day) {
    int index = day - firstDay;
    return index >= 0 && index < values.length ? values[index] : Float.NaN;
  }

  void set(int day, float value) {
    int index = day - firstDay;
    if (index >= 0 && index < values.length) {
      values[index] = value;
    }
  }
}
