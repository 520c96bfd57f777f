package com.posmodern.ai.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.outreach.AwsSignature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Amazon Bedrock's Converse API on the loopback: verifies signatures, and says what it is told. */
public final class FakeBedrock implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Planned(int status, String error, String body) {}

  private final HttpServer server;
  private final Deque<Planned> planned = new ArrayDeque<>();
  private final List<JsonNode> questions = new ArrayList<>();

  public FakeBedrock() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/model/", this::converse);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next question is answered with a text. */
  public void say(String text) {
    say(text, "end_turn");
  }

  /** The same, ended in another way. */
  public void say(String text, String stopReason) {
    var answer = JSON.createObjectNode();
    answer
        .putObject("output")
        .putObject("message")
        .put("role", "assistant")
        .putArray("content")
        .addObject()
        .put("text", text);
    answer.put("stopReason", stopReason);
    planned.add(new Planned(200, "", answer.toString()));
  }

  /** The next question fails. */
  public void fail(int status, String error) {
    planned.add(new Planned(status, error, "{\"message\":\"no\"}"));
  }

  /** The next question is answered with this document. */
  public void sayRaw(String document) {
    planned.add(new Planned(200, "", document));
  }

  /** What was asked, in order. */
  public List<JsonNode> questions() {
    return questions;
  }

  private void converse(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Planned next =
        AwsSignature.isGood(exchange, "bedrock", body)
            ? planned.poll()
            : new Planned(403, "InvalidSignatureException", "{}");
    questions.add(JSON.readTree(body));
    byte[] answer = next.body().getBytes(StandardCharsets.UTF_8);
    if (!next.error().isEmpty()) {
      exchange.getResponseHeaders().set("x-amzn-ErrorType", next.error() + ":http://x");
    }
    exchange.sendResponseHeaders(next.status(), answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
