package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CellsTest {
  private static final Instant MOMENT = Instant.parse("2026-07-01T05:00:00Z");

  private static final Row ROW =
      new GenericRowWithSchema(
          new Object[] {"tea", null, 7, 2.5f, null, Timestamp.from(MOMENT), true, false},
          new StructType()
              .add("name", "string")
              .add("nothing", "string")
              .add("whole", "int")
              .add("number", "float")
              .add("unknown", "double")
              .add("moment", "timestamp")
              .add("yes", "boolean")
              .add("no", "boolean"));

  @Test
  void cellsAreReadByNameWhateverTheirKindOfNumber() {
    assertThat(Cells.text(ROW, "name")).isEqualTo("tea");
    assertThat(Cells.text(ROW, "whole")).isEqualTo("7");
    assertThat(Cells.text(ROW, "nothing")).isEmpty();
    assertThat(Cells.whole(ROW, "whole")).isEqualTo(7);
    assertThat(Cells.number(ROW, "number")).isEqualTo(2.5);
    assertThat(Cells.perhaps(ROW, "whole")).contains(7.0);
    assertThat(Cells.perhaps(ROW, "unknown")).isEmpty();
    assertThat(Cells.moment(ROW, "moment")).isEqualTo(MOMENT);
    assertThat(Cells.flag(ROW, "yes")).isTrue();
    assertThat(Cells.flag(ROW, "no")).isFalse();
  }
}
