package com.posmodern.ai.outreach;

import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.outreach.channel.Signature;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signed short links: the reference of the message and the beginning of its HMAC, so that nobody
 * makes up clicks and no link tells whom it was sent to.
 */
final class Links {
  static final String VARIABLE = "POS_LINK_SECRET";

  private static final Pattern TOKEN = Pattern.compile("([0-9a-f]{32})\\.([0-9a-f]{20})");
  private static final int SIGNATURE_BYTES = 10;

  private final String base;
  private final Signature signature;

  private Links(String base, String secret) {
    this.base = base;
    this.signature = Signature.sha256(secret);
  }

  /**
   * The links of the settings; empty when they want none.
   *
   * @throws PosException usage when they want some and there is no secret
   */
  static Optional<Links> of(OutreachSettings settings, UnaryOperator<String> environment) {
    if (!settings.links().wanted()) {
      return Optional.empty();
    }
    String secret = environment.apply(VARIABLE);
    if (secret == null || secret.isBlank()) {
      throw PosException.usage(
          "is not set, and outreach.links needs it",
          "environment variable " + VARIABLE,
          "Set it, or empty outreach.links.base.");
    }
    return Optional.of(new Links(settings.links().base(), secret.strip()));
  }

  String of(String reference) {
    return base + "/c/" + token(reference);
  }

  private String token(String reference) {
    return reference
        + "."
        + HexFormat.of().formatHex(signature.of("link/" + reference), 0, SIGNATURE_BYTES);
  }

  /** The reference of a token that we signed. */
  Optional<String> reference(String token) {
    Matcher parts = TOKEN.matcher(token);
    return parts.matches() && Signature.same(token(parts.group(1)), token)
        ? Optional.of(parts.group(1))
        : Optional.empty();
  }
}
