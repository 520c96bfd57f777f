package com.posmodern.ai.publish.bi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statements for Redshift and Athena on a lake in a bucket. */
class BiSqlTest {
  private static final PublishSettings.Bi SETTINGS = new PublishSettings.Bi("pos", "arn:role");
  private static final Publication PUBLICATION =
      new Publication(
          Publication.id(LocalDate.of(2026, 6, 30), "20260701T021500"),
          LocalDate.of(2026, 6, 30),
          List.of(published(Table.SEGMENT_PROFILES), published(Table.QUARANTINE)));
  private static final SpectrumSql SPECTRUM =
      new SpectrumSql(SETTINGS, new PublicationFolder(null, "s3a://b/lake"));
  private static final AthenaSql ATHENA = new AthenaSql(SETTINGS, new Lake(null, "s3a://b/lake"));

  private static PublishedTable published(Table table) {
    return new PublishedTable(table, 1, 1, Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void aPublicationIsNamedByDateAndRun() {
    assertThat(PUBLICATION.id()).isEqualTo("20260630_20260701t021500");
    assertThat(PUBLICATION.table(Table.QUARANTINE)).isPresent();
    assertThat(PUBLICATION.table(Table.CUSTOMER_SEGMENTS)).isEmpty();
    assertThatThrownBy(() -> new Publication("Night 1", PUBLICATION.asOf(), List.of()))
        .hasMessageContaining("publication id Night 1");
  }

  @Test
  void onlyResultsThatBiReadsAreShown() {
    assertThat(BiTables.all())
        .contains(Table.SEGMENT_PROFILES, Table.DEMAND_FORECAST)
        .allMatch(table -> table.layer() == Layer.RESULTS);
  }

  @Test
  void tablesOfRedshiftReadManifestsOfOnePublicationEach() {
    assertThat(SPECTRUM.tables())
        .contains("FROM DATA CATALOG DATABASE 'pos'", "IAM_ROLE 'arn:role'")
        .contains("CREATE EXTERNAL TABLE pos.segment_profiles (")
        .contains("\"segment_id\" int,  -- ")
        .contains("LOCATION 's3://b/lake/publication/manifests/segment_profiles/'")
        .doesNotContain("\"as_of_date\"", "s3a:")
        .doesNotContainPattern(",  -- [^\\n]*\\n\\)");
  }

  @Test
  void aPublicationAddsAPartitionPerTableOfBi() {
    assertThat(SPECTRUM.partitions(PUBLICATION))
        .isEqualTo(
            """
            ALTER TABLE pos.segment_profiles ADD IF NOT EXISTS
            PARTITION (publication_id='20260630_20260701t021500', as_of_date='2026-06-30')
            LOCATION 's3://b/lake/publication/manifests/segment_profiles/publication_id=20260630_20260701t021500/as_of_date=2026-06-30/';
            """);
  }

  @Test
  void allViewsChangeInOneTransaction() {
    assertThat(SPECTRUM.views(PUBLICATION))
        .startsWith("-- Makes publication 20260630_20260701t021500 visible")
        .contains("BEGIN;\n\nCREATE OR REPLACE VIEW bi.")
        .contains("FROM pos.segment_profiles\nWHERE publication_id = '20260630_20260701t021500'")
        .doesNotContain("\"top_departments\"")
        .endsWith("COMMIT;\n");
  }

  @Test
  void athenaJoinsTheVisibleDate() {
    assertThat(ATHENA.tables())
        .contains("CREATE DATABASE IF NOT EXISTS pos;")
        .contains("CREATE EXTERNAL TABLE pos.segment_profiles_delta")
        .contains("LOCATION 's3://b/lake/results/segment_profiles/'")
        .contains("SELECT d.\"as_of_date\", ")
        .contains("JOIN pos.visible_publication v ON d.as_of_date = v.as_of_date");
    assertThat(ATHENA.visible(PUBLICATION))
        .contains("SELECT '20260630_20260701t021500' AS publication_id, DATE '2026-06-30'");
  }

  @Test
  void tablesOfNoPublicationHaveViewsOfWhatHoldsNow() {
    assertThat(BiTables.live())
        .contains(Table.LIVE_ALERTS, Table.LIVE_PROFILES, Table.SOURCE_AGES)
        .doesNotContainAnyElementsOf(BiTables.all());
    assertThat(ATHENA.tables())
        .contains("LOCATION 's3://b/lake/ops/live_alerts/'")
        .contains("CREATE OR REPLACE VIEW pos.live_alerts_now AS\nSELECT \"as_of_date\", ")
        .contains(
            "row_number() OVER (PARTITION BY \"alert_id\" ORDER BY \"recorded_at\" DESC) AS"
                + " age_rank FROM pos.live_alerts_delta)\nWHERE age_rank = 1;")
        .contains(
            "dense_rank() OVER (ORDER BY \"as_of_date\" DESC) AS age_rank FROM"
                + " pos.source_ages_delta)");
    assertThat(SPECTRUM.tables()).doesNotContain("live_alerts", "source_ages");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          string        | varchar(65535)
          int           | int
          bigint        | bigint
          double        | double precision
          boolean       | boolean
          date          | date
          timestamp     | timestamp
          decimal(12,3) | decimal(12,3)
          array<int>    | array<int>
          """)
  void everyTypeOfAContractHasOneOfRedshift(String type, String ofRedshift) {
    assertThat(SpectrumSql.type(DataType.fromDDL(type))).isEqualTo(ofRedshift);
  }

  @Test
  void aTypeThatRedshiftLacksIsNamed() {
    assertThatThrownBy(() -> SpectrumSql.type(DataType.fromDDL("map<string,int>")))
        .hasMessageContaining("map<string,int>");
  }
}
