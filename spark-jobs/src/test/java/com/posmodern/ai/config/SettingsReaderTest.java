package com.posmodern.ai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final Path CONF = Path.of(System.getProperty("repository.root"), "conf");

  @TempDir Path folder;

  @Test
  void theShippedFileIsComplete() {
    Settings settings = Settings.read(CONF.resolve("local.yaml"));
    assertThat(settings.lake()).isEqualTo("lake");
    assertThat(settings.spark().master()).isEqualTo("local[*]");
  }

  @Test
  void sourcesOfLocalEventsAreOfOneKindEach() throws IOException {
    Path example = CONF.resolve("local-events").resolve("try.yaml");
    assertThat(Settings.read(example).localEvents().sources())
        .extracting(EventSourceSettings::name)
        .containsExactly("town-calendar", "town-file");
    // Those that need a key are comments of the same file.
    String all = Files.readString(example).replaceAll("(?m)^    # ( *)", "    $1");
    Path file = folder.resolve("all.yaml");
    Files.writeString(
        file, all.replace("../local.yaml", CONF.resolve("local.yaml").toAbsolutePath().toString()));
    assertThat(Settings.read(file).localEvents().sources())
        .hasSize(4)
        .anyMatch(source -> source instanceof EventSourceSettings.Eventbrite)
        .anyMatch(source -> source instanceof EventSourceSettings.Ticketmaster);
    for (String fault :
        List.of("kind: FACEBOOK", "kind: CSV", "name: Town", "radius_km: 0", "organization: x")) {
      String key = fault.substring(0, fault.indexOf(' '));
      Files.writeString(
          file, Files.readString(file).replaceFirst("(?s)(.*)" + key + " [^\n]*", "$1" + fault));
      assertThatThrownBy(() -> Settings.read(file))
          .isInstanceOf(PosException.class)
          .hasMessageContaining("local_events.sources.3");
    }
  }

  @Test
  void termsOfTrendsAreAboutSomethingAndSourcesOfOneKindEach() throws IOException {
    Path example = CONF.resolve("trends").resolve("try.yaml");
    TrendSettings trends = Settings.read(example).trends();
    assertThat(trends.terms().get("sorvete").categories()).containsExactly("Sorvetes");
    assertThat(trends.sources())
        .extracting(TrendSettings.Source::publishedAfterDays)
        .containsExactly(-1, 0);
    String text =
        Files.readString(example)
            .replace("../local.yaml", CONF.resolve("local.yaml").toAbsolutePath().toString());
    Path file = folder.resolve("trends.yaml");
    for (String[] fault :
        new String[][] {
          {"categories: [Sorvetes]", "categories: []", "trends.terms.sorvete"},
          {"yyyy-MM-dd", "jjjj", "trends.sources.0"},
          {"kind: FEED", "kind: TWITTER", "trends.sources.1"},
          {"published_after_days: 0", "published_after_days: -2", "trends.sources.1"}
        }) {
      Files.writeString(file, text.replace(fault[0], fault[1]));
      assertThatThrownBy(() -> Settings.read(file))
          .isInstanceOf(PosException.class)
          .hasMessageContaining(fault[2]);
    }
  }

  @Test
  void awsComesFromTheEnvironment() {
    Map<String, String> environment =
        Map.of("POS_BUCKET", "b", "POS_KMS_KEY", "arn:aws:kms:key", "AWS_REGION", "sa-east-1");
    for (String file : List.of("aws.yaml", "emr.yaml")) {
      Settings settings = SettingsReader.read(CONF.resolve(file), Settings.class, environment::get);
      assertThat(settings.lake()).isEqualTo("s3a://b/lake");
      assertThat(settings.concurrentDrivers()).isTrue();
      assertThat(settings.spark().options())
          .containsEntry("spark.hadoop.fs.s3a.encryption.algorithm", "SSE-KMS")
          .containsEntry("spark.hadoop.fs.s3a.encryption.key", "arn:aws:kms:key")
          .containsEntry("spark.hadoop.fs.s3a.endpoint.region", "sa-east-1")
          .containsEntry("spark.hadoop.fs.s3a.connection.ssl.enabled", "true")
          // Sizes follow from the cluster: none of a laptop's is inherited.
          .doesNotContainKeys(
              "spark.sql.shuffle.partitions",
              "spark.default.parallelism",
              "spark.databricks.delta.snapshotPartitions",
              "spark.sql.sources.parallelPartitionDiscovery.parallelism");
      assertThat(settings.forecast().maxTrainingRows()).isZero();
      assertThat(settings.forecast().xgboost().threads()).isZero();
      assertThat(settings.recommend().ranker().threads()).isZero();
      assertThat(settings.recommend().als().blocks()).isZero();
      assertThat(settings.publish().postgres().connections()).isZero();
    }
  }

  @Test
  void aVariableThatIsNotSetIsNamedWithItsKey() {
    assertThatThrownBy(
            () -> SettingsReader.read(CONF.resolve("aws.yaml"), Settings.class, name -> null))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("aws.yaml lake")
        .hasMessageContaining("POS_BUCKET is not set");
  }

  @Test
  void aVariableMayHaveADefault() {
    Settings settings =
        SettingsReader.read(CONF.resolve("s3-local.yaml"), Settings.class, name -> null);
    assertThat(settings.spark().options())
        .containsEntry("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:54350");
  }

  @Test
  void anUnknownKeyIsNamedWithItsFile() throws IOException {
    Path file = changed("gate:", "gate:\n  champion_tolerence: 1");
    assertRefused(file, "gate.champion_tolerence");
  }

  @Test
  void aMissingValueIsNamedWithItsFile() throws IOException {
    Path file = changed("  champion_tolerance: 0.05", "  #");
    assertRefused(file, "gate.champion_tolerance: the value is missing");
  }

  @Test
  void aValueOutOfRangeSaysWhatItMustBe() throws IOException {
    Path file = changed("champion_tolerance: 0.05", "champion_tolerance: 1.5");
    assertRefused(file, "champion_tolerance must be between 0 and 1, is 1.5");
  }

  @Test
  void aWordWhereANumberBelongsIsRefused() throws IOException {
    Path file = changed("champion_tolerance: 0.05", "champion_tolerance: much");
    assertRefused(file, "gate.champion_tolerance");
  }

  @Test
  void brokenYamlNamesTheLine() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.yaml"), "lake: x\n  gate: [\n");
    assertRefused(file, "line");
  }

  @Test
  void aMissingFileIsNamed() {
    assertRefused(folder.resolve("nowhere.yaml"), "nowhere.yaml");
  }

  @Test
  void anExtendingFileChangesOnlyWhatItNames() throws IOException {
    changed("nothing", "nothing");
    Path over =
        Files.writeString(
            folder.resolve("over.yaml"),
            "extends: changed.yaml\nlake: elsewhere\ngate: {champion_tolerance: 0.2}\n");
    Settings settings = Settings.read(over);
    assertThat(settings.lake()).isEqualTo("elsewhere");
    assertThat(settings.gate().championTolerance()).isEqualTo(0.2);
    assertThat(settings.spark().master()).isEqualTo("local[*]");
  }

  private Path changed(String from, String to) throws IOException {
    String text = Files.readString(CONF.resolve("local.yaml"));
    return Files.writeString(folder.resolve("changed.yaml"), text.replace(from, to));
  }

  private static void assertRefused(Path file, String says) {
    assertThatThrownBy(() -> Settings.read(file))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(says);
  }
}
