package com.posmodern.ai.privacy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.apache.spark.sql.api.java.UDF1;

/**
 * HMAC-SHA256 as a Spark function.
 *
 * <p>A user-defined function, although Spark expressions could compute it: they would contain the
 * key as a literal, which query plans, errors and event logs print. Of a function they print only
 * the name.
 */
final class Hmac implements UDF1<String, String> {
  private static final long serialVersionUID = 1L;

  /** Bytes of a pseudonym: enough that no two customers of any retailer share one. */
  private static final int BYTES = 16;

  private final byte[] key;
  private transient volatile Mac prototype;

  Hmac(byte[] key) {
    this.key = key.clone();
  }

  /** The first {@value #BYTES} bytes of the id's HMAC as lower-case hexadecimal digits. */
  @Override
  public String call(String id) {
    return id == null ? null : HexFormat.of().formatHex(of(id), 0, BYTES);
  }

  byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] of(byte[] bytes) {
    try {
      Mac first = prototype;
      if (first == null) {
        first = HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, key);
        prototype = first;
      }
      // One per call: a Mac is not thread-safe, and cloning it is cheaper than creating one.
      return ((Mac) first.clone()).doFinal(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's HMAC cannot be copied", e);
    }
  }

  @Override
  public String toString() {
    return "pseudonym";
  }
}
