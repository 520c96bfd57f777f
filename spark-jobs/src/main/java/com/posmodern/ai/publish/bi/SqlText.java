package com.posmodern.ai.publish.bi;

import com.posmodern.ai.contract.ContractColumn;

/** Small texts that the generated SQL files share. */
final class SqlText {
  private SqlText() {}

  /** What a column means, on one line. */
  static String of(ContractColumn column) {
    String unit = column.unit().map(u -> " Unit: " + u + ".").orElse("");
    return (column.description() + unit).replace('\n', ' ');
  }

  /** AWS knows s3 where Hadoop says s3a. */
  static String s3(String address) {
    return address.replaceFirst("^s3a:", "s3:");
  }
}
