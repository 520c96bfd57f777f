package com.posmodern.ai.source.api;

import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.WeatherSettings;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A service on the loopback that gives the answers it was told to, one after the other. */
public final class FakeService implements AutoCloseable {
  /** What it was asked, in order. */
  public final List<URI> asked = new ArrayList<>();

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final HttpServer server;
  private volatile Headers headers = new Headers();

  private record Answer(int status, String body) {}

  public FakeService() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  public FakeService says(int status, String body) {
    answers.add(new Answer(status, body));
    return this;
  }

  /** Settings that ask it, three times at most, without a pause to speak of. */
  WeatherSettings settings(WeatherSettings.Provider provider) {
    return new WeatherSettings(provider, url(), 10, 60_000, 3, 1, 5);
  }

  /** Its address. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** As {@link #settings}. */
  public CallSettings calls() {
    return new CallSettings(60_000, 3, 1, 5);
  }

  /** What the last question said in a header. */
  public String header(String name) {
    return headers.getFirst(name);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI());
    headers = exchange.getRequestHeaders();
    Answer answer = answers.isEmpty() ? new Answer(500, "nothing more to say") : answers.remove();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
