package com.posmodern.ai.publish.bi;

import com.posmodern.ai.contract.ContractColumn;

/** Helpers for the generated SQL. */
final class SqlText {
  private SqlText() {}

  /** The description of a column on one line. */
  static String of(ContractColumn column) {
    String unit = column.unit().map(u -> " Unit: " + u + ".").orElse("");
    return (column.description() + unit).replace('\n', ' ');
  }

  /** AWS uses s3 where Hadoop uses s3a. */
  static String s3(String address) {
    return address.replaceFirst("^s3a:", "s3:");
  }
}
