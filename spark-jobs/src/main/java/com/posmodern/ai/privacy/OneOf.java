package com.posmodern.ai.privacy;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Whether a value is one of a few; a function, because query plans and logs would print a list of
 * values.
 */
final class OneOf implements UDF1<String, Boolean> {
  private static final long serialVersionUID = 1L;

  private final HashSet<String> values;

  OneOf(Set<String> values) {
    this.values = new HashSet<>(values);
  }

  @Override
  public Boolean call(String value) {
    return values.contains(value);
  }

  @Override
  public String toString() {
    return "one of %d".formatted(values.size());
  }
}
