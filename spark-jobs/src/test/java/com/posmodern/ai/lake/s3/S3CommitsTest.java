package com.posmodern.ai.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.testing.ChildJvm;
import com.posmodern.ai.testing.FaultyProxy;
import com.posmodern.ai.testing.FaultyProxy.Fate;
import com.posmodern.ai.testing.S3Server;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Delta's commits on a real S3 server, with what can happen on the way there. */
@Tag("external")
class S3CommitsTest {
  private static final String SECOND_COMMIT = "/_delta_log/00000000000000000001.json";
  private static final Fate PASS = new Fate.Pass();

  private final SparkSession spark = SparkTest.session();
  private final Configuration configuration = spark.sparkContext().hadoopConfiguration();

  @Test
  void twoDriversAppendAndNoRowIsLost() throws Exception {
    int commits = 10;
    String root = S3Server.bucket("drivers", S3Server.address());
    String table = root + "/table";
    Appender.append(spark, table, "first", 1);
    Process child =
        ChildJvm.start(
            Appender.class,
            List.of(
                root.substring("s3a://".length()), S3Server.address(), Integer.toString(commits)));
    Appender.append(spark, table, "parent", commits);
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    long rows = spark.read().format("delta").load(table).where("driver <> 'first'").count();
    System.out.printf("2 drivers x %d appends: %d rows%n", commits, rows);
    assertThat(rows).isEqualTo(2L * commits);
    assertThat(
            DeltaLog.forTable(spark, table)
                .update(false, scala.Option.empty(), scala.Option.empty())
                .version())
        .isEqualTo(2L * commits);
  }

  @Test
  void aCommitWhoseAnswerIsLostCountsOnce() throws IOException {
    AtomicInteger lost = new AtomicInteger();
    try (FaultyProxy proxy =
        new FaultyProxy(
            S3Server.address(),
            (method, path, number) ->
                method.equals("PUT") && path.endsWith(SECOND_COMMIT) && lost.getAndIncrement() == 0
                    ? new Fate.LostAnswer()
                    : PASS)) {
      String table = S3Server.bucket("lost", proxy.address()) + "/table";
      Appender.append(spark, table, "parent", 3);
      assertThat(proxy.happened()).containsEntry("LostAnswer", 1);
      assertThat(lost).as("the PUT was sent again").hasValueGreaterThan(1);
      assertThat(spark.read().format("delta").load(table).count()).isEqualTo(3);
      assertThat(DeltaLog.forTable(spark, table).unsafeVolatileSnapshot().version()).isEqualTo(2);
    }
  }

  @Test
  void aConflictUnderWayIsTriedAgain() throws IOException {
    AtomicInteger puts = new AtomicInteger();
    try (FaultyProxy proxy =
        new FaultyProxy(
            S3Server.address(),
            (method, path, number) ->
                method.equals("PUT") && puts.getAndIncrement() < 2
                    ? new Fate.Answer(409, "ConditionalRequestConflict")
                    : PASS)) {
      Path path = new Path(S3Server.bucket("conflict", proxy.address()), "_delta_log/0.json");
      ConditionalPutLogStore store = new ConditionalPutLogStore(configuration);
      store.write(path, List.of("ours").iterator(), false, configuration);
      assertThat(proxy.happened()).containsEntry("Answer", 2);
      assertThatThrownBy(
              () -> store.write(path, List.of("theirs").iterator(), false, configuration))
          .isInstanceOf(FileAlreadyExistsException.class);
      try (var lines = store.read(path, configuration)) {
        assertThat(lines.next()).isEqualTo("ours");
      }
    }
  }
}
