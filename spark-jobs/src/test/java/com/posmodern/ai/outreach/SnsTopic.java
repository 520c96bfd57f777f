package com.posmodern.ai.outreach;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A topic of Amazon SNS, which signs its notifications, and AWS's server of certificates. */
public final class SnsTopic implements AutoCloseable {
  public static final String ARN = "arn:aws:sns:sa-east-1:123456789012:pos-mail";

  private static final String KEY = "/SimpleNotificationService-0123456789abcdef.pem";
  private static final String SERVICE = "https://sns.sa-east-1.amazonaws.com";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrivateKey key;
  private final HttpServer server;
  private final AtomicInteger confirmations = new AtomicInteger();
  private volatile int certificateStatus = 200;
  private volatile int confirmationStatus = 200;

  /** Its key is made by the JDK's keytool, below the folder. */
  public SnsTopic(Path folder) throws Exception {
    Path store = folder.resolve("sns.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "sns",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=sns.amazonaws.com",
                "-validity",
                "36500",
                "-startdate",
                "2020/01/01",
                "-keystore",
                store.toString(),
                "-storepass",
                "of-a-test",
                "-storetype",
                "PKCS12")
            .redirectErrorStream(true)
            .start();
    if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
      throw new IllegalStateException(
          new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (java.io.InputStream in = Files.newInputStream(store)) {
      keys.load(in, "of-a-test".toCharArray());
    }
    key = (PrivateKey) keys.getKey("sns", "of-a-test".toCharArray());
    byte[] certificate = keys.getCertificate("sns").getEncoded();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        KEY,
        exchange -> {
          if (certificateStatus != 200) {
            exchange.sendResponseHeaders(certificateStatus, -1);
            exchange.close();
            return;
          }
          exchange.sendResponseHeaders(200, certificate.length);
          exchange.getResponseBody().write(certificate);
          exchange.close();
        });
    server.createContext(
        "/confirm",
        exchange -> {
          confirmations.incrementAndGet();
          exchange.sendResponseHeaders(confirmationStatus, -1);
          exchange.close();
        });
    server.start();
  }

  /** Trust in this topic's server in place of AWS's. */
  SnsTrust trust(InstantSource clock) {
    return new SnsTrust(
        Duration.ofSeconds(5),
        clock,
        address ->
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + address.getRawPath()));
  }

  /** What AWS answers to whoever wants the certificate. */
  void certificateStatus(int status) {
    certificateStatus = status;
  }

  /** What AWS answers to whoever confirms the subscription. */
  void confirmationStatus(int status) {
    confirmationStatus = status;
  }

  int confirmations() {
    return confirmations.get();
  }

  /** A signed notification, as AWS posts it. */
  String notification(String message) {
    ObjectNode notice = JSON.createObjectNode();
    notice.put("Type", "Notification").put("MessageId", "n1").put("TopicArn", ARN);
    notice.put("Message", message).put("Timestamp", "2025-06-10T13:00:00.000Z");
    return signed(notice, List.of("Message", "MessageId", "Timestamp", "TopicArn", "Type"));
  }

  /** What a topic posts when an address is subscribed to it. */
  String confirmation() {
    ObjectNode notice = JSON.createObjectNode();
    notice.put("Type", "SubscriptionConfirmation").put("MessageId", "n0").put("TopicArn", ARN);
    notice.put("Message", "You have chosen to subscribe").put("Token", "t");
    notice.put("SubscribeURL", SERVICE + "/confirm").put("Timestamp", "2025-06-10T13:00:00.000Z");
    return signed(
        notice,
        List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"));
  }

  private String signed(ObjectNode notice, List<String> fields) {
    StringBuilder text = new StringBuilder();
    fields.forEach(
        field -> text.append(field).append('\n').append(notice.get(field).asText()).append('\n'));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
      notice.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return notice.put("SignatureVersion", "2").put("SigningCertURL", SERVICE + KEY).toString();
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
  }
}
