package com.posmodern.ai.job.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.outreach.Receiver;
import com.posmodern.ai.outreach.channel.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventEndpointTest {
  private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String SECRET = "fedcba9876543210fedcba9876543210";
  private static final Map<String, String> ENVIRONMENT =
      Map.of(EventEndpoint.TOKEN, TOKEN, EventEndpoint.SECRET, SECRET);

  @TempDir Path folder;
  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver =
        new Receiver(
            0,
            new NewFile(new Configuration(), folder.resolve("answers").toString()),
            "",
            Map.of(
                EventEndpoint.PATH,
                EventEndpoint.of(
                        folder.resolve("landed").toString(),
                        ENVIRONMENT::get,
                        InstantSource.fixed(NOW))
                    .orElseThrow()),
            InstantSource.fixed(NOW));
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void whatIsTakenIsOnTheDisk() throws Exception {
    assertThat(post("{\"a\":1}\n{\"a\":2}", "Authorization", "Bearer " + TOKEN)).isEqualTo(200);
    assertThat(landed()).containsExactly("{\"a\":1}\n{\"a\":2}\n");
  }

  @Test
  void aSignatureIsOfTheBodyAndOfTheMoment() throws Exception {
    Signature signature = Signature.sha256(SECRET);
    String now = signature.stamped(NOW.getEpochSecond(), "{}");
    assertThat(post("{}", "X-Pos-Signature", now)).isEqualTo(200);
    assertThat(post("{ }", "X-Pos-Signature", now)).isEqualTo(401);
    String old = signature.stamped(NOW.getEpochSecond() - 3600, "{}");
    assertThat(post("{}", "X-Pos-Signature", old)).isEqualTo(401);
    assertThat(landed()).hasSize(1);
  }

  @Test
  void nobodyElseAndNothingElseLands() throws Exception {
    String token = "Bearer " + TOKEN;
    assertThat(post("{}", "Authorization", "Bearer " + SECRET)).isEqualTo(401);
    assertThat(post("{}", "Accept", "x")).isEqualTo(401);
    assertThat(post(" \n", "Authorization", token)).isEqualTo(400);
    assertThat(post("x".repeat(1024 * 1024), "Authorization", token)).isEqualTo(200);
    assertThat(post("x".repeat(1024 * 1024 + 1), "Authorization", token)).isEqualTo(413);
    HttpRequest get =
        HttpRequest.newBuilder(address()).header("Authorization", token).GET().build();
    assertThat(send(get)).isEqualTo(405);
    assertThat(landed()).hasSize(1);
  }

  @Test
  void withoutASecretThereIsNoEndpointAndAShortOneIsRefused() {
    String landed = folder.resolve("landed").toString();
    assertThat(EventEndpoint.of(landed, name -> null, InstantSource.fixed(NOW))).isEmpty();
    assertThatThrownBy(
            () ->
                EventEndpoint.of(
                    landed, Map.of(EventEndpoint.TOKEN, "short")::get, InstantSource.fixed(NOW)))
        .isInstanceOf(PosException.class)
        .hasMessageContaining(EventEndpoint.TOKEN)
        .hasMessageNotContaining("\"short\"");
  }

  private URI address() {
    return URI.create("http://127.0.0.1:%d%s".formatted(receiver.port(), EventEndpoint.PATH));
  }

  private int post(String body, String header, String value) throws Exception {
    return send(
        HttpRequest.newBuilder(address())
            .header(header, value)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static int send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private List<String> landed() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("landed"))) {
      return files
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
