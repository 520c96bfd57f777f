package com.posmodern.ai.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a job and the S3 server, and fails as a test tells it to. */
public final class FaultyProxy implements AutoCloseable {
  /** What happens to one request. */
  public sealed interface Fate {
    /** It passes. */
    record Pass() implements Fate {}

    /** It passes late. */
    record Late(long millis) implements Fate {}

    /** The connection breaks before the server hears of it. */
    record LostRequest() implements Fate {}

    /** The server does it, and the connection breaks before the answer. */
    record LostAnswer() implements Fate {}

    /** It passes as if its client knew nothing of conditions. */
    record WithoutCondition() implements Fate {}

    /** The server answers so, without doing it. */
    record Answer(int status, String code) implements Fate {}
  }

  /** Decides; asked by several threads at the same time. */
  public interface Fates {
    /**
     * The fate of one request.
     *
     * @param number how many requests came before, of all kinds
     */
    Fate of(String method, String path, long number);

    /** Told of each request, whatever becomes of it. */
    default void heard(String method, URI address, byte[] body) {}
  }

  /** These the client sets itself. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private final String server;
  private final Fates fates;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong requests = new AtomicLong();
  private final Map<String, Integer> happened = new TreeMap<>();

  public FaultyProxy(String server, Fates fates) throws IOException {
    this.server = server;
    this.fates = fates;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  public String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** How often each fate befell a request. */
  public Map<String, Integer> happened() {
    synchronized (happened) {
      return Map.copyOf(happened);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    fates.heard(exchange.getRequestMethod(), exchange.getRequestURI(), body);
    Fate fate =
        fates.of(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            requests.getAndIncrement());
    synchronized (happened) {
      happened.merge(fate.getClass().getSimpleName(), 1, Integer::sum);
    }
    try (exchange) {
      if (fate instanceof Fate.LostRequest) {
        return;
      }
      if (fate instanceof Fate.Answer answer) {
        refuse(exchange, answer);
        return;
      }
      if (fate instanceof Fate.Late late) {
        Thread.sleep(late.millis());
      }
      HttpResponse<byte[]> response =
          client.send(
              request(exchange, body, fate instanceof Fate.WithoutCondition),
              HttpResponse.BodyHandlers.ofByteArray());
      if (!(fate instanceof Fate.LostAnswer)) {
        passOn(response, exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange, byte[] body, boolean withoutCondition) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!NOT_PASSED_ON.contains(name) && !(withoutCondition && name.equals("if-none-match"))) {
        header.getValue().forEach(value -> request.header(name, value));
      }
    }
    return request.build();
  }

  private static void passOn(HttpResponse<byte[]> response, HttpExchange exchange)
      throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    Headers headers = exchange.getResponseHeaders();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              boolean length = head && name.equalsIgnoreCase("content-length");
              if (length || !NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values);
              }
            });
    byte[] body = response.body();
    exchange.sendResponseHeaders(
        response.statusCode(), head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private static void refuse(HttpExchange exchange, Fate.Answer answer) throws IOException {
    byte[] body =
        "<Error><Code>%s</Code><Message>Told to by a test.</Message></Error>"
            .formatted(answer.code())
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
