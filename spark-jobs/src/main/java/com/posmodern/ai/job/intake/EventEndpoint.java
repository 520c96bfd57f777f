package com.posmodern.ai.job.intake;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.outreach.channel.Signature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;

/**
 * Lets events land that are sent by POST, one per line: what API Gateway and Firehose do on AWS.
 * The answer 200 means that they are on the disk; whoever gets none sends them again, and the
 * stream takes each once.
 *
 * <p>A sender shows a token, {@code Authorization: Bearer …} of {@link #TOKEN}, or signs, {@code
 * X-Pos-Signature: t=…,v1=…} with {@link #SECRET}.
 */
public final class EventEndpoint implements HttpHandler {
  /** Path below the address. */
  public static final String PATH = "/events";

  /** Environment variable with the token. */
  public static final String TOKEN = "POS_EVENTS_TOKEN";

  /** Environment variable with the secret of signatures. */
  public static final String SECRET = "POS_EVENTS_SECRET";

  private static final int LONGEST = 1024 * 1024;
  private static final int SHORTEST_SECRET = 32;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int BAD_METHOD = 405;
  private static final int TOO_LONG = 413;
  private static final int UNAVAILABLE = 503;
  private static final String BEARER = "Bearer ";

  private final NewFile folder;
  private final Optional<String> token;
  private final Optional<Signature> signature;
  private final InstantSource clock;

  private EventEndpoint(
      NewFile folder, Optional<String> token, Optional<Signature> signature, InstantSource clock) {
    this.folder = folder;
    this.token = token;
    this.signature = signature;
    this.clock = clock;
  }

  /**
   * The endpoint; empty where the environment holds neither token nor secret, as then anybody could
   * send events.
   *
   * @param environment value of a variable; null when it is not set
   * @param folder where events land
   * @throws PosException usage when one of them is too short, or the folder is none
   */
  public static Optional<EventEndpoint> of(
      String folder, UnaryOperator<String> environment, InstantSource clock) {
    Optional<String> token = secret(TOKEN, environment);
    Optional<Signature> signature = secret(SECRET, environment).map(Signature::sha256);
    if (token.isEmpty() && signature.isEmpty()) {
      return Optional.empty();
    }
    try {
      NewFile files = new NewFile(new Configuration(), folder);
      return Optional.of(new EventEndpoint(files, token, signature, clock));
    } catch (IOException e) {
      throw PosException.usage(
          "events cannot land there: " + e.getMessage(), folder, "Correct live.files.folder.");
    }
  }

  private static Optional<String> secret(String variable, UnaryOperator<String> environment) {
    Optional<String> found =
        Optional.ofNullable(environment.apply(variable)).filter(value -> !value.isBlank());
    if (found.isPresent() && found.get().length() < SHORTEST_SECRET) {
      throw PosException.usage(
          "is too short: at least %d characters are needed".formatted(SHORTEST_SECRET),
          "environment variable " + variable,
          "Make one: openssl rand -hex 32");
    }
    return found;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status(exchange), -1);
    }
  }

  private int status(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return BAD_METHOD;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      return TOO_LONG;
    }
    String text = new String(body, StandardCharsets.UTF_8);
    if (!isKnown(exchange, text)) {
      return UNAUTHORIZED;
    }
    if (text.isBlank()) {
      return BAD_REQUEST;
    }
    try {
      folder.create(UUID.randomUUID() + ".json", text.endsWith("\n") ? text : text + "\n");
      return OK;
    } catch (IOException e) {
      return UNAVAILABLE;
    }
  }

  private boolean isKnown(HttpExchange exchange, String text) {
    String shown = header(exchange, "Authorization");
    if (token.isPresent() && Signature.same(shown, BEARER + token.get())) {
      return true;
    }
    return signature.isPresent()
        && signature.get().isStamped(header(exchange, "X-Pos-Signature"), text, clock.instant());
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }
}
