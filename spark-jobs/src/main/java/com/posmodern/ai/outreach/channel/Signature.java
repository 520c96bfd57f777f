package com.posmodern.ai.outreach.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** Signs texts with a secret, and compares signatures in constant time. */
public final class Signature {
  private static final Pattern STAMPED = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final HmacAlgorithms algorithm;
  private final byte[] secret;

  private Signature(HmacAlgorithms algorithm, String secret) {
    this.algorithm = algorithm;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  public static Signature sha256(String secret) {
    return new Signature(HmacAlgorithms.HMAC_SHA_256, secret);
  }

  /** Twilio's. */
  public static Signature sha1(String secret) {
    return new Signature(HmacAlgorithms.HMAC_SHA_1, secret);
  }

  public byte[] of(String text) {
    // One per call: a Mac is not for several threads.
    return new HmacUtils(algorithm, secret).hmac(text);
  }

  /** {@code t=<seconds>,v1=<hex>}: the signature of moment and body. */
  public String stamped(long seconds, String body) {
    return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(of(seconds + "." + body)));
  }

  /** Whether the header is of this body and of a moment close to the one given. */
  public boolean isStamped(String header, String body, Instant received) {
    Matcher parts = STAMPED.matcher(header);
    if (!parts.matches()) {
      return false;
    }
    long seconds = Long.parseLong(parts.group(1));
    return Math.abs(received.getEpochSecond() - seconds) <= TOLERANCE.toSeconds()
        && same(stamped(seconds, body), header);
  }

  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return algorithm.getName();
  }
}
