package com.posmodern.ai.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * The real S3 server of {@code scripts/s3-local}, started once for all tests of this process. Each
 * test makes buckets of its own, and says for each which address leads to it.
 */
public final class S3Server {
  private static final int PORT =
      54350 + Integer.getInteger("surefire.fork", 1) + Integer.getInteger("test.ports", 0);
  private static final Path DATA = Path.of("target", "s3-" + PORT).toAbsolutePath();

  private static final ServerScript SERVER =
      new ServerScript(
          "scripts/s3-local",
          "s3-" + PORT,
          Map.of("POS_S3_DATA", DATA.toString(), "POS_S3_PORT", Integer.toString(PORT)));

  private static boolean running;

  private S3Server() {}

  /** The server's address, without a proxy. */
  public static synchronized String address() {
    if (!running) {
      SERVER.start();
      running = true;
    }
    return "http://127.0.0.1:" + PORT;
  }

  /**
   * A new, empty bucket that this process's Spark and Hadoop reach by way of an address.
   *
   * @return its {@code s3a://} root
   */
  public static String bucket(String name, String address) throws IOException {
    address();
    String bucket = name + "-" + UUID.randomUUID().toString().substring(0, 8);
    Files.createDirectories(DATA.resolve("objects").resolve(bucket));
    reach(SparkTest.session().sparkContext().hadoopConfiguration(), bucket, address);
    return "s3a://" + bucket;
  }

  /** The folder in which the server keeps the objects of a bucket. */
  public static Path objects(String root) {
    return DATA.resolve("objects").resolve(root.substring("s3a://".length()));
  }

  /** What S3A must know of a bucket of this server. */
  public static void reach(Configuration configuration, String bucket, String address) {
    String option = "fs.s3a.bucket." + bucket + ".";
    configuration.set(option + "endpoint", address);
    configuration.set(option + "endpoint.region", "us-east-1");
    configuration.set(option + "path.style.access", "true");
    configuration.set(option + "connection.ssl.enabled", "false");
    configuration.set(
        option + "aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
    configuration.set(option + "attempts.maximum", "3");
    configuration.set(option + "retry.limit", "4");
    configuration.set(option + "retry.interval", "50ms");
    configuration.set(option + "retry.throttle.interval", "50ms");
    configuration.set(option + "connection.establish.timeout", "15s");
    configuration.set(option + "performance.flags", "create,mkdir");
  }
}
