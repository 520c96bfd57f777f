package com.posmodern.ai.job.intake;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.SampleMaker;
import com.posmodern.ai.source.sample.SampleLake;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Writes the sample retailer into a lake that has no sales yet, and the planted truth to a folder
 * beside the lake.
 */
public final class SampleCommand implements SampleMaker {
  private static final String NAME = "sample";

  /** Real data are never overwritten by generated data. */
  @Override
  public void make(Lake lake, SampleSettings settings, Progress progress) {
    if (lake.exists(Table.SALES_LINES)) {
      throw PosException.usage(
          "the lake already has sales lines",
          lake.location(Table.SALES_LINES),
          "Name an empty folder with --lake, or remove the lake first.");
    }
    progress.step(NAME, "started: generating a sample retailer in " + lake.root());
    SampleLake sample = SampleLake.generate(lake.spark(), settings);
    for (Map.Entry<String, Dataset<Row>> truth : sample.truth().entrySet()) {
      writeTruth(lake, truth.getKey(), truth.getValue());
    }
    LakeWriter writer = new LakeWriter(lake);
    for (Map.Entry<Table, Dataset<Row>> table : sample.tables().entrySet()) {
      if (table.getKey() != Table.SALES_LINES) {
        write(writer, table.getKey(), table.getValue(), progress);
      }
    }
    // Written last, because its presence marks the lake as complete.
    write(writer, Table.SALES_LINES, sample.tables().get(Table.SALES_LINES), progress);
  }

  private static void write(LakeWriter writer, Table table, Dataset<Row> rows, Progress progress) {
    long written = writer.replaceSource(table, rows);
    progress.step(NAME, String.format(Locale.ROOT, "%s: %,d rows", table, written));
  }

  /** Outside the lake, because no job may read it. */
  private static void writeTruth(Lake lake, String name, Dataset<Row> rows) {
    String location = lake.root() + "-truth/" + name;
    try {
      rows.write().mode(SaveMode.Overwrite).parquet(location);
    } catch (Exception | FSError e) {
      throw StorageErrors.explain(e, "writing the planted truth to " + location);
    }
  }
}
