package com.posmodern.ai.privacy;

import com.posmodern.ai.error.PosException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The key that turns customers' ids into pseudonyms. It comes only from the environment and is
 * never printed; anyone who has it can link pseudonyms to customers.
 */
public final class PseudonymKey {
  /** The environment variable that holds the key. */
  public static final String VARIABLE = "POS_PSEUDONYM_KEY";

  private static final int SHORTEST = 32;
  private static final int FINGERPRINT_BYTES = 4;

  private final Hmac hmac;

  /**
   * One instance for all plans: Spark treats two functions as equal only if they are the same
   * object.
   */
  private final UserDefinedFunction function;

  private PseudonymKey(String text) {
    this.hmac = new Hmac(text.getBytes(StandardCharsets.UTF_8));
    this.function = functions.udf(hmac, DataTypes.StringType).withName("pseudonym");
  }

  /**
   * The key of this process.
   *
   * @throws PosException usage when there is none, or it is too short
   */
  public static PseudonymKey ofEnvironment() {
    return of(Optional.ofNullable(System.getenv(VARIABLE)));
  }

  static PseudonymKey of(Optional<String> text) {
    String found = text.map(String::strip).orElse("");
    if (found.length() < SHORTEST) {
      throw PosException.usage(
          found.isEmpty()
              ? "is not set: customers' ids are turned into pseudonyms with this key"
              : "is too short: %d characters, at least %d are needed"
                  .formatted(found.length(), SHORTEST),
          "environment variable " + VARIABLE,
          "Use the lake's own key; for a new lake make one (openssl rand -hex 32) and keep it: "
              + "docs/personal-data.md");
    }
    return new PseudonymKey(found);
  }

  /** A key made from that text. */
  public static PseudonymKey of(String text) {
    return of(Optional.of(text));
  }

  /** The pseudonym of each id: 32 lower-case hexadecimal digits; null stays null. */
  public Column pseudonym(Column id) {
    return function.apply(id);
  }

  /** The pseudonym of one id. */
  public String pseudonym(String id) {
    return hmac.call(id);
  }

  /** Distinguishes keys without revealing them: 8 hexadecimal digits, recorded with the tables. */
  public String fingerprint() {
    return HexFormat.of().formatHex(hmac.of("fingerprint"), 0, FINGERPRINT_BYTES);
  }

  @Override
  public String toString() {
    return "pseudonym key " + fingerprint();
  }
}
