package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the files of a source, every value as text first: nothing is inferred from what the values
 * look like.
 *
 * <p>The rows have the mapping's columns and derived names, typed, and beside them {@link #RAW}
 * (the values as the file has them, under the mapping's names), {@link #UNREADABLE} (reasons for
 * values that are not of their type), {@link #MALFORMED} (the text of a line that does not fit the
 * header; null for all others) and {@link #FILE}.
 */
final class SourceReader {
  static final String RAW = "__raw";
  static final String UNREADABLE = "__unreadable";
  static final String MALFORMED = "__malformed";
  static final String FILE = "__file";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final ImportMapping mapping;

  SourceReader(SparkSession spark, Configuration hadoop, ImportMapping mapping) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.mapping = mapping;
  }

  static String unreadable(String column) {
    return column + "_unreadable";
  }

  /**
   * Looks at headers only; the data is read by whoever uses the rows.
   *
   * @throws PosException usage when a file lacks a column of the mapping, bad data when it cannot
   *     be read
   */
  Dataset<Row> read(SourceFiles files) {
    SourceMapping source = mapping.sources().get(files.source());
    Dataset<Row> typed = files.parquet() ? parquet(files, source) : csv(files, source);
    for (Map.Entry<String, String> derived : source.derived().entrySet()) {
      typed = typed.select(col("*"), expr(derived.getValue()).as(derived.getKey()));
    }
    return typed;
  }

  private Dataset<Row> csv(SourceFiles files, SourceMapping source) {
    Dataset<Row> all = null;
    Map<List<String>, List<Path>> byHeader = new CsvHeaders(hadoop, source.csv()).of(files.files());
    for (Map.Entry<List<String>, List<Path>> group : byHeader.entrySet()) {
      List<String> header = group.getKey();
      List<String> fields = fieldNames(header);
      Dataset<Row> lines =
          reader(source.csv(), fields)
              .csv(group.getValue().stream().map(SourceFiles::literally).toArray(String[]::new));
      Map<String, OptionalInt> positions =
          new ColumnFinder(mapping, files.source(), group.getValue().get(0).toString())
              .find(header);
      List<Column> values = new ArrayList<>();
      positions.forEach(
          (name, position) ->
              values.add(
                  position.isEmpty()
                      ? lit(null).cast(DataTypes.StringType).as(name)
                      : when(
                              col(MALFORMED).isNull(),
                              clean(col(quoted(fields.get(position.getAsInt()))), source.csv()))
                          .as(name)));
      values.add(col(MALFORMED));
      values.add(col("_metadata.file_path").as(FILE));
      Dataset<Row> typed = typed(lines.select(values.toArray(Column[]::new)), source);
      all = all == null ? typed : all.unionByName(typed);
    }
    return all;
  }

  private Dataset<Row> parquet(SourceFiles files, SourceMapping source) {
    Dataset<Row> rows =
        spark
            .read()
            .option("mergeSchema", "true")
            .parquet(files.files().stream().map(SourceFiles::literally).toArray(String[]::new));
    StructField[] fields = rows.schema().fields();
    List<Column> values = new ArrayList<>();
    new ColumnFinder(mapping, files.source(), files.input())
        .find(List.of(rows.columns()))
        .forEach(
            (name, position) -> {
              if (position.isEmpty()) {
                values.add(lit(null).cast(DataTypes.StringType).as(name));
                return;
              }
              StructField field = fields[position.getAsInt()];
              Column value = col(quoted(field.name()));
              boolean text = field.dataType().equals(DataTypes.StringType);
              values.add((text ? clean(value, source.csv()) : value).as(name));
            });
    values.add(lit(null).cast(DataTypes.StringType).as(MALFORMED));
    values.add(col("_metadata.file_path").as(FILE));
    return typed(rows.select(values.toArray(Column[]::new)), source);
  }

  private DataFrameReader reader(CsvFormat csv, List<String> fields) {
    StructType schema =
        new StructType(
            fields.stream()
                .map(name -> DataTypes.createStructField(name, DataTypes.StringType, true))
                .toArray(StructField[]::new));
    return spark
        .read()
        .schema(schema.add(MALFORMED, DataTypes.StringType))
        .option("mode", "PERMISSIVE")
        .option("columnNameOfCorruptRecord", MALFORMED)
        // A line of the wrong length is only noticed when all of it is parsed.
        .option("columnPruning", false)
        .option("header", csv.hasHeaderLine())
        .option("delimiter", csv.delimiter())
        .option("quote", csv.quote())
        .option("escape", csv.escape())
        .option("encoding", csv.encoding())
        .option("multiLine", csv.multiLine());
  }

  /** The header's names where they can be told apart; Spark warns of all others. */
  private static List<String> fieldNames(List<String> header) {
    boolean distinct =
        header.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count()
            == header.size();
    return distinct && !header.contains("")
        ? header
        : IntStream.range(0, header.size()).mapToObj(i -> "__" + i).toList();
  }

  private static String quoted(String field) {
    return "`" + field.replace("`", "``") + "`";
  }

  private static Column clean(Column text, CsvFormat csv) {
    Column trimmed = trim(text);
    Column none = trimmed.equalTo("");
    if (!csv.nullWords().isEmpty()) {
      none = none.or(trimmed.isin(csv.nullWords().toArray()));
    }
    return when(none, lit(null)).otherwise(trimmed);
  }

  private static Dataset<Row> typed(Dataset<Row> values, SourceMapping source) {
    List<Column> columns = new ArrayList<>();
    List<Column> raw = new ArrayList<>();
    List<Column> unreadable = new ArrayList<>();
    source
        .columns()
        .forEach(
            (name, column) -> {
              DataType found = values.schema().apply(name).dataType();
              Column typed = ValueTypes.typed(col(name), found, column, source.csv());
              columns.add(typed.as(name));
              raw.add(col(name).cast(DataTypes.StringType).as(name));
              unreadable.add(
                  when(col(name).isNotNull().and(typed.isNull()), lit(unreadable(name))));
            });
    columns.add(struct(raw.toArray(Column[]::new)).as(RAW));
    columns.add(array_compact(array(unreadable.toArray(Column[]::new))).as(UNREADABLE));
    columns.add(col(MALFORMED));
    columns.add(col(FILE));
    return values.select(columns.toArray(Column[]::new));
  }
}
