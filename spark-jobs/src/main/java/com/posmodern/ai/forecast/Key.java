package com.posmodern.ai.forecast;

/** Names of groups that are counted together, built from ids. */
final class Key {
  /** A control character: ids are printable. */
  static final char SEPARATOR = '\u0001';

  private Key() {}

  static String of(String first, String second) {
    return first + SEPARATOR + second;
  }
}
