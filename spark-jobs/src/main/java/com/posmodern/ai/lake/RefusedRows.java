package com.posmodern.ai.lake;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;

import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Collects what is refused outside tables, such as lines of a file, for {@code ops.quarantine}. */
public final class RefusedRows {
  private static final StructType SCHEMA =
      new StructType()
          .add(TABLE_NAME, DataTypes.StringType)
          .add(REASONS, DataTypes.createArrayType(DataTypes.StringType))
          .add(ROW_KEY, DataTypes.StringType)
          .add(ROW_JSON, DataTypes.StringType);

  private final List<Row> rows = new ArrayList<>();

  /**
   * Adds a row.
   *
   * @param source stands for the table's name
   * @param told what is known of the row, as JSON
   */
  public void add(String source, String reason, String key, String told) {
    rows.add(
        RowFactory.create(
            source, CollectionConverters.asScala(List.of(reason)).toSeq(), key, told));
  }

  /**
   * Writes the rows in place of those that their sources had on that day; without rows nothing.
   *
   * @param sources whose rows are replaced
   * @return rows
   */
  public long write(Lake lake, LocalDate day, List<String> sources) {
    if (!rows.isEmpty()) {
      new LakeWriter(lake)
          .replaceWith(
              Table.QUARANTINE,
              day,
              lake.spark().createDataFrame(rows, SCHEMA).coalesce(1),
              TABLE_NAME,
              sources);
    }
    return rows.size();
  }
}
