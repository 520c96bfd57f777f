package com.posmodern.ai.outreach.channel;

import com.posmodern.ai.config.ProviderSettings.Webhook;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;

/**
 * Any other system: a JSON document with a signature, and a key by which the receiver takes a
 * message once.
 *
 * <p>{@code X-Pos-Signature: t=<seconds>,v1=<hex>}, where v1 is the HMAC-SHA256 of {@code
 * <seconds>.<body>}; a receiver refuses a moment that is more than five minutes off. {@code
 * Idempotency-Key} is the message's reference.
 */
final class WebhookChannel implements MessageChannel {
  private final URI url;
  private final Signature signature;
  private final HttpCalls calls;
  private final InstantSource clock;

  WebhookChannel(Webhook settings, String secret, HttpCalls calls, InstantSource clock) {
    this.url = URI.create(settings.url());
    this.signature = Signature.sha256(secret);
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public String provider() {
    return "WEBHOOK";
  }

  @Override
  public Doubt doubt() {
    return Doubt.SAME_AGAIN;
  }

  @Override
  public Answer send(Envelope message) {
    String body =
        HttpCalls.JSON
            .createObjectNode()
            .put("reference", message.reference())
            .put("channel", message.channel().name())
            .put("to", message.address())
            .put("subject", message.subject())
            .put("text", message.body())
            .toString();
    long now = clock.instant().getEpochSecond();
    return calls.send(
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", message.reference())
            .header("X-Pos-Signature", signature.stamped(now, body))
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        answer -> new Answer.Accepted(answer.path("id").asText("")));
  }

  @Override
  public String toString() {
    return "webhook";
  }
}
