package com.posmodern.ai.publish.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

/** What PostgreSQL is told: rows, types, names and, where it refuses, why. */
class CopyTextTest {
  private static String line(Object... cells) {
    StringBuilder line = new StringBuilder();
    CopyText.append(line, RowFactory.create(cells));
    return line.toString();
  }

  @Test
  void cellsAreSeparatedByTabsAndNullIsNoText() {
    assertThat(line("a", null, 1, 2.5, true)).isEqualTo("a\t\\N\t1\t2.5\ttrue\n");
    assertThat(line("")).isEqualTo("\n");
  }

  @Test
  void whatSeparatesIsEscaped() {
    assertThat(line("tab\t line\n return\r back\\slash"))
        .isEqualTo("tab\\t line\\n return\\r back\\\\slash\n");
  }

  @Test
  void numbersDatesAndMomentsAreWrittenOut() {
    assertThat(line(new BigDecimal("1E+3"), Date.valueOf("2026-06-30")))
        .isEqualTo("1000\t2026-06-30\n");
    assertThat(line(Timestamp.from(Instant.parse("2026-06-30T03:04:05Z"))))
        .isEqualTo("2026-06-30T03:04:05Z\n");
  }

  @Test
  void listsAreQuotedElementByElement() {
    assertThat(line(CollectionConverters.asScala(Arrays.asList("a", "b \"c\"", null, "d\\e"))))
        .isEqualTo("{\"a\",\"b \\\\\"c\\\\\"\",NULL,\"d\\\\\\\\e\"}\n");
    assertThat(line(CollectionConverters.asScala(List.of()))).isEqualTo("{}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          string        | text
          int           | integer
          bigint        | bigint
          double        | double precision
          boolean       | boolean
          date          | date
          timestamp     | timestamp with time zone
          decimal(12,3) | numeric(12,3)
          array<string> | text[]
          """)
  void everyTypeOfAContractHasOneOfPostgres(String type, String ofPostgres) {
    assertThat(TillTable.type(DataType.fromDDL(type))).isEqualTo(ofPostgres);
  }

  @Test
  void aTypeThatPostgresLacksIsNamed() {
    assertThatThrownBy(() -> TillTable.type(DataType.fromDDL("map<string,int>")))
        .hasMessageContaining("map<string,int>");
  }

  @Test
  void aTableForTheTillIsStoredWithoutItsDate() {
    TillTable table = TillTable.of(Table.CUSTOMER_SEGMENTS);
    assertThat(table.name()).isEqualTo("customer_segments");
    assertThat(table.parent()).isEqualTo("pos_rows.customer_segments");
    assertThat(table.key()).containsExactly("customer_id");
    assertThat(table.storedNames())
        .contains("model_version", "customer_id")
        .doesNotContain("as_of_date");
    assertThat(table.mustBeThere(Contracts.of(Table.CUSTOMER_SEGMENTS).column("customer_id")))
        .isTrue();
    assertThat(table.mustBeThere(Contracts.of(Table.CUSTOMER_SEGMENTS).column("model_version")))
        .as("stored once for the table")
        .isFalse();
    assertThat(TillTable.names(List.of("rank", "score"))).isEqualTo("\"rank\", \"score\"");
    assertThat(TillTable.isForTheTill(Table.CUSTOMER_SEGMENTS)).isTrue();
    assertThat(TillTable.isForTheTill(Table.QUARANTINE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          08001 | Start the server
          28P01 | POS_POSTGRES_PASSWORD
          3D000 | Create the database
          08006 | run again when it is back
          57P01 | run again when it is back
          53100 | The server's disk is full
          42501 | Grant the loading user CREATE
          40001 | SQLSTATE 40001
          """)
  void aFailureSaysWhatToDo(String state, String remedy) {
    PosException failure =
        PostgresErrors.explain(new SQLException("it failed\nDetail", state), "loading");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(failure).hasMessageContaining("loading: it failed. ").hasMessageContaining(remedy);
  }

  @Test
  void aTextThatPostgresCannotStoreIsBadData() {
    for (String state : List.of("22021", "22P05")) {
      assertThat(PostgresErrors.explain(new SQLException("zero byte", state), "x").exitCode())
          .isEqualTo(ExitCode.BAD_DATA);
    }
    assertThat(PostgresErrors.explain(new SQLException((String) null), "x"))
        .hasMessageContaining("x: null");
  }

  @Test
  void statementsHaveAFingerprint() {
    assertThat(Fingerprint.of(List.of("a", "b")))
        .hasSize(64)
        .isEqualTo(Fingerprint.of(List.of("a", "b")))
        .isNotEqualTo(Fingerprint.of(List.of("ab")));
  }
}
