package com.posmodern.ai.outreach.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Requests, and what their outcomes mean for a message that must be sent at most once.
 *
 * <p>Surely not sent: no connection, 429, and 503 (the provider says that it did not take the
 * request). In doubt: a connection that broke or timed out after the request left, and every other
 * 5xx, as a gateway may answer for a provider that went on. Refused for good: every other 4xx.
 */
final class HttpCalls {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;
  private static final int UNAVAILABLE = 503;
  private static final long LONGEST_WAIT = 60;

  private final HttpClient client;
  private final Duration timeout;

  HttpCalls(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** A request to which the timeout is added, to a provider that answers in JSON. */
  Answer send(HttpRequest.Builder request, Function<JsonNode, Answer> accepted) {
    return exchange(request, response -> answer(response, accepted));
  }

  /** A request to which the timeout is added; {@code read} says what its answer means. */
  Answer exchange(HttpRequest.Builder request, Function<HttpResponse<String>, Answer> read) {
    HttpResponse<String> response;
    try {
      response =
          client.send(
              request.timeout(timeout).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (HttpConnectTimeoutException | ConnectException e) {
      return MessageChannel.notTaken("no connection to the provider");
    } catch (HttpTimeoutException e) {
      return new Answer.Unknown("no answer within %d s".formatted(timeout.toSeconds()));
    } catch (IOException e) {
      return e.getCause() instanceof UnresolvedAddressException
          ? MessageChannel.notTaken("no connection to the provider")
          : new Answer.Unknown("the connection broke before an answer came");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unknown("stopped while waiting for the answer");
    }
    return read.apply(response);
  }

  private static Answer answer(HttpResponse<String> response, Function<JsonNode, Answer> accepted) {
    JsonNode body = json(response.body());
    return isGood(response)
        ? accepted.apply(body)
        : refused(response, "HTTP " + response.statusCode() + code(body));
  }

  static boolean isGood(HttpResponse<String> response) {
    return response.statusCode() >= OK && response.statusCode() < REDIRECT;
  }

  /** What a status of 300 and more means for the message. */
  static Answer refused(HttpResponse<String> response, String reason) {
    int status = response.statusCode();
    if (status == TOO_MANY || status == UNAVAILABLE) {
      return new Answer.NotTaken(reason, wait(response, json(response.body())));
    }
    return status >= SERVER || status == TIMEOUT
        ? new Answer.Unknown(reason)
        : new Answer.Refused(reason);
  }

  /** The provider's own code; its message may quote the address. */
  private static String code(JsonNode body) {
    JsonNode code = body.has("code") ? body.get("code") : body.path("error_code");
    return code.isIntegralNumber() ? ", code " + code.asLong() : "";
  }

  private static Duration wait(HttpResponse<String> response, JsonNode body) {
    long seconds =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("[0-9]{1,4}"))
            .map(Long::parseLong)
            .orElse(body.path("parameters").path("retry_after").asLong(0));
    return Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT));
  }

  static JsonNode json(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** As a form is sent. */
  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
