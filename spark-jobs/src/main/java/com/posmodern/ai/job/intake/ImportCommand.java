package com.posmodern.ai.job.intake;

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
  private final PrintStream out;

  public ImportCommand(Lake lake, PrintStream out) {
    this.lake = lake;
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
    SourceWrite write = new SourceWrite(lake, mode);
    try (Conversion conversion = Importer.convert(lake.spark(), mapping, inputs, write::former)) {
      for (ConvertedTable table : conversion.tables()) {
        String changes = write.table(table);
        out.printf("  %s%s%n", summary(table), changes);
      }
      String quarantine = new ImportQuarantine(lake).write(conversion.tables(), mode, asOf, now);
      mapping
          .targetsWithout(inputs.keySet())
          .forEach(
              (table, source) ->
                  out.printf("  %s: not changed, no --input %s%n", table.tableName(), source));
      out.printf("written to %s/source; %s%n", lake.root(), quarantine);
    }
  }

  /**
   * Shows what an import would write, with personal values masked, and writes nothing.
   *
   * @throws com.posmodern.ai.error.PosException as {@link #run}
   */
  public void preview(Path mappingFile, Map<String, String> inputs, Mode mode) {
    ImportMapping mapping = ImportMapping.read(mappingFile);
    out.printf("import with %s (dry run)%n", mappingFile);
    SourceWrite write = new SourceWrite(lake, mode);
    try (Conversion conversion = Importer.convert(lake.spark(), mapping, inputs, write::former)) {
      for (ConvertedTable table : conversion.tables()) {
        out.printf("  %s%n", summary(table));
        table.firstRows(ROWS_SHOWN).forEach(row -> out.printf("    %s%n", row));
      }
    }
    out.println("nothing was written");
  }

  private static String summary(ConvertedTable table) {
    return table.counts().summary().replace("\n", "\n  ");
  }
}
