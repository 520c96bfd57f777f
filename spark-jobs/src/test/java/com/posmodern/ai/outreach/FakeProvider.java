package com.posmodern.ai.outreach;

import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.ProviderSettings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider on the loopback: Twilio's Messages API, Telegram's sendMessage, Amazon SES and SNS,
 * and a webhook that takes an idempotency key once. Counts what it would have delivered.
 */
public final class FakeProvider implements AutoCloseable {
  /** A message as the provider would deliver it. */
  public record Delivered(String to, String text) {}

  private final HttpServer server;
  private final List<Delivered> delivered = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
  private final Map<String, String> taken = new ConcurrentHashMap<>();
  private final Deque<Integer> failures = new ArrayDeque<>();
  private int batch = 1000;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile boolean deliversBeforeFailing;
  private volatile String error = "";
  private volatile String said = "+5511";

  public FakeProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/2010-04-01/", this::twilio);
    server.createContext("/bot", this::telegram);
    server.createContext("/hook", this::webhook);
    server.createContext("/ses/", this::ses);
    server.createContext("/sns/", this::sns);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next requests are answered with these statuses. */
  public void failWith(int... statuses) {
    synchronized (failures) {
      for (int status : statuses) {
        failures.add(status);
      }
    }
  }

  /** What AWS calls the next failures. */
  public void callFailures(String name) {
    error = name;
  }

  /** What AWS says of the next failures. */
  public void sayOfFailures(String message) {
    said = message;
  }

  /** Failures come after the message went out, as a gateway's do. */
  public void deliverBeforeFailing() {
    deliversBeforeFailing = true;
  }

  public List<Delivered> delivered() {
    return List.copyOf(delivered);
  }

  public List<Map<String, String>> headers() {
    return List.copyOf(headers);
  }

  public int requests() {
    return requests.get();
  }

  /** Of the settings: messages of a batch. */
  public void batchesOf(int messages) {
    batch = messages;
  }

  /** The settings with all channels by these providers at this server. */
  public OutreachSettings settings(OutreachSettings file, OutreachSettings.Provider sms) {
    return settings(file, sms, OutreachSettings.Provider.WEBHOOK);
  }

  /** The same, with e-mail by another provider than the webhook. */
  public OutreachSettings settings(
      OutreachSettings file, OutreachSettings.Provider sms, OutreachSettings.Provider email) {
    OutreachSettings.Route route = new OutreachSettings.Route(sms, 1000);
    OutreachSettings.Route whatsapp =
        sms == OutreachSettings.Provider.SNS
            ? new OutreachSettings.Route(OutreachSettings.Provider.NONE, 1000)
            : route;
    return new OutreachSettings(
        OutreachSettings.Mode.LIVE,
        file.timeZone(),
        file.countryCode(),
        file.quietFrom(),
        file.quietUntil(),
        file.capPerDay(),
        file.capPerWeek(),
        file.mostPerRun(),
        batch,
        file.inFlight(),
        3,
        2,
        5,
        0,
        file.alarmBouncedShare(),
        whatsapp,
        route,
        new OutreachSettings.Route(OutreachSettings.Provider.TELEGRAM, 1000),
        new OutreachSettings.Route(email, 1000),
        new ProviderSettings.Twilio(
            url(), "+15005550006", "+15005550006", "", "https://answers.example.com"),
        new ProviderSettings.TelegramBot(url()),
        new ProviderSettings.Webhook(url() + "/hook"),
        new ProviderSettings.Ses(
            url() + "/ses", "sa-east-1", "loja@example.com", "pos", SnsTopic.ARN),
        new ProviderSettings.Sns(url() + "/sns", "sa-east-1", "LOJA"),
        file.links(),
        file.answers());
  }

  private void twilio(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      String to = form(exchange.getRequestURI().getRawQuery()).get("To");
      StringBuilder found = new StringBuilder();
      for (int i = 0; i < delivered.size(); i++) {
        Delivered one = delivered.get(i);
        if (one.to().equals(to)) {
          found
              .append(found.length() == 0 ? "" : ",")
              .append("{\"sid\":\"SM%d\",\"date_created\":\"\",\"body\":".formatted(i))
              .append(quoted(one.text()))
              .append('}');
        }
      }
      answer(exchange, 200, "{\"messages\":[" + found + "],\"next_page_uri\":null}");
      return;
    }
    Map<String, String> form = form(body(exchange));
    take(exchange, form.get("To"), form.get("Body"), "{\"sid\":\"SM%d\"}");
  }

  private void telegram(HttpExchange exchange) throws IOException {
    String body = body(exchange);
    take(
        exchange,
        field(body, "chat_id"),
        field(body, "text"),
        "{\"ok\":true,\"result\":{\"message_id\":%d,\"chat\":{\"id\":1}}}");
  }

  private void webhook(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    String body = body(exchange);
    if (taken.putIfAbsent(key, body) == null) {
      take(exchange, field(body, "to"), field(body, "text"), "{\"id\":\"W%d\"}");
      return;
    }
    requests.incrementAndGet();
    answer(exchange, 200, "{\"id\":\"again\"}");
  }

  private void ses(HttpExchange exchange) throws IOException {
    String body = body(exchange);
    if (AwsSignature.isGood(exchange, "ses", body)) {
      com.fasterxml.jackson.databind.JsonNode mail =
          new com.fasterxml.jackson.databind.ObjectMapper().readTree(body);
      take(
          exchange,
          mail.at("/Destination/ToAddresses/0").asText(),
          mail.at("/Content/Simple/Body/Text/Data").asText(),
          "{\"MessageId\":\"SES%d\"}");
    } else {
      answer(exchange, 403, "{\"__type\":\"InvalidSignatureException\"}");
    }
  }

  private void sns(HttpExchange exchange) throws IOException {
    String body = body(exchange);
    Map<String, String> form = form(body);
    if (AwsSignature.isGood(exchange, "sns", body) && form.get("Action").equals("Publish")) {
      take(
          exchange,
          form.get("PhoneNumber"),
          form.get("Message"),
          "<PublishResponse><PublishResult><MessageId>SNS%d</MessageId></PublishResult></PublishResponse>");
    } else {
      answer(exchange, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
    }
  }

  private void take(HttpExchange exchange, String to, String text, String answer)
      throws IOException {
    requests.incrementAndGet();
    Map<String, String> seen = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> seen.put(name, values.get(0)));
    headers.add(seen);
    Integer failure;
    synchronized (failures) {
      failure = failures.poll();
    }
    if (failure == null || deliversBeforeFailing) {
      delivered.add(new Delivered(to, text));
    } else {
      // What was not taken may come again.
      taken.remove(exchange.getRequestHeaders().getFirst("Idempotency-Key") + "");
    }
    answer(
        exchange,
        failure == null ? 201 : failure,
        failure == null ? answer.formatted(delivered.size() - 1) : failed(exchange));
  }

  private String failed(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/sns/")) {
      return "<ErrorResponse><Error><Code>%s</Code></Error></ErrorResponse>".formatted(error);
    }
    return path.startsWith("/ses/")
        ? "{\"__type\":\"com.amazonaws.sesv2#%s\",\"message\":\"%s\"}".formatted(error, said)
        : "{\"code\":20429}";
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : List.of(text.split("&", -1))) {
      int at = pair.indexOf('=');
      form.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String field(String json, String name) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json).get(name).asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String text) throws IOException {
    return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(text);
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The texts delivered, each with how often. */
  public Map<String, Integer> times() {
    Map<String, Integer> times = new HashMap<>();
    new ArrayList<>(delivered).forEach(one -> times.merge(one.text(), 1, Integer::sum));
    return times;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
