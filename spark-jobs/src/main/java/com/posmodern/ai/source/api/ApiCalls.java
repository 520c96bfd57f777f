package com.posmodern.ai.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.error.PosException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requests to one service, at its pace, repeated with growing pauses where that may help. Neither
 * addresses nor answers are shown: an address may hold the key.
 */
public final class ApiCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int SERVER = 500;
  private static final int TOO_MANY = 429;
  private static final Set<Integer> KEY_REFUSED = Set.of(401, 403);

  private final String service;
  private final String keyVariable;
  private final Duration timeout;
  private final HttpClient client;
  private final RateLimiter pace;
  private final Retry retry;

  /** An answer, or why there is none. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Reply(int status, byte[] body, String absence) {
    static Reply none(String absence) {
      return new Reply(0, new byte[0], absence);
    }

    boolean mayHelpToRepeat() {
      return status == 0 || status == TOO_MANY || status >= SERVER;
    }
  }

  /**
   * @param keyVariable of the environment, for the message when the key is refused
   */
  public ApiCalls(String service, String keyVariable, CallSettings settings) {
    this(service, keyVariable, settings, HttpClient.Redirect.NEVER);
  }

  private ApiCalls(
      String service, String keyVariable, CallSettings settings, HttpClient.Redirect redirect) {
    this.service = service;
    this.keyVariable = keyVariable;
    this.timeout = Duration.ofSeconds(settings.timeoutSeconds());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(redirect)
            .build();
    this.pace =
        RateLimiter.of(
            service,
            RateLimiterConfig.custom()
                .limitRefreshPeriod(Duration.ofMinutes(1).dividedBy(settings.requestsPerMinute()))
                .limitForPeriod(1)
                .timeoutDuration(Duration.ofDays(1))
                .build());
    this.retry =
        Retry.of(
            service,
            RetryConfig.<Reply>custom()
                .maxAttempts(settings.attempts())
                .retryOnResult(Reply::mayHelpToRepeat)
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(
                        Duration.ofMillis(settings.firstPauseMillis()), 2.0, 0.5))
                .build());
  }

  /** For files that need no key; they may have moved to another address. */
  public static ApiCalls ofFiles(String service, CallSettings settings) {
    return new ApiCalls(service, "", settings, HttpClient.Redirect.NORMAL);
  }

  /**
   * The answer in JSON.
   *
   * @param query the parameters, none of them encoded yet
   * @throws PosException infrastructure when there is no answer, usage when the key is refused, bad
   *     data when the answer is not what it used to be
   */
  public JsonNode get(String address, Map<String, String> query) {
    return get(address, query, Map.of());
  }

  /** As {@link #get(String, Map)}, with headers. */
  public JsonNode get(String address, Map<String, String> query, Map<String, String> headers) {
    String parameters =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    return json(answer(address + "?" + parameters, headers));
  }

  /**
   * The file at an address.
   *
   * @throws PosException as {@link #get(String, Map)}
   */
  public byte[] file(String address) {
    return answer(address, Map.of());
  }

  private byte[] answer(String address, Map<String, String> headers) {
    Reply reply =
        Retry.decorateSupplier(
                retry, RateLimiter.decorateSupplier(pace, () -> once(address, headers)))
            .get();
    if (reply.status() == OK) {
      return reply.body();
    }
    if (KEY_REFUSED.contains(reply.status()) && keyVariable.isEmpty()) {
      throw PosException.usage(
          "the file may not be read: HTTP " + reply.status(),
          service,
          "Look whether the address in the settings is public.");
    }
    if (KEY_REFUSED.contains(reply.status())) {
      throw PosException.usage(
          "the service refuses the key: HTTP " + reply.status(),
          service,
          "Set the key in " + keyVariable + ", and look whether it may use this part of the API.");
    }
    if (reply.mayHelpToRepeat()) {
      throw PosException.infrastructure(
          reply.absence(), service, "Run the command again; what is known stays as it is.", null);
    }
    throw changed("it refuses the request: HTTP " + reply.status());
  }

  /** An answer that is not what the service's documents say. */
  public PosException changed(String what) {
    return PosException.badData(
        what,
        service,
        "The service may have changed; nothing of its answer was written. See docs/connectors.md.");
  }

  private Reply once(String address, Map<String, String> headers) {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).timeout(timeout);
      headers.forEach(request::header);
      HttpResponse<byte[]> response =
          client.send(request.GET().build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(
          response.statusCode(), response.body(), "it says HTTP " + response.statusCode());
    } catch (IllegalArgumentException e) {
      // Neither is this message shown, nor the exception kept: both quote the whole address.
      throw PosException.usage(
          "the address of the service is none", service, "Correct its address in the settings.");
    } catch (IOException e) {
      // The message of an exception may quote the address.
      return Reply.none("it does not answer (%s)".formatted(e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.none("stopped while waiting for its answer");
    }
  }

  private JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw changed("its answer is no JSON, or half of it");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
