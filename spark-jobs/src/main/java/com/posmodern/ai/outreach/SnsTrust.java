package com.posmodern.ai.outreach;

import com.posmodern.ai.error.PosException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What notifications of Amazon SNS need from AWS over HTTPS: the certificates that they are signed
 * with, each fetched once a run, and the beginning of a subscription.
 */
final class SnsTrust {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  private final UnaryOperator<URI> route;
  private final HttpClient client;
  private final Duration timeout;
  private final InstantSource clock;
  private final Map<URI, Optional<PublicKey>> keys = new HashMap<>();
  private final Map<URI, PosException> failures = new HashMap<>();

  /** Set once AWS could not be reached: it is not asked for a certificate again in this run. */
  private PosException away;

  SnsTrust(Duration timeout, InstantSource clock) {
    this(timeout, clock, UnaryOperator.identity());
  }

  /**
   * @param route where an address of AWS is looked for
   */
  SnsTrust(Duration timeout, InstantSource clock, UnaryOperator<URI> route) {
    this.route = route;
    this.timeout = timeout;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * The key of a certificate; empty when there is none at the address, or none that is valid now.
   *
   * @throws PosException infrastructure when AWS cannot be reached, or does not hand it out now:
   *     nothing is refused for that
   */
  Optional<PublicKey> key(URI certificate) {
    PosException failure = failures.get(certificate);
    if (failure != null) {
      throw failure;
    }
    return keys.computeIfAbsent(certificate, this::fetched);
  }

  /**
   * Visits the address by which a subscription begins; false when AWS refuses it, as it does once
   * the token is older than three days.
   *
   * @throws PosException infrastructure when AWS cannot be reached or fails
   */
  boolean confirm(URI address) {
    int status = get(address).statusCode();
    if (status == TOO_MANY || status >= SERVER) {
      throw PosException.infrastructure(
          "AWS did not take the confirmation of the subscription",
          address.getHost(),
          "Run it again within three days, or subscribe the address to the topic once more.",
          new IOException("HTTP " + status));
    }
    return status == OK;
  }

  private Optional<PublicKey> fetched(URI address) {
    if (away != null) {
      throw away;
    }
    HttpResponse<byte[]> response;
    try {
      response = get(address);
    } catch (PosException e) {
      away = e;
      throw e;
    }
    int status = response.statusCode();
    // What is not there is forbidden (403), as AWS keeps certificates in S3: anybody may name such.
    if (status == TOO_MANY || status >= SERVER) {
      PosException failure =
          PosException.infrastructure(
              "AWS does not hand out the certificate that answers of SES are verified with",
              address.getHost(),
              "Run it again. The answers stay where they landed.",
              new IOException("HTTP " + status));
      failures.put(address, failure);
      throw failure;
    }
    if (status != OK) {
      return Optional.empty();
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(response.body()));
      certificate.checkValidity(Date.from(clock.instant()));
      return Optional.of(certificate.getPublicKey());
    } catch (CertificateException e) {
      return Optional.empty(); // no certificate, or not valid now
    }
  }

  private HttpResponse<byte[]> get(URI address) {
    try {
      return client.send(
          HttpRequest.newBuilder(route.apply(address)).timeout(timeout).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw PosException.infrastructure(
          "AWS cannot be reached, and answers of SES are verified with its certificate",
          address.getHost(),
          "Run it again. The answers stay where they landed.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while AWS was asked", e);
    }
  }
}
