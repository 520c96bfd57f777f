package com.posmodern.ai.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.api.java.UDF1;

/**
 * HMAC-SHA256 as Spark runs it on the executors.
 *
 * <p>A function of our own, though Spark's expressions could compute it: they would hold the key as
 * a literal, which plans print, and with them errors and event logs. Of a function they print the
 * name.
 */
final class Hmac implements UDF1<String, String> {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";

  /** Bytes of a pseudonym: so many that no two customers of any retailer share one. */
  private static final int BYTES = 16;

  private final byte[] key;
  private transient volatile Mac prototype;

  Hmac(byte[] key) {
    this.key = key.clone();
  }

  /** The first {@value #BYTES} bytes of the id's HMAC in small hexadecimal letters. */
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
      // One for each call: a Mac is not for two threads, and a copy costs less than a new one.
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
