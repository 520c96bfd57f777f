package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.s3.ConditionalPutLogStore;
import com.posmodern.ai.testing.FaultyProxy;
import com.posmodern.ai.testing.FaultyProxy.Fate;
import com.posmodern.ai.testing.S3Server;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out about the storage at start, and how it is told. */
class LakeStorageTest {
  private final Configuration configuration =
      SparkTest.session().sparkContext().hadoopConfiguration();

  @TempDir Path folder;

  @AfterEach
  void backToConditionalPut() {
    configuration.unset(ConditionalPutLogStore.SINGLE_DRIVER);
  }

  @Test
  @Tag("external")
  void aServerWithConditionalPutTakesSeveralDrivers() throws IOException {
    Lake lake = lake(S3Server.bucket("good", S3Server.address()));
    assertThat(LakeStorage.prepare(lake, LakeStorage.Drivers.SEVERAL)).isEmpty();
    assertThat(configuration.getBoolean(ConditionalPutLogStore.SINGLE_DRIVER, true)).isFalse();
  }

  @Test
  @Tag("external")
  void aServerThatIgnoresTheConditionIsRefusedForSeveralDrivers() throws IOException {
    try (FaultyProxy proxy = proxy(new Fate.WithoutCondition())) {
      Lake lake = lake(S3Server.bucket("ignores", proxy.address()));
      assertThat(failure(lake))
          .hasMessageContaining("does not support conditional PUT")
          .hasMessageContaining("set concurrent_drivers to false");
      assertThat(LakeStorage.prepare(lake, LakeStorage.Drivers.ONE))
          .hasValueSatisfying(warning -> assertThat(warning).contains("no second driver"));
      assertThat(configuration.getBoolean(ConditionalPutLogStore.SINGLE_DRIVER, false)).isTrue();
    }
  }

  @Test
  void aFolderIsForOneDriver() {
    PosException refused =
        catchThrowableOfType(
            PosException.class,
            () -> LakeStorage.prepare(lake(folder.toString()), LakeStorage.Drivers.SEVERAL));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused).hasMessageContaining("concurrent_drivers");
    assertThat(LakeStorage.prepare(lake(folder.toString()), LakeStorage.Drivers.ONE)).isEmpty();
  }

  @Test
  @Tag("external")
  void aMissingBucketIsNamed() throws IOException {
    S3Server.address();
    S3Server.reach(configuration, "no-such-bucket", S3Server.address());
    assertThat(failure(lake("s3a://no-such-bucket")))
        .hasMessageContaining("s3a://no-such-bucket: the bucket does not exist");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamed() {
    // Port 9 is nobody's on a machine of today.
    S3Server.reach(configuration, "silent", "http://127.0.0.1:9");
    assertThat(failure(lake("s3a://silent"))).hasMessageContaining("does not respond");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, access denied, S3 actions",
    "400, ExpiredToken, the credentials have expired, Sign in again",
    "403, InvalidAccessKeyId, S3 does not know the access key, AWS_PROFILE",
    "400, AuthorizationHeaderMalformed, the bucket is in another region, AWS_REGION",
    "301, PermanentRedirect, the bucket is in another region, AWS_REGION",
    "503, SlowDown, S3 is still throttling requests, retry.throttle.limit",
  })
  @Tag("external")
  void anAnswerOfS3IsExplained(int status, String code, String what, String remedy)
      throws IOException {
    try (FaultyProxy proxy = proxy(new Fate.Answer(status, code))) {
      String root = S3Server.bucket("refused", proxy.address());
      configuration.set(
          "fs.s3a.bucket.%s.retry.throttle.limit".formatted(root.substring("s3a://".length())),
          "2");
      assertThat(failure(lake(root))).hasMessageContaining(what).hasMessageContaining(remedy);
    }
  }

  private static FaultyProxy proxy(Fate always) throws IOException {
    return new FaultyProxy(S3Server.address(), (method, path, number) -> always);
  }

  private static PosException failure(Lake lake) {
    PosException failure =
        catchThrowableOfType(
            PosException.class, () -> LakeStorage.prepare(lake, LakeStorage.Drivers.SEVERAL));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    return failure;
  }

  private static Lake lake(String root) {
    return new Lake(SparkTest.session(), root);
  }
}
