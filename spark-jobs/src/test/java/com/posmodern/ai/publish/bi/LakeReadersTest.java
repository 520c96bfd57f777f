package com.posmodern.ai.publish.bi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.ExternalPrograms;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BI's readers; those without Spark run in {@code scripts/test-readers}. */
class LakeReadersTest {
  private static final PublishSettings.Bi NAMES =
      new PublishSettings.Bi("shop", "arn:aws:iam::123456789012:role/reader");

  @TempDir Path folder;

  private TillNights nights;
  private Path lake;
  private LakeTarget target;

  @BeforeEach
  void emptyLake() {
    lake = folder.resolve("lake");
    nights = new TillNights(lake);
    target = new LakeTarget(nights.lake(), NAMES, nights.rows());
  }

  @Test
  @Tag("external")
  void readersWithoutSparkGetTheSameRowsColumnByColumn() throws Exception {
    Publication first = nights.night(1, 10);
    target.prepare(first);
    // The table goes on: a repetition of the date, another date. Neither may be seen.
    nights.night(2, 20);
    Publication again = nights.night(1, 150, "run1again");
    target.prepare(again);
    target.show(first);
    assertThat(target.visible()).contains(first.id());
    for (PublishedTable table : first.tables()) {
      nights
          .rows()
          .of(first, table.table())
          .orElseThrow()
          .write()
          .parquet(folder.resolve("expected/" + table.table().tableName()).toString());
    }
    Process compare = readers("compare", folder.resolve("expected"));
    assertThat(output(compare)).contains("product_recommendations by delta: 1005 rows, 15 columns");
  }

  @Test
  @Tag("external")
  void aReaderThatPollsSeesOnePublicationAtATime() throws Exception {
    Publication first = nights.night(1, 10);
    target.prepare(first);
    target.show(first);
    Path stop = folder.resolve("stop");
    Process poll = readers("poll", stop);
    for (int number = 2; number <= 5; number++) {
      Publication next = nights.night(number, 20 * number);
      target.prepare(next);
      target.show(next);
      target.dropOld(3);
      target.show(number % 2 == 0 ? next : nights.find(previous(number)).orElseThrow());
    }
    Files.createFile(stop);
    String printed = output(poll);
    System.out.println(printed);
    assertThat(printed).contains("publications seen");
  }

  @Test
  void tablesWhoseFilesDoNotTellTheRowsAreRefused() {
    Publication night = nights.night(1, 10);
    SparkTest.session()
        .sql(
            "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')"
                .formatted(nights.lake().location(Table.CUSTOMER_SEGMENTS)));
    assertThatThrownBy(() -> target.prepare(night))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("results.customer_segments")
        .hasMessageContaining("deletionVectors");
    assertThat(target.visible()).isEmpty();
  }

  /** By the protocol's version, as Delta did it before it had names of features. */
  @Test
  void aTableWithMappedColumnsOfAnOlderProtocolIsRefused() {
    Publication night = nights.night(1, 10);
    SparkTest.session()
        .sql(
            "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name', "
                    .formatted(nights.lake().location(Table.SIMILAR_PRODUCTS))
                + "'delta.minReaderVersion' = '2', 'delta.minWriterVersion' = '5')");
    assertThatThrownBy(() -> target.prepare(night))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("results.similar_products")
        .hasMessageContaining("columnMapping");
  }

  @Test
  void theSqlNamesThePublicationAndFollowsTheContracts() throws IOException {
    Publication night = nights.night(1, 10);
    target.prepare(night);
    assertThat(sql("spectrum.sql"))
        .contains("CREATE EXTERNAL SCHEMA IF NOT EXISTS shop")
        .contains("SymlinkTextInputFormat")
        .contains("\"rank\" int,  -- Place in the list, from 1. Unit: ordinal.")
        .contains("publication/manifests/product_recommendations/'");
    assertThat(sql("athena.sql")).contains("TBLPROPERTIES ('table_type' = 'DELTA')");
    assertThat(sql(night.id() + "/spectrum-partitions.sql"))
        .contains("PARTITION (publication_id='%s', as_of_date='2026-06-02')".formatted(night.id()));
    assertThat(sql(night.id() + "/redshift-switch.sql"))
        .startsWith("-- Makes publication " + night.id())
        .contains("BEGIN;")
        .contains("CREATE OR REPLACE VIEW bi.customer_segments AS")
        .contains("WHERE publication_id = '" + night.id() + "'")
        .endsWith("COMMIT;\n");
  }

  @Test
  void addressesAreAsAwsWantsThem() {
    assertThat(Manifest.address("s3a://shop/lake/results/a%20b/part-0.parquet"))
        .isEqualTo("s3://shop/lake/results/a b/part-0.parquet");
  }

  private static String previous(int number) {
    return Publication.id(TillNights.asOf(number - 1), "run" + (number - 1));
  }

  private String sql(String file) throws IOException {
    return Files.readString(lake.resolve("publication/sql/" + file));
  }

  private Process readers(String verb, Path other) throws IOException {
    ExternalPrograms.starting("scripts/test-readers");
    return new ProcessBuilder("scripts/test-readers", verb, lake.toString(), other.toString())
        .directory(Path.of(System.getProperty("repository.root")).toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static String output(Process process) throws Exception {
    String printed =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }
}
