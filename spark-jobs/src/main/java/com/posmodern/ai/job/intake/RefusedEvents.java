package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.source.events.RefusedEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Quarantines what sources told and nobody can use, with its reason. */
final class RefusedEvents {
  private static final StructType SCHEMA =
      new StructType()
          .add(TABLE_NAME, DataTypes.StringType)
          .add(REASONS, DataTypes.createArrayType(DataTypes.StringType))
          .add(ROW_KEY, DataTypes.StringType)
          .add(ROW_JSON, DataTypes.StringType);

  private final Lake lake;

  RefusedEvents(Lake lake) {
    this.lake = lake;
  }

  /**
   * Writes them; a source that is asked twice a day replaces its own.
   *
   * @param prefix distinguishes the rows from those of the night and of imports
   * @param refused by source
   * @param day last whole one
   */
  void write(String prefix, Map<String, List<RefusedEvent>> refused, LocalDate day) {
    List<Row> rows = new ArrayList<>();
    refused.forEach(
        (source, events) ->
            events.forEach(
                event ->
                    rows.add(
                        RowFactory.create(
                            prefix + source,
                            scala.jdk.javaapi.CollectionConverters.asScala(List.of(event.reason()))
                                .toSeq(),
                            event.key(),
                            event.told()))));
    if (!rows.isEmpty()) {
      new LakeWriter(lake)
          .replaceWith(
              Table.QUARANTINE,
              day,
              lake.spark().createDataFrame(rows, SCHEMA).coalesce(1),
              TABLE_NAME,
              refused.keySet().stream().map(source -> prefix + source).toList());
    }
  }
}
