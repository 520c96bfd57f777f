package com.posmodern.ai.publish.postgres;

import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** A short hash of SQL statements. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(List<String> statements) {
    return DigestUtils.sha256Hex(String.join(";\n", statements));
  }
}
