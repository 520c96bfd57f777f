package com.posmodern.ai.lake.s3;

import com.posmodern.ai.error.PosException;
import java.util.List;
import java.util.Optional;

/**
 * Explains errors of S3 to whoever operates the night. They are recognised by S3's error codes in
 * the messages, not by exception classes, which differ between S3A, EMR and versions of the SDK.
 */
public final class S3Errors {
  private record Known(String what, String remedy, List<String> signs) {}

  /** The first pattern found decides; more specific ones come first. */
  private static final List<Known> KNOWN =
      List.of(
          known(
              "the bucket does not exist",
              "Create it (conf/aws/storage.yaml), or correct the address of the lake.",
              "NoSuchBucket"),
          known(
              "the credentials have expired",
              "Sign in again (aws sso login), or look at the role of the job.",
              "ExpiredToken"),
          known(
              "S3 does not know the access key",
              "Check AWS_ACCESS_KEY_ID, or the profile in AWS_PROFILE.",
              "InvalidAccessKeyId"),
          known(
              "the secret key does not match the access key",
              "Check AWS_SECRET_ACCESS_KEY, and the clock of this machine.",
              "SignatureDoesNotMatch"),
          known(
              "the clock of this machine is wrong",
              "Set the clock; S3 rejects requests whose time is minutes off.",
              "RequestTimeTooSkewed"),
          known(
              "no AWS credentials were found",
              "Sign in (aws sso login), set AWS_PROFILE, or give the job a role.",
              "Unable to load credentials"),
          known(
              "the bucket is in another region",
              "Set spark.hadoop.fs.s3a.endpoint.region (AWS_REGION) to the bucket's region.",
              "AuthorizationHeaderMalformed",
              "Status Code: 301"),
          known(
              "the key of the encryption cannot be used",
              "Check POS_KMS_KEY, and that the role may use the key.",
              "KMS."),
          known(
              "access denied",
              "Give the role of the job the S3 actions of conf/aws/compute.yaml.",
              "AccessDenied",
              "Status Code: 403"),
          known(
              "S3 is still throttling requests after all retries",
              "Run again later; raise spark.hadoop.fs.s3a.retry.throttle.limit.",
              "SlowDown"),
          known(
              "the host name of the S3 endpoint cannot be resolved",
              "Check spark.hadoop.fs.s3a.endpoint and the network.",
              "UnknownHostException"),
          known(
              "the S3 endpoint does not respond",
              "Check spark.hadoop.fs.s3a.endpoint and the network; is scripts/s3-local running?",
              "Connect to ",
              "Connection refused"),
          known(
              "the disk of the S3 server is full",
              "Free space there and run again; nothing was published.",
              "InsufficientStorage"));

  private S3Errors() {}

  /**
   * Explains a failure of S3.
   *
   * @param where the operation and its target
   * @return empty for failures that are not from S3 or are not recognised
   */
  public static Optional<PosException> explain(Throwable thrown, String where) {
    if (!isOfS3(thrown)) {
      return Optional.empty();
    }
    return KNOWN.stream()
        .filter(known -> known.signs().stream().anyMatch(sign -> contains(thrown, sign)))
        .findFirst()
        .map(known -> PosException.infrastructure(known.what(), where, known.remedy(), thrown));
  }

  private static boolean isOfS3(Throwable thrown) {
    return contains(thrown, "s3a://") || contains(thrown, "software.amazon.awssdk");
  }

  private static boolean contains(Throwable thrown, String words) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t.toString().contains(words)) {
        return true;
      }
    }
    return false;
  }

  private static Known known(String what, String remedy, String... signs) {
    return new Known(what, remedy, List.of(signs));
  }
}
