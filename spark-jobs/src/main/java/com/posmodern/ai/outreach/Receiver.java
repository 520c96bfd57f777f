package com.posmodern.ai.outreach;

import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.outreach.answer.Landed;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets answers land in a folder, for trying it on one machine: what API Gateway and Firehose do in
 * production (conf/aws/answers.yaml). Listens on the loopback alone; verifies nothing, as they
 * verify nothing: the command responses does.
 */
public final class Receiver implements AutoCloseable {
  private static final int LONGEST = 64 * 1024;
  private static final int NO_CONTENT = 204;
  private static final int FOUND = 302;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LONG = 413;
  private static final int UNAVAILABLE = 503;
  private static final Pattern REFERENCE = Pattern.compile("(?:^|&)ref=([0-9a-f]{1,64})(?:&|$)");

  private final HttpServer server;
  private final NewFile folder;
  private final String target;
  private final InstantSource clock;

  /**
   * @param port to listen on; 0 for any
   * @param target where a click leads; empty: nowhere
   * @param others what else is received, by path
   */
  public Receiver(
      int port,
      NewFile folder,
      String target,
      Map<String, ? extends HttpHandler> others,
      InstantSource clock)
      throws IOException {
    this.folder = folder;
    this.target = target;
    this.clock = clock;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/twilio", exchange -> land(exchange, "twilio", "X-Twilio-Signature"));
    server.createContext(
        "/telegram", exchange -> land(exchange, "telegram", "X-Telegram-Bot-Api-Secret-Token"));
    server.createContext("/webhook", exchange -> land(exchange, "webhook", "X-Pos-Signature"));
    // Its signature is in its body.
    server.createContext("/ses", exchange -> land(exchange, "ses", ""));
    server.createContext("/c/", exchange -> land(exchange, "click", ""));
    others.forEach(server::createContext);
    server.createContext("/", exchange -> end(exchange, NOT_FOUND));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void land(HttpExchange exchange, String source, String header) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      end(exchange, TOO_LONG);
      return;
    }
    String id = UUID.randomUUID().toString();
    boolean click = source.equals("click");
    Landed landed =
        new Landed(
            source,
            id,
            clock.instant(),
            click
                ? exchange.getRequestURI().getPath().substring("/c/".length())
                : reference(exchange.getRequestURI().getRawQuery()),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(header)).orElse(""),
            new String(body, StandardCharsets.UTF_8));
    try {
      folder.create(id + ".json", landed.line() + "\n");
    } catch (IOException e) {
      // The provider sends it again.
      end(exchange, UNAVAILABLE);
      return;
    }
    if (click && !target.isEmpty()) {
      exchange.getResponseHeaders().set("Location", target);
      end(exchange, FOUND);
    } else {
      end(exchange, NO_CONTENT);
    }
  }

  private static String reference(String query) {
    Matcher found = REFERENCE.matcher(query == null ? "" : query);
    return found.find() ? found.group(1) : "";
  }

  private static void end(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
