package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.source.imports.Conversion;
import com.posmodern.ai.source.imports.ConvertedTable;
import com.posmodern.ai.source.imports.ImportMapping;
import com.posmodern.ai.source.imports.Importer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The import command: files into source tables, refused rows into {@code ops.quarantine}, and an
 * account of both on the screen.
 *
 * <p>All files are converted before the first table is written. Each table is one commit; a run
 * that broke off between two of them is repeated with the same result.
 */
public final class ImportCommand {
  /** What becomes of the rows that the tables have already. */
  public enum Mode {
    /** The files are all there is. */
    REPLACE,
    /**
     * Rows with a primary key of the files' are updated, others stay, new ones are added. Where the
     * mapping numbers the lines of a receipt, a receipt must come whole.
     */
    MERGE
  }

  /**
   * Keeps the import's rows of {@code ops.quarantine} apart from those of the night's quality job,
   * which replaces its own for each table.
   */
  private static final String TABLE_PREFIX = "import/";

  private final Lake lake;
  private final LakeWriter writer;
  private final PrintStream out;

  public ImportCommand(Lake lake, PrintStream out) {
    this.lake = lake;
    this.writer = new LakeWriter(lake);
    this.out = out;
  }

  /**
   * Imports.
   *
   * @param inputs source of the mapping → file, folder or glob
   * @param asOf partition of the quarantine; empty: the last complete day of the lake's sales
   * @param now its date in UTC where the lake has no sales either
   * @throws com.posmodern.ai.error.PosException usage or bad data, with nothing written, when
   *     mapping and files do not fit or a table would get no row; infrastructure when the lake
   *     fails
   */
  public void run(
      Path mappingFile,
      Map<String, String> inputs,
      Mode mode,
      Optional<LocalDate> asOf,
      Instant now) {
    ImportMapping mapping = ImportMapping.read(mappingFile);
    out.printf("import with %s%n", mappingFile);
    try (Conversion conversion = Importer.convert(lake.spark(), mapping, inputs)) {
      for (ConvertedTable table : conversion.tables()) {
        write(table, mode);
        out.printf("  %s%n", table.counts().summary().replace("\n", "\n  "));
      }
      LocalDate partition =
          asOf.orElseGet(
              () ->
                  lake.exists(Table.SALES_LINES)
                      ? AsOfDate.lastComplete(lake, now)
                      : LocalDate.ofInstant(now, ZoneOffset.UTC));
      for (ConvertedTable table : conversion.tables()) {
        quarantine(table, mode, partition);
      }
      mapping
          .targets()
          .forEach(
              (table, target) -> {
                if (!inputs.containsKey(target.source())) {
                  out.printf(
                      "  %s: left as it was, no --input %s%n", table.tableName(), target.source());
                }
              });
      out.printf(
          "written to %s/source; refused rows, if any, to %s for %s%n",
          lake.root(), lake.location(Table.QUARANTINE), partition);
    }
  }

  private void write(ConvertedTable table, Mode mode) {
    if (mode == Mode.MERGE) {
      writer.mergeSource(table.table(), table.accepted());
      return;
    }
    long written = writer.replaceSource(table.table(), table.accepted());
    if (written != table.counts().accepted()) {
      throw new IllegalStateException(
          "%d rows accepted for %s, %d written"
              .formatted(table.counts().accepted(), table.table(), written));
    }
  }

  /** A merge keeps what earlier imports refused, but for the files that it has read again. */
  private void quarantine(ConvertedTable table, Mode mode, LocalDate asOf) {
    boolean before = lake.exists(Table.QUARANTINE);
    if (table.counts().quarantined() == 0 && !before) {
      return;
    }
    String name = TABLE_PREFIX + table.table().tableName();
    Dataset<Row> refused = table.quarantined().withColumn(TABLE_NAME, lit(name));
    if (mode == Mode.MERGE && before) {
      Column file = get_json_object(col(ROW_JSON), "$." + ConvertedTable.FILE);
      refused =
          lake.read(Table.QUARANTINE)
              .where(Lake.isOf(asOf))
              .where(col(TABLE_NAME).equalTo(name))
              .where(not(file.isin(table.files().toArray())))
              .drop(AS_OF_DATE)
              .unionByName(refused);
    }
    writer.replace(Table.QUARANTINE, asOf, refused, Map.of(TABLE_NAME, name));
  }
}
