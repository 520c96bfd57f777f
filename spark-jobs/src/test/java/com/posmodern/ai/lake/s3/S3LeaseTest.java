package com.posmodern.ai.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.lock.Writer;
import com.posmodern.ai.testing.ChildJvm;
import com.posmodern.ai.testing.S3Server;
import com.posmodern.ai.testing.SparkTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes and one lake on S3; holders that are killed, or sleep too long. */
@Tag("external")
class S3LeaseTest {
  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  private String bucket;
  private FileSystem files;
  private Path folder;

  @BeforeEach
  void emptyLake() throws IOException {
    String root = S3Server.bucket("lease", S3Server.address());
    bucket = root.substring("s3a://".length());
    folder = new Path(root + "/lake/_writer");
    files = folder.getFileSystem(SparkTest.session().sparkContext().hadoopConfiguration());
  }

  @Test
  void aSecondWriterIsToldWhoHoldsItSinceWhenAndUntilWhen() throws Exception {
    try (Other night = new Other("nightly", SHORT)) {
      assertThatThrownBy(() -> take(Writer.alone("erase-customer")))
          .isInstanceOfSatisfying(
              PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE))
          .hasMessageContaining(
              "another process is writing the lake: nightly, process " + night.pid())
          .hasMessageContaining(", since 20")
          .hasMessageContaining("its lease until 20")
          .hasMessageContaining("Wait until it has ended, then run again.");
      assertThat(night.commit("1.json")).isEqualTo(LeaseHolder.COMMITTED);
    }
  }

  @Test
  void theLeaseOfAKilledHolderEndsByItself() throws Exception {
    Other night = new Other("nightly", SHORT);
    night.close();
    Instant killed = Instant.now();
    try (S3Lease lease = take(Writer.alone("erase-customer"))) {
      lease.requireHeld();
      assertThat(Duration.between(killed, Instant.now())).isLessThan(SHORT.multipliedBy(5));
    }
  }

  @Test
  void aHolderThatSleptThroughItsLeaseCommitsNothing() throws Exception {
    try (Other night = new Other("nightly", SHORT)) {
      assertThat(night.commit("1.json")).isEqualTo(LeaseHolder.COMMITTED);
      night.signal("STOP");
      try (S3Lease erasure = take(Writer.alone("erase-customer"))) {
        erasure.requireHeld();
        night.signal("CONT");
        assertThat(night.commit("2.json"))
            .startsWith(LeaseHolder.REFUSED)
            .contains("lost its lease; now it is held by erase-customer, process");
        assertThat(files.exists(new Path(folder, "../table/_delta_log/2.json"))).isFalse();
      }
    }
  }

  @Test
  void jobsOfOneDateWriteBesideEachOtherAndNothingElseDoes() throws IOException {
    try (S3Lease forecast = take(Writer.jobOf(DAY, "forecast-train"));
        S3Lease segments = take(Writer.jobOf(DAY, "segment-train"))) {
      forecast.requireHeld();
      segments.requireHeld();
      for (Writer other :
          List.of(
              Writer.jobOf(DAY, "segment-train"),
              Writer.jobOf(DAY.plusDays(1), "publish"),
              Writer.alone("maintain"))) {
        assertThatThrownBy(() -> take(other)).hasMessageContaining("is writing the lake");
      }
    }
    take(Writer.alone("maintain")).close();
  }

  @Test
  void ofManyWhoTryAtOnceOneAtATimeHoldsIt() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Callable<Void> contender =
        () -> {
          for (int i = 0; i < 5; i++) {
            try (S3Lease lease = take(Writer.alone("night"))) {
              assertThat(inside.incrementAndGet()).isEqualTo(1);
              lease.requireHeld();
              taken.incrementAndGet();
              inside.decrementAndGet();
            }
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Void>> ends = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ends.add(threads.submit(contender));
      }
      for (Future<Void> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(taken).hasValue(20);
  }

  private S3Lease take(Writer writer) throws IOException {
    return S3Lease.take(files, folder, writer, SHORT, InstantSource.system());
  }

  /** Another process, killed when it is closed. */
  private final class Other implements AutoCloseable {
    private final Process process;
    private final BufferedReader says;
    private final PrintWriter told;

    Other(String command, Duration duration) throws IOException {
      process =
          ChildJvm.start(
              LeaseHolder.class,
              List.of(bucket, S3Server.address(), command, Long.toString(duration.toSeconds())));
      says = process.inputReader(StandardCharsets.UTF_8);
      told = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
      assertThat(next()).isEqualTo(LeaseHolder.HELD);
    }

    long pid() {
      return process.pid();
    }

    String commit(String name) throws IOException {
      told.println(name);
      return next();
    }

    void signal(String name) throws IOException, InterruptedException {
      assertThat(new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor()).isZero();
    }

    /** Skips what loggers print. */
    private String next() throws IOException {
      List<String> other = new ArrayList<>();
      for (String line = says.readLine(); line != null; line = says.readLine()) {
        if (line.equals(LeaseHolder.HELD)
            || line.equals(LeaseHolder.COMMITTED)
            || line.startsWith(LeaseHolder.REFUSED)) {
          return line;
        }
        other.add(line);
      }
      throw new AssertionError("it ended; it said " + other);
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
