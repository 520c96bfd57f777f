package com.posmodern.ai.outreach.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A request as it landed: one line of JSON, whose texts from outside are in Base64, so that nobody
 * can break the line. API Gateway writes it (conf/aws/answers.yaml), and the local receiver.
 *
 * @param source who is said to have sent it: twilio, telegram, webhook or click
 * @param id of the request, given by the receiver
 * @param reference query parameter {@code ref}, or the token of a link
 * @param signature header of the source
 */
public record Landed(
    String source, String id, Instant at, String reference, String signature, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a line.
   *
   * @throws BadAnswer when it is no such line
   */
  public static Landed read(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      if (read == null || !read.isObject()) {
        throw new BadAnswer("NOT_A_REQUEST");
      }
      return new Landed(
          read.path("source").asText(""),
          read.path("id").asText(""),
          Instant.ofEpochMilli(read.path("at").asLong()),
          decoded(read.path("ref").asText("")),
          decoded(read.path("signature").asText("")),
          decoded(read.path("body").asText("")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new BadAnswer("NOT_A_REQUEST");
    }
  }

  /** The line of a file. */
  public String line() {
    return JSON.createObjectNode()
        .put("source", source)
        .put("id", id)
        .put("at", at.toEpochMilli())
        .put("ref", encoded(reference))
        .put("signature", encoded(signature))
        .put("body", encoded(body))
        .toString();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "request %s from %s".formatted(id, source);
  }
}
