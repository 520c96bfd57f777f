package com.posmodern.ai.job.intake;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.imports.Conversion;
import com.posmodern.ai.source.imports.ConvertedTable;
import com.posmodern.ai.source.imports.ImportMapping;
import com.posmodern.ai.source.imports.Importer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The import command: writes files to source tables and rejected rows to {@code ops.quarantine},
 * and prints the counts of both.
 *
 * <p>All files are converted before the first table is written. Each table is one commit; repeating
 * a run that was interrupted between two commits gives the same result.
 */
public final class ImportCommand {
  /** What happens to the rows that are already in the tables. */
  public enum Mode {
    /** The files replace the tables. */
    REPLACE,
    /**
     * Rows whose primary key is in the files are updated, others are kept, new ones are added. A
     * receipt is exported as a whole: lines that its newer export lacks are removed.
     */
    MERGE
  }

  private static final int ROWS_SHOWN = 10;

  private final Lake lake;
  private final SourceWrite write;
  private final PrintStream out;

  public ImportCommand(Lake lake, PrintStream out) {
    this.lake = lake;
    this.write = new SourceWrite(lake);
    this.out = out;
  }

  /**
   * Imports.
   *
   * @param inputs source of the mapping → file, folder or glob
   * @param asOf partition of the quarantine; empty: the last complete day of the sales in the lake
   * @param now its date in UTC is used when the lake has no sales either
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
    try (Conversion conversion = convert(mapping, inputs, mode)) {
      for (ConvertedTable table : conversion.tables()) {
        String changes = write.table(table, mergedInto(table.table(), mode));
        out.printf("  %s%s%n", table.counts().summary().replace("\n", "\n  "), changes);
      }
      String quarantine = new ImportQuarantine(lake).write(conversion.tables(), mode, asOf, now);
      mapping
          .targets()
          .forEach(
              (table, target) -> {
                if (!inputs.containsKey(target.source())) {
                  out.printf(
                      "  %s: not changed, no --input %s%n", table.tableName(), target.source());
                }
              });
      out.printf("written to %s/source; %s%n", lake.root(), quarantine);
    }
  }

  /**
   * Shows what an import would write, with personal values masked, and writes nothing.
   *
   * @throws com.posmodern.ai.error.PosException as {@link #run}
   */
  public void preview(Path mappingFile, Map<String, String> inputs, Mode mode) {
    out.printf("import with %s (dry run)%n", mappingFile);
    try (Conversion conversion = convert(ImportMapping.read(mappingFile), inputs, mode)) {
      for (ConvertedTable table : conversion.tables()) {
        out.printf("  %s%n", table.counts().summary().replace("\n", "\n  "));
        for (Row row : table.shown().limit(ROWS_SHOWN).collectAsList()) {
          out.printf("    %s%n", values(row));
        }
      }
    }
    out.println("nothing was written");
  }

  private Conversion convert(ImportMapping mapping, Map<String, String> inputs, Mode mode) {
    return Importer.convert(lake.spark(), mapping, inputs, table -> mergedInto(table, mode));
  }

  private static String values(Row row) {
    StringJoiner values = new StringJoiner(", ");
    for (String name : row.schema().fieldNames()) {
      values.add(name + " " + row.getAs(name));
    }
    return values.toString();
  }

  private Optional<Dataset<Row>> mergedInto(Table table, Mode mode) {
    return mode == Mode.MERGE && lake.exists(table)
        ? Optional.of(lake.read(table))
        : Optional.empty();
  }
}
