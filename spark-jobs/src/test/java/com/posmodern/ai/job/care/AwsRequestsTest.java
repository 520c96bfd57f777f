package com.posmodern.ai.job.care;

import static com.posmodern.ai.testing.PlantedCustomers.AS_OF;
import static com.posmodern.ai.testing.PlantedCustomers.ID;
import static com.posmodern.ai.testing.PlantedCustomers.SILENT;
import static com.posmodern.ai.testing.PlantedCustomers.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.Jobs;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeStorage;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.WholeFile;
import com.posmodern.ai.lake.lock.Writer;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobReport.Outcome;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.FaultyProxy;
import com.posmodern.ai.testing.Needle;
import com.posmodern.ai.testing.PlantedCustomers;
import com.posmodern.ai.testing.S3Requests;
import com.posmodern.ai.testing.S3Server;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Maintenance, an erasure and BI's reading on S3: each asks for what its role in conf/aws allows,
 * and the erasure leaves the customer in no object. The night's requests are {@code
 * NightEndToEndTest}'s.
 */
@Tag("slow")
@Tag("external")
class AwsRequestsTest {
  private static final PseudonymKey KEY = PseudonymKey.ofEnvironment();

  private final Configuration configuration =
      SparkTest.session().sparkContext().hadoopConfiguration();

  private Settings settings;
  private Lake lake;

  @Test
  void eachRoleAsksForWhatIsKeptAndTheErasureLeavesNothingOfHer() throws Exception {
    S3Requests requests = new S3Requests((method, path, number) -> new FaultyProxy.Fate.Pass());
    try (FaultyProxy proxy = new FaultyProxy(S3Server.address(), requests)) {
      String bucket = S3Server.bucket("roles", proxy.address());
      lake = new Lake(SparkTest.session(), bucket + "/lake");
      Settings file = TestSettings.read();
      settings = TestSettings.with(file.publish(), file.maintenance(), bucket + "/reports");
      publishedNight();
      String pseudonym = KEY.pseudonym(ID);
      WholeFile.write(
          configuration, bucket + "/reports/2024-03-01.html", "<p>" + pseudonym + "</p>");
      Path objects = S3Server.objects(bucket);
      assertThat(Needle.in(objects, List.of(ID, pseudonym)))
          .anyMatch(found -> found.startsWith("lake/source/customers/"))
          .anyMatch(found -> found.startsWith("reports/"));

      requests.clear();
      assertThat(readAsBi()).isEqualTo(10);
      requests.assertKept("bi");

      requests.clear();
      asWriter(
          "maintain",
          () ->
              new MaintenanceCommand(
                      lake, settings, new Progress(SILENT, Clock.systemUTC()), Clock.systemUTC())
                  .run());
      requests.assertKept("maintenance");

      requests.clear();
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      asWriter(
          "erase-customer",
          () ->
              new EraseCustomerCommand(
                      lake,
                      settings,
                      new ErasedCustomers(List.of(ID), KEY),
                      new Progress(
                          new PrintStream(printed, true, StandardCharsets.UTF_8),
                          Clock.systemUTC()),
                      Clock.systemUTC())
                  .run());
      requests.assertKept("erasure");
      assertThat(Needle.in(objects, List.of(ID, pseudonym))).isEmpty();
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("done: no file contains the customers any more")
          .doesNotContain(ID);
      assertThat(readAsBi()).isEqualTo(9);
    }
  }

  private void publishedNight() {
    PlantedCustomers.write(lake, 1, false);
    run("quality");
    new LakeWriter(lake)
        .replace(
            Table.CUSTOMER_SEGMENTS,
            AS_OF,
            rows(
                Table.CUSTOMER_SEGMENTS,
                java.util.stream.IntStream.range(0, 10)
                    .mapToObj(
                        i ->
                            RowFactory.create(
                                "m1",
                                KEY.pseudonym(i == 0 ? ID : PlantedCustomers.other(i)),
                                1,
                                "s1",
                                0.5,
                                true))
                    .toList()),
            Map.of());
    run("publish");
  }

  private void run(String job) {
    Run run = new Run("run", AS_OF, settings, KEY, "test");
    Clock clock = Clock.systemUTC();
    JobReport report =
        new JobRunner(run, lake, new Progress(SILENT, clock), clock).run(Jobs.catalogue().get(job));
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.OK);
  }

  /** By what is visible: the manifests for Spectrum, the table's log for Athena. */
  private long readAsBi() throws IOException {
    String root = lake.root() + "/publication/";
    JsonNode visible = new ObjectMapper().readTree(text(root + "visible.json"));
    JsonNode segments = visible.get("tables").get(0);
    String[] files = text(segments.get("manifest").asText()).strip().split("\n");
    for (int i = 0; i < files.length; i++) {
      files[i] = files[i].replaceFirst("^s3:", "s3a:");
    }
    long byFiles = SparkTest.session().read().parquet(files).count();
    long byLog =
        SparkTest.session().read().format("delta").load(segments.get("location").asText()).count();
    assertThat(byLog).isEqualTo(byFiles);
    return byFiles;
  }

  private String text(String file) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file);
    try (var in = path.getFileSystem(configuration).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void asWriter(String command, Runnable work) {
    assertThat(LakeStorage.prepare(lake, LakeStorage.Drivers.SEVERAL)).isEmpty();
    try (WriterLock lease = LakeStorage.lease(lake, Writer.alone(command))) {
      lease.requireHeld();
      work.run();
    }
  }
}
