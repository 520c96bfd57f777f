package com.posmodern.ai.lake.s3;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.lock.HeldLocks;
import com.posmodern.ai.lake.lock.Writer;
import com.posmodern.ai.testing.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A process that takes the lease of a lake and commits a version for each line of its input.
 * Arguments: bucket, server's address, command, seconds of the lease.
 */
final class LeaseHolder {
  static final String HELD = "held";
  static final String COMMITTED = "committed";
  static final String REFUSED = "refused: ";

  private LeaseHolder() {}

  public static void main(String[] arguments) throws IOException {
    Configuration configuration = new Configuration();
    S3Server.reach(configuration, arguments[0], arguments[1]);
    String root = "s3a://" + arguments[0] + "/lake";
    Path folder = new Path(root, "_writer");
    HeldLocks.register(
        root,
        S3Lease.take(
            folder.getFileSystem(configuration),
            folder,
            Writer.alone(arguments[2]),
            Duration.ofSeconds(Long.parseLong(arguments[3])),
            InstantSource.system()));
    System.out.println(HELD);
    ConditionalPutLogStore store = new ConditionalPutLogStore(configuration);
    BufferedReader versions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = versions.readLine(); name != null; name = versions.readLine()) {
      try {
        Path version = new Path(root + "/table/_delta_log/" + name);
        store.write(version, List.of("{}").iterator(), false, configuration);
        System.out.println(COMMITTED);
      } catch (PosException e) {
        System.out.println(REFUSED + e.getMessage());
      }
    }
  }
}
