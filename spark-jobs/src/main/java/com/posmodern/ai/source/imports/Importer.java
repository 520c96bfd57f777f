package com.posmodern.ai.source.imports;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.MappingCheck.Lineage;
import com.posmodern.ai.source.imports.TypedValue.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Converts files into rows of the source tables. Every row in is accepted, merged or quarantined. A
 * source is read once, whatever number of tables it gives.
 */
public final class Importer {
  /** Share of a table's rows whose dates fit another order, at which the format is at fault. */
  private static final double SWAPPED_DATES = 0.01;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final ImportMapping mapping;
  private final Function<Table, Optional<Dataset<Row>>> existing;

  private Importer(
      SparkSession session,
      ImportMapping mapping,
      Function<Table, Optional<Dataset<Row>>> existing) {
    // A session of its own: in an expression of a mapping, what cannot be computed is null and ends
    // as a row's reason; the application's session would stop at the first such row.
    this.spark = session.newSession();
    this.spark.conf().set("spark.sql.ansi.enabled", "false");
    this.spark.conf().set("spark.sql.session.timeZone", "UTC");
    this.spark.conf().set("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    this.spark.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.mapping = mapping;
    this.existing = existing;
  }

  /** Converts for tables that will be replaced: see below. */
  public static Conversion convert(
      SparkSession session, ImportMapping mapping, Map<String, String> inputs) {
    return convert(session, mapping, inputs, table -> Optional.empty());
  }

  /**
   * Converts all that the inputs give; tables whose source is not among the inputs are left out.
   *
   * @param inputs source of the mapping → file, folder or glob
   * @param existing rows of a table that the accepted ones will be merged into
   * @return to be closed when its rows are written
   * @throws PosException usage when mapping, inputs and headers do not fit each other, found before
   *     any data is read; bad data when a file cannot be read or gives a table no row
   */
  public static Conversion convert(
      SparkSession session,
      ImportMapping mapping,
      Map<String, String> inputs,
      Function<Table, Optional<Dataset<Row>>> existing) {
    return new Importer(session, mapping, existing).convert(inputs);
  }

  /** A table on its way. */
  private record Work(TableConversion way, SourceFiles files, Dataset<Row> judged) {}

  private Conversion convert(Map<String, String> inputs) {
    requireKnown(inputs);
    Lineage lineage = MappingCheck.check(spark, mapping);
    Map<String, SourceFiles> files = new LinkedHashMap<>();
    inputs.forEach(
        (source, path) ->
            files.put(source, SourceFiles.find(hadoop, source, path).withSheets(hadoop, mapping)));
    String place = String.join(", ", files.values().stream().map(SourceFiles::place).toList());
    Conversion conversion = new Conversion();
    try {
      ReadErrors.explained(place, () -> convert(files, lineage, conversion));
      files.values().forEach(found -> found.requireUnchanged(hadoop));
      return conversion;
    } catch (Throwable e) {
      conversion.close();
      throw e;
    }
  }

  private Conversion convert(
      Map<String, SourceFiles> files, Lineage lineage, Conversion conversion) {
    SourceReader reader = new SourceReader(spark, hadoop, mapping, lineage.codes());
    Map<String, Dataset<Row>> rows = new LinkedHashMap<>();
    files.forEach((source, found) -> rows.put(source, conversion.hold(reader.read(found))));
    List<Work> works = new ArrayList<>();
    mapping
        .targets()
        .forEach(
            (table, target) -> {
              if (files.containsKey(target.source())) {
                TableConversion way = new TableConversion(mapping, table, lineage);
                works.add(
                    new Work(
                        way, files.get(target.source()), way.judged(rows.get(target.source()))));
              }
            });
    Map<TableConversion, Tally> tallies = Tally.of(works.stream().map(this::question).toList());
    for (Work work : works) {
      conversion.add(converted(work, tallies.get(work.way()), conversion));
    }
    return conversion;
  }

  private Tally.Question question(Work work) {
    return new Tally.Question(
        work.way(),
        work.judged(),
        Receipts.are(work.way().table()) ? usedAgain(work.way().good(work.judged()), work) : null);
  }

  private Dataset<Row> usedAgain(Dataset<Row> good, Work work) {
    return Receipts.usedAgain(good, existing.apply(work.way().table()));
  }

  private ConvertedTable converted(Work work, Tally first, Conversion conversion) {
    TableConversion way = work.way();
    Dataset<Row> judged = work.judged();
    Tally tally = first;
    // Neither is the rule; where they are, the rows are judged once more.
    if (tally.usedAgain() > 0) {
      judged = conversion.hold(way.withoutUsedAgain(judged, usedAgain(way.good(judged), work)));
    }
    if (way.keysMayRepeat() && first.keys() < first.good()) {
      judged = conversion.hold(way.withoutRepeatedKeys(judged));
    }
    if (judged != work.judged()) {
      tally = Tally.of(List.of(new Tally.Question(way, judged, null))).get(way);
    }
    requireRows(work, judged, tally);
    long accepted = way.mergesRows() ? tally.keys() : tally.good();
    ImportCounts counts =
        new ImportCounts(
            way.table(),
            work.files().source(),
            tally.rows(),
            accepted,
            tally.good() - accepted,
            tally.rows() - tally.good(),
            tally.reasons(),
            tally.notes());
    Dataset<Row> rows = way.accepted(judged);
    return new ConvertedTable(
        way.table(), rows, way.shown(rows), way.quarantined(judged), counts, work.files().names());
  }

  private void requireRows(Work work, Dataset<Row> judged, Tally tally) {
    String table = work.way().table().tableName();
    if (tally.rows() == 0) {
      throw PosException.badData("there are no rows", work.files().place(), "Export it again.");
    }
    mapping
        .sources()
        .get(work.files().source())
        .columns()
        .forEach(
            (name, column) -> {
              long swapped = tally.reasons().getOrDefault(Fault.DAY_AND_MONTH_SWAPPED.of(name), 0L);
              if (swapped > SWAPPED_DATES * tally.rows()) {
                throw mapping.wrong(
                    "sources.%s.columns.%s.formats".formatted(work.files().source(), name),
                    "%,d of %,d values fit %s only with day and month in each other's place, so that the others may be read wrongly; one is %s"
                        .formatted(
                            swapped,
                            tally.rows(),
                            column.formats(),
                            example(work, judged, Fault.DAY_AND_MONTH_SWAPPED.of(name))),
                    "Nothing was written. Correct the format.");
              }
            });
    if (tally.good() == 0) {
      throw PosException.badData(
          "none of the %,d rows can be accepted for %s: %s; one is %s"
              .formatted(
                  tally.rows(),
                  table,
                  tally.reasons().entrySet().stream()
                      .map(reason -> reason + Remedies.of(reason.getKey()))
                      .toList(),
                  example(work, judged, tally.reasons().firstKey())),
          work.files().place(),
          "Nothing was written. Correct the mapping " + mapping.file() + " or the files.");
    }
  }

  private static String example(Work work, Dataset<Row> judged, String reason) {
    return work.way()
        .quarantined(judged)
        .where("array_contains(reasons, '%s')".formatted(reason))
        .select("row_json")
        .head()
        .getString(0);
  }

  private void requireKnown(Map<String, String> inputs) {
    for (String source : inputs.keySet()) {
      if (!mapping.sources().containsKey(source)) {
        throw PosException.usage(
            "the mapping %s has no source %s".formatted(mapping.file(), source),
            "--input " + source,
            "Its sources are " + mapping.sources().keySet() + ".");
      }
      if (mapping.targets().values().stream().noneMatch(t -> t.source().equals(source))) {
        throw PosException.usage(
            "no target of the mapping %s reads the source %s".formatted(mapping.file(), source),
            "--input " + source,
            "Add one, or leave the input out.");
      }
    }
    if (inputs.isEmpty()) {
      throw PosException.usage(
          "no file is given",
          "--input",
          "Give one for each of " + mapping.sources().keySet() + ", as in --input name=path.");
    }
  }
}
