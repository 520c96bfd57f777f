package com.posmodern.ai.contract;

/**
 * A quality rule: a Spark SQL expression that holds for each row, or one aggregate that holds for
 * the table.
 *
 * @param expression true where the rule holds; a row rule that gives null is broken
 * @param tolerance share of the rows that may break a FAIL row rule before it stops the job; they
 *     are quarantined all the same
 */
public record Rule(
    String name,
    Scope scope,
    Severity severity,
    String expression,
    double tolerance,
    String description) {

  public enum Scope {
    ROW,
    TABLE
  }

  /** The contract's words: {@code error} stops the job, {@code warning} is reported. */
  public enum Severity {
    ERROR,
    WARNING
  }
}
