package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.LiveSettings.Notify;
import com.posmodern.ai.config.LiveSettings.Notify.To;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.outreach.channel.AlertNotices;
import com.posmodern.ai.outreach.channel.Answer;
import com.posmodern.ai.outreach.channel.Signature;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertNoticesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Map<String, String> ALERT = Map.of("store_id", "S1", "alert_kind", "STOP");
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "POS_ALERTS_SECRET", "a secret",
          "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
          "AWS_SECRET_ACCESS_KEY", "key");

  private final AtomicReference<String> body = new AtomicReference<>();
  private final AtomicReference<Map<String, String>> headers = new AtomicReference<>();
  private int status = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          headers.set(
              Map.of(
                  "signature",
                  String.valueOf(exchange.getRequestHeaders().getFirst("X-Pos-Signature")),
                  "key",
                  String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
                  "authorization",
                  String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aWebhookGetsASignedDocument() {
    assertThat(notices(To.WEBHOOK).tell("0123", ALERT)).isInstanceOf(Answer.Accepted.class);
    assertThat(body.get()).contains("\"alert_id\":\"0123\"", "\"alert_kind\":\"STOP\"");
    assertThat(headers.get()).containsEntry("key", "0123");
    assertThat(
            Signature.sha256("a secret").isStamped(headers.get().get("signature"), body.get(), NOW))
        .isTrue();
  }

  @Test
  void aWebhookThatFailsIsNoSuccess() {
    status = 503;
    assertThat(notices(To.WEBHOOK).tell("0123", ALERT)).isInstanceOf(Answer.NotTaken.class);
  }

  @Test
  void aTopicGetsTheDocumentAsItsMessage() {
    assertThat(notices(To.SNS).tell("0123", ALERT)).isInstanceOf(Answer.Accepted.class);
    assertThat(URLDecoder.decode(body.get(), StandardCharsets.UTF_8))
        .contains("Action=Publish", "TopicArn=arn:aws:sns:sa-east-1:1:pos", "\"store_id\":\"S1\"");
    assertThat(headers.get().get("authorization")).startsWith("AWS4-HMAC-SHA256");
  }

  @Test
  void aMissingSecretIsNamed() {
    assertThatThrownBy(
            () -> AlertNotices.open(settings(To.WEBHOOK), name -> null, InstantSource.fixed(NOW)))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("POS_ALERTS_SECRET");
  }

  private AlertNotices notices(To to) {
    return AlertNotices.open(settings(to), ENVIRONMENT::get, InstantSource.fixed(NOW));
  }

  private Notify settings(To to) {
    String url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    return new Notify(to, url, "arn:aws:sns:sa-east-1:1:pos", "sa-east-1");
  }
}
