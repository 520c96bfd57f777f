package com.posmodern.ai.aws;

import com.posmodern.ai.error.PosException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Makes requests that a service of AWS accepts: Signature Version 4, by the signer of AWS's SDK.
 * See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html.
 */
public final class SignedRequests {
  /** The client sets them itself. */
  private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

  private final AwsCredentialsProvider credentials;
  private final InstantSource clock;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  private SignedRequests(AwsCredentialsProvider credentials, InstantSource clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * Signs with the credentials of the environment, else with those of the machine's or job's role.
   *
   * @param environment value of a variable; null when it is not set
   * @throws PosException usage when there are no credentials
   */
  public static SignedRequests open(UnaryOperator<String> environment, InstantSource clock) {
    String key = environment.apply("AWS_ACCESS_KEY_ID");
    String secret = environment.apply("AWS_SECRET_ACCESS_KEY");
    String token = environment.apply("AWS_SESSION_TOKEN");
    AwsCredentialsProvider credentials;
    if (key == null || secret == null) {
      credentials = DefaultCredentialsProvider.builder().build();
    } else {
      credentials =
          StaticCredentialsProvider.create(
              token == null
                  ? AwsBasicCredentials.create(key, secret)
                  : AwsSessionCredentials.create(key, secret, token));
    }
    try {
      credentials.resolveCredentials();
    } catch (SdkException e) {
      throw PosException.usage(
          "no credentials were found, neither in the environment nor of a role",
          "AWS credentials",
          "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run it with a role.");
    }
    return new SignedRequests(credentials, clock);
  }

  /**
   * A request that posts a text, signed for this moment.
   *
   * @param service the name that AWS signs with, such as {@code ses}
   * @throws SdkException when the credentials cannot be renewed
   */
  public HttpRequest.Builder post(
      URI address, String service, String region, String contentType, String body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(address)
            .putHeader("Content-Type", contentType)
            .build();
    SignedRequest signed =
        signer.sign(
            one ->
                one.identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(ContentStreamProvider.fromUtf8String(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock.withZone(ZoneOffset.UTC)));
    HttpRequest.Builder ready =
        HttpRequest.newBuilder(signed.request().getUri())
            .POST(HttpRequest.BodyPublishers.ofString(body));
    signed
        .request()
        .headers()
        .forEach(
            (name, values) -> {
              if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> ready.header(name, value));
              }
            });
    return ready;
  }
}
