package com.posmodern.ai.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class MarkTest {
  private static final Mark DAY = Mark.of(Mark.Kind.DATE, java.sql.Date.valueOf("2026-03-05"));
  private static final Mark LOCAL =
      Mark.of(Mark.Kind.LOCAL_TIME, LocalDateTime.of(2026, 3, 5, 12, 0));
  private static final Mark MOMENT = new Mark(Mark.Kind.MOMENT, LOCAL.ticks());

  @Test
  void aLiteralMeansTheSameWhateverTheSession() {
    assertThat(DAY.ticks()).isEqualTo(LocalDate.of(2026, 3, 5).toEpochDay());
    assertThat(DAY.literal(Dialect.SQL_SERVER)).isEqualTo("CAST('2026-03-05' AS date)");
    assertThat(LOCAL.literal(Dialect.SQL_SERVER))
        .isEqualTo("CAST('2026-03-05T12:00:00.000000' AS datetime2(6))");
    assertThat(MOMENT.literal(Dialect.SQL_SERVER))
        .isEqualTo("CAST('2026-03-05T12:00:00.000000+00:00' AS datetimeoffset(6))");
    assertThat(DAY.literal(Dialect.ORACLE)).isEqualTo("DATE '2026-03-05'");
    assertThat(MOMENT.literal(Dialect.ORACLE))
        .isEqualTo("TIMESTAMP '2026-03-05 12:00:00.000000+00:00'");
    assertThat(LOCAL.literal(Dialect.POSTGRESQL)).isEqualTo("'2026-03-05 12:00:00.000000'");
    assertThat(MOMENT.literal(Dialect.POSTGRESQL)).isEqualTo("'2026-03-05 12:00:00.000000+00:00'");
    assertThat(new Mark(Mark.Kind.NUMBER, 7).literal(Dialect.SQL_SERVER)).isEqualTo("7");
    assertThat(MOMENT.shown()).isEqualTo("2026-03-05 12:00:00.000000");
  }
}
