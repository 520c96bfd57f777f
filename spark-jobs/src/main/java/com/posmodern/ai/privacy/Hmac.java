package com.posmodern.ai.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
  private static final String ALGORITHM = "HmacSHA256";

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
        first = Mac.getInstance(ALGORITHM);
        first.init(new SecretKeySpec(key, ALGORITHM));
        prototype = first;
      }
      // One per call: a Mac is not thread-safe, and cloning it is cheaper than creating one.
      return ((Mac) first.clone()).doFinal(bytes);
    } catch (GeneralSecurityException | CloneNotSupportedException e) {
      throw new IllegalStateException("this Java has no " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "pseudonym";
  }
}
