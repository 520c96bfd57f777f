package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.REASONS;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.MappingCheck.Lineage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final SparkSession spark;
  private final Configuration hadoop;
  private final ImportMapping mapping;
  private final Function<Table, Optional<Dataset<Row>>> existing;
  private final ImportChecks checks;

  private Importer(
      SparkSession session,
      ImportMapping mapping,
      Function<Table, Optional<Dataset<Row>>> existing,
      Set<String> changes) {
    // A session of its own: in an expression of a mapping, what cannot be computed is null and ends
    // as a row's reason; the application's session would stop at the first such row.
    this.spark = session.newSession();
    this.spark.conf().set("spark.sql.ansi.enabled", "false");
    this.spark.conf().set("spark.sql.session.timeZone", "UTC");
    this.spark.conf().set("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    this.spark.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
    // Rows are kept for a minute: to find out how well they compress takes longer than it saves.
    this.spark.conf().set("spark.sql.inMemoryColumnarStorage.compressed", "false");
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.mapping = mapping;
    this.existing = existing;
    this.checks = new ImportChecks(mapping, changes);
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
    return new Importer(session, mapping, existing, Set.of()).convert(inputs);
  }

  /**
   * Converts rows that were read from tables of a database.
   *
   * @param inputs source of the mapping → folder of Parquet files
   * @param changes sources of which only rows that changed were read: all of them may be refused
   * @throws PosException as above
   */
  public static Conversion convertTables(
      SparkSession session,
      ImportMapping mapping,
      Map<String, String> inputs,
      Function<Table, Optional<Dataset<Row>>> existing,
      Set<String> changes) {
    return new Importer(session, mapping, existing, changes).convert(inputs);
  }

  /**
   * The primary keys that the rows of an input have in a table, whatever else is wrong with them.
   *
   * @param input Parquet files with at least the columns that the key is made of
   * @return each key once
   */
  public static Dataset<Row> keys(
      SparkSession session, ImportMapping mapping, Table table, String input) {
    return new Importer(session, mapping, other -> Optional.empty(), Set.of()).keys(table, input);
  }

  /** The columns of its source that a table's primary key is made of, by their names there. */
  public static Set<String> columnsOfKey(SparkSession session, ImportMapping mapping, Table table) {
    return MappingCheck.check(session, mapping).columnsOfKey().get(table);
  }

  private Dataset<Row> keys(Table table, String input) {
    String source = mapping.targets().get(table).source();
    Lineage lineage = MappingCheck.check(spark, mapping);
    SourceFiles files = SourceFiles.find(hadoop, source, input);
    Dataset<Row> rows =
        new SourceReader(spark, hadoop, mapping.withOptionalColumns(source), lineage.codes())
            .read(files);
    return new TableConversion(mapping, table, lineage).keysOfAll(rows);
  }

  /**
   * A table that is being converted.
   *
   * @param accepted its rows where many rows of the source give one; else null
   */
  private record Work(
      TableConversion way, SourceFiles files, Dataset<Row> judged, Dataset<Row> accepted) {}

  private Conversion convert(Map<String, String> inputs) {
    checks.requireKnown(inputs);
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
    List<Work> works = new ArrayList<>();
    List<Tally.Question> questions = new ArrayList<>();
    files.forEach(
        (source, found) -> {
          List<TableConversion> ways =
              mapping.targets().entrySet().stream()
                  .filter(target -> target.getValue().source().equals(source))
                  .map(target -> new TableConversion(mapping, target.getKey(), lineage))
                  .toList();
          Dataset<Row> rows = conversion.hold(judged(reader.read(found), ways));
          List<Work> its = ways.stream().map(way -> work(way, found, rows, conversion)).toList();
          works.addAll(its);
          questions.add(new Tally.Question(rows, its.stream().map(this::part).toList()));
        });
    Map<TableConversion, Tally> tallies = Tally.of(questions);
    for (Table table : mapping.targets().keySet()) {
      works.stream()
          .filter(work -> work.way().table() == table)
          .forEach(work -> conversion.add(converted(work, tallies.get(work.way()), conversion)));
    }
    return conversion;
  }

  /** All tables' judgements in the one pass over the files; what led to them is not kept. */
  private static Dataset<Row> judged(Dataset<Row> rows, List<TableConversion> ways) {
    Dataset<Row> judged = rows;
    for (TableConversion way : ways) {
      judged = way.judgement().of(judged);
    }
    return judged.drop(SourceReader.UNREADABLE, SourceReader.NOTES, SourceReader.FAULT);
  }

  private static Work work(
      TableConversion way, SourceFiles files, Dataset<Row> rows, Conversion conversion) {
    Dataset<Row> judged = way.judged(rows);
    return new Work(
        way, files, judged, way.mergesRows() ? conversion.hold(way.accepted(judged)) : null);
  }

  private Tally.Part part(Work work) {
    TableConversion way = work.way();
    return new Tally.Part(
        way,
        way.judgement().reasons(),
        way.judgement().notes(),
        way.mergesRows() ? work.accepted() : way.keysMayRepeat() ? way.keys(work.judged()) : null,
        Receipts.are(way.table()) ? usedAgain(way.good(work.judged()), work) : null);
  }

  private List<String> names(SourceFiles files) {
    String origin = mapping.origins().get(files.source());
    return origin == null ? files.names() : List.of(origin);
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
    Dataset<Row> rows = work.accepted();
    if (judged != work.judged()) {
      rows = way.mergesRows() ? conversion.hold(way.accepted(judged)) : null;
      Tally.Part part = new Tally.Part(way, REASONS, SourceReader.NOTES, rows, null);
      tally = Tally.of(List.of(new Tally.Question(judged, List.of(part)))).get(way);
    }
    checks.requireRows(way, work.files(), judged, tally);
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
    rows = rows == null ? way.accepted(judged) : rows;
    return new ConvertedTable(
        way.table(), rows, way.shown(rows), way.quarantined(judged), counts, names(work.files()));
  }
}
