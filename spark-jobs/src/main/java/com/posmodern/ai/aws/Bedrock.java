package com.posmodern.ai.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.resilience4j.core.IntervalFunction;
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
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Models of Amazon Bedrock, by the Converse API. A question is repeated with growing pauses where
 * the service asks for patience or failed: asking again does no harm. See
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html.
 */
public final class Bedrock {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int SERVER = 500;
  private static final Set<Integer> PATIENCE = Set.of(408, 424, 429);

  /** How the model ends a text that it has finished. */
  private static final Set<String> FINISHED = Set.of("end_turn", "stop_sequence");

  private final URI address;
  private final String region;
  private final int mostTokens;
  private final Duration timeout;
  private final SignedRequests requests;
  private final HttpClient client;
  private final Retry retry;

  /**
   * What a question came to.
   *
   * @param text empty when there is no whole answer
   * @param absence why there is none; empty when there is one
   */
  public record Reply(Optional<String> text, String absence, Again again) {
    private static Reply none(String why, Again again) {
      return new Reply(Optional.empty(), why, again);
    }
  }

  /** Whether asking again may help. */
  public enum Again {
    NO,
    MAYBE
  }

  /**
   * @param url of the service; empty: that of the region
   * @param model id of a model or an inference profile
   * @param mostTokens of an answer
   * @param attempts requests for one question
   * @param firstPause before the second attempt; each further one is twice as long
   */
  public Bedrock(
      String url,
      String region,
      String model,
      int mostTokens,
      int attempts,
      Duration timeout,
      Duration firstPause,
      SignedRequests requests) {
    this.address =
        URI.create(
            "%s/model/%s/converse"
                .formatted(
                    url.isEmpty()
                        ? "https://bedrock-runtime.%s.amazonaws.com".formatted(region)
                        : url,
                    URLEncoder.encode(model, StandardCharsets.UTF_8)));
    this.region = region;
    this.mostTokens = mostTokens;
    this.timeout = timeout;
    this.requests = requests;
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    this.retry =
        Retry.of(
            "bedrock",
            RetryConfig.<Reply>custom()
                .maxAttempts(attempts)
                .retryOnResult(reply -> reply.again() == Again.MAYBE)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(firstPause, 2.0, 0.5))
                .build());
  }

  /**
   * Asks a question, at temperature zero.
   *
   * @param rules the system's part of the prompt
   */
  public Reply converse(String rules, String task) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("system").addObject().put("text", rules);
    body.putArray("messages")
        .addObject()
        .put("role", "user")
        .putArray("content")
        .addObject()
        .put("text", task);
    body.putObject("inferenceConfig").put("maxTokens", mostTokens).put("temperature", 0);
    return Retry.decorateSupplier(retry, () -> once(body.toString())).get();
  }

  private Reply once(String body) {
    try {
      HttpRequest request =
          requests
              .post(address, "bedrock", region, "application/json", body)
              .timeout(timeout)
              .build();
      return reply(
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (SdkException e) {
      return Reply.none("the credentials of AWS could not be renewed", Again.NO);
    } catch (IOException e) {
      return Reply.none("Bedrock does not answer", Again.MAYBE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.none("stopped while waiting for Bedrock", Again.NO);
    }
  }

  private static Reply reply(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status != OK) {
      String name =
          response.headers().firstValue("x-amzn-ErrorType").orElse("").replaceAll(":.*", "");
      return Reply.none(
          "Bedrock says HTTP %d%s".formatted(status, name.isEmpty() ? "" : ", " + name),
          status >= SERVER || PATIENCE.contains(status) ? Again.MAYBE : Again.NO);
    }
    JsonNode answer = json(response.body());
    String ended = answer.path("stopReason").asText("");
    if (!FINISHED.contains(ended)) {
      return Reply.none(
          "the model ended its answer with '%s'".formatted(ended.replaceAll("[^a-z_]", "")),
          Again.NO);
    }
    StringBuilder text = new StringBuilder();
    answer.at("/output/message/content").forEach(part -> text.append(part.path("text").asText("")));
    return text.isEmpty()
        ? Reply.none("the model's answer has no text", Again.NO)
        : new Reply(Optional.of(text.toString()), "", Again.NO);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
