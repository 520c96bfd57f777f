package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.REASONS;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.MappingCheck.Lineage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Converts files into rows of the source tables. Every row in is accepted, merged or quarantined.
 */
public final class Importer {
  private final SparkSession spark;
  private final Configuration hadoop;
  private final ImportMapping mapping;

  private Importer(SparkSession session, ImportMapping mapping) {
    // A session of its own: in an expression of a mapping, what cannot be computed is null and ends
    // as a row's reason; the application's session would stop at the first such row.
    this.spark = session.newSession();
    this.spark.conf().set("spark.sql.ansi.enabled", "false");
    this.spark.conf().set("spark.sql.session.timeZone", "UTC");
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.mapping = mapping;
  }

  /**
   * Converts all that the inputs give; tables whose source is not among the inputs are left out.
   *
   * @param inputs source of the mapping → file, folder or glob
   * @return to be closed when its rows are written
   * @throws PosException usage when mapping, inputs and headers do not fit each other, found before
   *     any data is read; bad data when a file cannot be read or gives a table no row
   */
  public static Conversion convert(
      SparkSession session, ImportMapping mapping, Map<String, String> inputs) {
    return new Importer(session, mapping).convert(inputs);
  }

  private Conversion convert(Map<String, String> inputs) {
    requireKnown(inputs);
    Lineage lineage = MappingCheck.check(spark, mapping);
    SourceReader reader = new SourceReader(spark, hadoop, mapping);
    Map<String, SourceFiles> files = new LinkedHashMap<>();
    inputs.forEach((source, path) -> files.put(source, SourceFiles.find(hadoop, source, path)));
    Map<String, Dataset<Row>> rows = new HashMap<>();
    files.forEach(
        (source, found) ->
            rows.put(source, ReadErrors.explained(found.place(), () -> reader.read(found))));
    Conversion conversion = new Conversion();
    try {
      rows.replaceAll((source, read) -> usedOnce(source) ? read : conversion.hold(read));
      mapping
          .targets()
          .forEach(
              (table, target) -> {
                SourceFiles found = files.get(target.source());
                if (found != null) {
                  Dataset<Row> read = rows.get(target.source());
                  conversion.add(
                      ReadErrors.explained(
                          found.place(), () -> convert(table, read, found, lineage, conversion)));
                }
              });
      return conversion;
    } catch (Throwable e) {
      conversion.close();
      throw e;
    }
  }

  private ConvertedTable convert(
      Table table, Dataset<Row> rows, SourceFiles files, Lineage lineage, Conversion conversion) {
    TableConversion way = new TableConversion(mapping, table, lineage);
    Dataset<Row> judged = conversion.hold(way.judged(rows));
    Tally tally = Tally.of(judged);
    long rowsIn = tally.rows();
    long good = tally.good();
    if (rowsIn == 0) {
      throw PosException.badData("there is no row", files.place(), "Export it again.");
    }
    if (good == 0) {
      throw PosException.badData(
          "none of the %,d rows can be accepted for %s: %s"
              .formatted(rowsIn, table.tableName(), tally.reasons()),
          files.place(),
          "Nothing was written. Mend the mapping " + mapping.file() + " or the files.");
    }
    boolean merging = mapping.targets().get(table).oneRowPerKey();
    Dataset<Row> accepted = way.accepted(judged);
    long written = good;
    if (merging) {
      accepted = conversion.hold(accepted);
      written = accepted.count();
    }
    ImportCounts counts =
        new ImportCounts(
            table, files.source(), rowsIn, written, good - written, rowsIn - good, tally.reasons());
    return new ConvertedTable(
        table,
        accepted,
        way.quarantined(judged),
        counts,
        files.files().stream().map(Path::toString).toList());
  }

  /** Rows in, good rows, and bad rows per reason, in one pass. */
  private record Tally(long rows, long good, SortedMap<String, Long> reasons) {

    static Tally of(Dataset<Row> judged) {
      long rows = 0;
      long good = 0;
      SortedMap<String, Long> reasons = new TreeMap<>();
      // One row per combination of rules that were broken together.
      for (Row alike : judged.groupBy(REASONS).count().collectAsList()) {
        long count = alike.getLong(1);
        rows += count;
        if (alike.getList(0).isEmpty()) {
          good = count;
        }
        for (String reason : alike.<String>getList(0)) {
          reasons.merge(reason, count, Long::sum);
        }
      }
      return new Tally(rows, good, reasons);
    }
  }

  private boolean usedOnce(String source) {
    return mapping.targets().values().stream().filter(t -> t.source().equals(source)).count() < 2;
  }

  private void requireKnown(Map<String, String> inputs) {
    for (String source : inputs.keySet()) {
      if (!mapping.sources().containsKey(source)) {
        throw PosException.usage(
            "the mapping %s has no source %s".formatted(mapping.file(), source),
            "--input " + source,
            "Its sources are " + mapping.sources().keySet() + ".");
      }
    }
    if (inputs.isEmpty()) {
      throw PosException.usage(
          "no file is named",
          "--input",
          "Name one for each of " + mapping.sources().keySet() + ", as in --input name=path.");
    }
  }
}
