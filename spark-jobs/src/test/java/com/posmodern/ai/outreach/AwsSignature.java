package com.posmodern.ai.outreach;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What AWS does with the signature of a request, written from its documentation and not with its
 * SDK: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
 */
public final class AwsSignature {
  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=secret/([0-9]{8})/(sa-east-1)/([a-z]+)/aws4_request, "
              + "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  private AwsSignature() {}

  /** Whether the request is signed with the key and the secret {@code secret} for this service. */
  public static boolean isGood(HttpExchange exchange, String service, String body) {
    Headers headers = exchange.getRequestHeaders();
    Matcher parts = HEADER.matcher(headers.getFirst("Authorization"));
    if (!parts.matches() || !parts.group(3).equals(service)) {
      return false;
    }
    StringBuilder canonical =
        new StringBuilder(exchange.getRequestMethod())
            .append('\n')
            .append(exchange.getRequestURI().getRawPath().replace("%", "%25"))
            .append("\n\n");
    for (String name : List.of(parts.group(4).split(";", -1))) {
      canonical.append(name).append(':').append(headers.getFirst(name)).append('\n');
    }
    canonical.append('\n').append(parts.group(4)).append('\n').append(hash(body));
    String scope = String.join("/", parts.group(1), parts.group(2), service, "aws4_request");
    byte[] key = ("AWS4" + "secret").getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(scope.split("/", -1))) {
      key = hmac(key, part);
    }
    String signed =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            headers.getFirst("X-Amz-Date"),
            scope,
            hash(canonical.toString()));
    return HexFormat.of().formatHex(hmac(key, signed)).equals(parts.group(5));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
