package com.posmodern.ai.job.care;

import static com.posmodern.ai.testing.PlantedCustomers.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.Jobs;
import com.posmodern.ai.job.intake.ImportCommand;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobReport.Outcome;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.Needle;
import com.posmodern.ai.testing.Overheard;
import com.posmodern.ai.testing.PlantedCustomers;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Customers with values that cannot be mistaken; nothing that the program says has one of them. */
class NothingPersonalIsPrintedTest {
  private static final List<String> PLANTED =
      List.of(
          PlantedCustomers.ID,
          "Griselda",
          "Plantada",
          PlantedCustomers.EMAIL,
          "98765-4711",
          PlantedCustomers.BIRTHDAY.toString());

  @TempDir Path folder;

  private Lake lake;

  @BeforeEach
  void emptyLake() {
    lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
  }

  @Test
  void jobsThatFailAndJobsThatDoNot() throws IOException {
    Path page = Path.of(TestSettings.read().report().folder(), AS_OF + ".html");
    String heard;
    try (Overheard overheard = new Overheard()) {
      LogManager.getLogger("test").warn("a log line is overheard");
      System.out.println("a printed line is overheard");
      PlantedCustomers.write(lake, 30, true);
      // Broken rules on her rows stop it, and it shows one of the rows.
      JobReport stopped = run("quality");
      assertThat(stopped.outcome()).isEqualTo(Outcome.FAILED);
      overheard.add(stopped.message());
      stopped.failure().ifPresent(overheard::failed);
      overheard.failed(rowsThatBreakAContract());
      PlantedCustomers.write(lake, 1, false);
      assertThat(run("quality").outcome()).isEqualTo(Outcome.OK);
      assertThat(run("report").outcome()).isEqualTo(Outcome.OK);
      heard = overheard.text();
    }
    assertThat(heard)
        .contains("a log line is overheard", "a printed line is overheard")
        .contains("for example {", "a row breaks rule", "summary of the night");
    assertThat(heard).doesNotContain(PLANTED);
    assertThat(Files.readString(page)).contains(AS_OF.toString()).doesNotContain(PLANTED);
    // They are in the source tables' rows, and nowhere else, least of all in a log of Delta.
    assertThat(Needle.in(folder, PLANTED))
        .isNotEmpty()
        .allMatch(file -> file.startsWith("lake/source/"))
        .noneMatch(file -> file.contains("_delta_log"));
  }

  @Test
  void anImportOfBadFiles() throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("members.yaml"),
            """
            description: Members, for tests
            sources:
              members:
                csv:
                  delimiter: ","
                  quote: '"'
                  escape: '"'
                  encoding: UTF-8
                  header: []
                  multi_line: false
                  decimal_separator: "."
                  thousands_separator: ""
                  null_words: []
                columns:
                  id: {from: id, type: string}
                  name: {from: name, type: string}
                  email: {from: email, type: string}
                  phone: {from: phone, type: string}
                  born: {from: born, type: date, formats: yyyy-MM-dd}
                  consent: {from: consent, type: boolean}
                derived: {}
            targets:
              customers:
                source: members
                one_row_per_key: true
                rules: {}
                columns:
                  customer_id: id
                  full_name: name
                  email: email
                  phone: phone
                  birth_date: born
                  marketing_consent: consent
                  profiling_consent: consent
            """);
    String her =
        "%s,%s,%s,%s"
            .formatted(
                PlantedCustomers.ID,
                PlantedCustomers.NAME,
                PlantedCustomers.EMAIL,
                PlantedCustomers.PHONE);
    Path file =
        Files.writeString(
            folder.resolve("members.csv"),
            String.join(
                "\n",
                "id,name,email,phone,born,consent",
                "CUST-OTHER-1,x,x,x,1990-01-01,true",
                her + "," + PlantedCustomers.BIRTHDAY + ",perhaps",
                her + ",Griselda's birthday,true",
                her + "," + PlantedCustomers.BIRTHDAY + ",true,one,too,many",
                ""));
    String heard;
    try (Overheard overheard = new Overheard()) {
      new ImportCommand(lake, System.out)
          .run(
              mapping,
              Map.of("members", file.toString()),
              ImportCommand.Mode.REPLACE,
              Optional.of(AS_OF),
              Instant.EPOCH);
      heard = overheard.text();
    }
    assertThat(heard).contains("1 accepted", "3 quarantined").doesNotContain(PLANTED);
    assertThat(Needle.in(folder.resolve("lake"), PLANTED)).isEmpty();
    assertThat(Needle.in(folder.resolve("lake"), List.of("CUST-OTHER-1"))).isNotEmpty();
  }

  /**
   * What one of our jobs would have to do wrong: her id where a pseudonym belongs, and no segment.
   */
  private Throwable rowsThatBreakAContract() {
    return StorageErrors.explain(
        catchThrowable(
            () ->
                new LakeWriter(lake)
                    .replace(
                        Table.CUSTOMER_SEGMENTS,
                        AS_OF,
                        SparkTest.session()
                            .range(1)
                            .selectExpr(
                                "'m' AS model_version",
                                "concat('CUST-PLANTED-', id + 471199) AS customer_id",
                                "1 AS segment_id",
                                "'s' AS segment_name",
                                "double(null) AS distance",
                                "true AS placed"),
                        Map.of())),
        "writing " + Columns.SEGMENT_ID);
  }

  private JobReport run(String job) {
    Run run = new Run("run", AS_OF, TestSettings.read(), PseudonymKey.ofEnvironment(), "test");
    Clock clock = Clock.systemUTC();
    return new JobRunner(run, lake, new Progress(System.out, clock), clock)
        .run(Jobs.catalogue().get(job));
  }
}
