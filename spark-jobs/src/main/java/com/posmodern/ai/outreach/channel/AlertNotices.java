package com.posmodern.ai.outreach.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.aws.SignedRequests;
import com.posmodern.ai.config.LiveSettings.Notify;
import com.posmodern.ai.error.PosException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Tells another system of an alert of the stream: a topic of Amazon SNS, or a webhook with the
 * signature of {@link WebhookChannel}. {@code Idempotency-Key} is the alert's id: after a crash the
 * same alert may be told again.
 */
public final class AlertNotices {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String SECRET = "POS_ALERTS_SECRET";

  /** Sends a JSON document about the alert of that id. */
  private interface Way {
    Answer send(String id, String json);
  }

  private final Way way;

  private AlertNotices(Way way) {
    this.way = way;
  }

  /**
   * The way that the settings name.
   *
   * @param environment value of a variable; null when it is not set
   * @throws PosException usage when the webhook's secret or AWS's credentials are missing
   */
  public static AlertNotices open(
      Notify settings, UnaryOperator<String> environment, InstantSource clock) {
    HttpCalls calls = new HttpCalls(TIMEOUT);
    return new AlertNotices(
        switch (settings.to()) {
          case NONE -> (id, json) -> new Answer.Refused("live.watch.tell.to is NONE");
          case WEBHOOK -> webhook(URI.create(settings.url()), secret(environment), calls, clock);
          case SNS -> sns(settings, SignedRequests.open(environment, clock), calls);
        });
  }

  /**
   * Sends a notice of an alert.
   *
   * @param id of the alert
   * @param fields names and values of the document
   */
  public Answer tell(String id, Map<String, String> fields) {
    ObjectNode document = HttpCalls.JSON.createObjectNode().put("alert_id", id);
    fields.forEach(document::put);
    return way.send(id, document.toString());
  }

  private static Way webhook(URI url, Signature signature, HttpCalls calls, InstantSource clock) {
    return (id, json) ->
        calls.exchange(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", id)
                .header(
                    "X-Pos-Signature", signature.stamped(clock.instant().getEpochSecond(), json))
                .POST(HttpRequest.BodyPublishers.ofString(json)),
            response ->
                HttpCalls.isGood(response)
                    ? new Answer.Accepted("")
                    : HttpCalls.refused(response, "HTTP " + response.statusCode()));
  }

  private static Way sns(Notify settings, SignedRequests aws, HttpCalls calls) {
    URI address =
        URI.create(
            settings.url().isEmpty()
                ? "https://sns.%s.amazonaws.com/".formatted(settings.region())
                : settings.url());
    SnsPublish sns = new SnsPublish(address, settings.region(), aws, calls);
    return (id, json) -> {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("TopicArn", settings.topic());
      fields.put("Subject", "POS alert " + id);
      fields.put("Message", json);
      return sns.publish(fields);
    };
  }

  private static Signature secret(UnaryOperator<String> environment) {
    String value = environment.apply(SECRET);
    if (value == null || value.isBlank()) {
      throw PosException.usage(
          "is not set, and the webhook of alerts needs it",
          "environment variable " + SECRET,
          "Set it, or set live.watch.tell.to to NONE.");
    }
    return Signature.sha256(value.strip());
  }
}
