package com.posmodern.ai.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.ChildJvm;
import com.posmodern.ai.testing.S3Server;
import com.posmodern.ai.testing.SparkTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two JVMs commit each of 200 versions at the same tick; every version has one winner. */
@Tag("external")
class TwoProcessesRaceTest {
  private static final int VERSIONS = 200;

  /** One of the two, by its name. */
  private record Racer(String name, Process process, BufferedReader says, PrintWriter ticks) {
    static Racer start(String name, String bucket) throws IOException {
      Process process =
          ChildJvm.start(CommitRacer.class, List.of(bucket, S3Server.address(), name));
      return new Racer(
          name,
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
          new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8));
    }

    /** Skips what loggers print. */
    String next(List<String> words) throws IOException {
      List<String> other = new ArrayList<>();
      for (String line = says.readLine(); line != null; line = says.readLine()) {
        if (words.contains(line)) {
          return line;
        }
        other.add(line);
      }
      throw new AssertionError(name + " ended; it said " + other);
    }
  }

  @Test
  void everyVersionIsAcknowledgedExactlyOnce() throws IOException {
    String root = S3Server.bucket("race", S3Server.address());
    String bucket = root.substring("s3a://".length());
    List<Racer> racers = List.of(Racer.start("one", bucket), Racer.start("two", bucket));
    List<String> winners = new ArrayList<>();
    try {
      for (Racer racer : racers) {
        racer.next(List.of(CommitRacer.READY));
      }
      for (int version = 0; version < VERSIONS; version++) {
        String path = version(root, version);
        racers.forEach(racer -> racer.ticks().println(path));
        for (Racer racer : racers) {
          String said = racer.next(List.of(CommitRacer.ACKNOWLEDGED, CommitRacer.EXISTS));
          if (said.equals(CommitRacer.ACKNOWLEDGED)) {
            winners.add(version + " " + racer.name());
          }
        }
      }
    } finally {
      racers.forEach(racer -> racer.process().destroyForcibly());
    }
    System.out.printf("%d versions, %d acknowledged%n", VERSIONS, winners.size());
    assertThat(winners).isEqualTo(stored(root)).hasSize(VERSIONS);
    assertThat(winners).as("it was a race").anyMatch(w -> w.endsWith("one"));
    assertThat(winners).as("it was a race").anyMatch(w -> w.endsWith("two"));
  }

  /** What lies there, as {@code version winner}. */
  private static List<String> stored(String root) {
    Configuration configuration = SparkTest.session().sparkContext().hadoopConfiguration();
    ConditionalPutLogStore store = new ConditionalPutLogStore(configuration);
    return IntStream.range(0, VERSIONS)
        .mapToObj(
            version -> {
              try (var lines = store.read(new Path(version(root, version)), configuration)) {
                return version + " " + lines.next();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  private static String version(String root, int version) {
    return "%s/table/_delta_log/%020d.json".formatted(root, version);
  }
}
