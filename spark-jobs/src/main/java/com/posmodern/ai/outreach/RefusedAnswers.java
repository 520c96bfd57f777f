package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Quarantines answers that were refused, with reason, file and line, and without what they said:
 * anybody may have sent it, and it may name anybody.
 */
final class RefusedAnswers {
  private static final String TABLE_PREFIX = "answers/";
  private static final StructType SCHEMA =
      new StructType()
          .add(TABLE_NAME, DataTypes.StringType)
          .add(REASONS, DataTypes.createArrayType(DataTypes.StringType))
          .add(ROW_KEY, DataTypes.StringType)
          .add(ROW_JSON, DataTypes.StringType);

  private final Lake lake;

  RefusedAnswers(Lake lake) {
    this.lake = lake;
  }

  /**
   * Writes the lines; a file that is read again replaces its own.
   *
   * @param refused reason by line by file
   * @return lines
   */
  long write(Map<String, Map<Integer, String>> refused, Instant now) {
    List<Row> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    refused.forEach(
        (file, lines) -> {
          names.add(TABLE_PREFIX + file);
          lines.forEach(
              (line, reason) ->
                  rows.add(
                      RowFactory.create(
                          TABLE_PREFIX + file,
                          scala.jdk.javaapi.CollectionConverters.asScala(List.of(reason)).toSeq(),
                          "line " + line,
                          "{\"line\":%d}".formatted(line))));
        });
    if (!rows.isEmpty()) {
      LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
      new LakeWriter(lake)
          .replaceWith(
              Table.QUARANTINE,
              day,
              lake.spark().createDataFrame(rows, SCHEMA).coalesce(1),
              TABLE_NAME,
              names);
    }
    return rows.size();
  }
}
