package com.posmodern.ai.lake.s3;

import com.posmodern.ai.testing.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A process that commits version after version, each at the tick of its starter. Arguments: bucket,
 * server's address, name of this racer. Each line of its input is a version's path; it answers
 * {@code acknowledged} or {@code exists}.
 */
final class CommitRacer {
  static final String READY = "ready";
  static final String ACKNOWLEDGED = "acknowledged";
  static final String EXISTS = "exists";

  private CommitRacer() {}

  public static void main(String[] arguments) throws IOException {
    Configuration configuration = new Configuration();
    S3Server.reach(configuration, arguments[0], arguments[1]);
    ConditionalPutLogStore store = new ConditionalPutLogStore(configuration);
    // The client is up before the first tick, or the other would win it at leisure.
    new Path("s3a://" + arguments[0]).getFileSystem(configuration).exists(new Path("/none"));
    System.out.println(READY);
    BufferedReader ticks =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String path = ticks.readLine(); path != null; path = ticks.readLine()) {
      try {
        store.write(new Path(path), List.of(arguments[2]).iterator(), false, configuration);
        System.out.println(ACKNOWLEDGED);
      } catch (FileAlreadyExistsException e) {
        System.out.println(EXISTS);
      }
    }
  }
}
