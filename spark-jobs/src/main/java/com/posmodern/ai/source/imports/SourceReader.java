package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads the files of a source, every value as the file has it: nothing is inferred from what the
 * values look like.
 *
 * <p>The rows have the mapping's columns and derived names, typed, and beside them the values as
 * the file has them (under {@link #raw}), {@link #UNREADABLE} (reasons for values that are not of
 * their type), {@link #NOTES} (what was decided about accepted ones), {@link #MALFORMED} (the text
 * of a row that is refused whole; null for all others), {@link #FAULT} (why it is), {@link #FILE}
 * and {@link #LINE}.
 */
final class SourceReader {
  static final String UNREADABLE = "__unreadable";
  static final String NOTES = "__notes";
  static final String MALFORMED = "__malformed";
  static final String FAULT = "__fault";
  static final String FILE = "__file";
  static final String LINE = "__line";
  private static final String KINDS = "__kinds";

  private static final long BYTES_OF_A_TASK = 32L << 20;

  /** Files below this size are converted in less time than it takes to start a second task. */
  private static final long WORTH_SPREADING = 1L << 20;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final ImportMapping mapping;
  private final Map<String, Set<String>> codes;

  /**
   * @param codes per source, the columns that identify something
   */
  SourceReader(
      SparkSession spark,
      Configuration hadoop,
      ImportMapping mapping,
      Map<String, Set<String>> codes) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.mapping = mapping;
    this.codes = codes;
  }

  /** Name of a value as the file has it; null for a text that is its own. */
  static String raw(String column) {
    return "__raw_" + column;
  }

  /**
   * Looks at headers only; the data is read by whoever uses the rows.
   *
   * @throws com.posmodern.ai.error.PosException usage when a file lacks a column of the mapping,
   *     bad data when it cannot be read
   */
  Dataset<Row> read(SourceFiles files) {
    SourceMapping source = mapping.sources().get(files.source());
    Dataset<Row> typed =
        files.parquet()
            ? new ParquetRows(spark, hadoop, mapping, files, codes.get(files.source())).read()
            : text(files, source);
    for (Map.Entry<String, String> derived : source.derived().entrySet()) {
      typed = typed.select(col("*"), expr(derived.getValue()).as(derived.getKey()));
    }
    return typed;
  }

  private Dataset<Row> text(SourceFiles files, SourceMapping source) {
    TextHeaders headers = new TextHeaders(hadoop, mapping, files.source());
    List<RowLayout> layouts =
        files.files().stream().map(headers::layout).flatMap(Optional::stream).toList();
    StructType schema = new StructType();
    for (String name : source.columns().keySet()) {
      schema = schema.add(name, DataTypes.StringType);
    }
    schema =
        schema
            .add(MALFORMED, DataTypes.StringType)
            .add(FAULT, DataTypes.StringType)
            .add(FILE, DataTypes.StringType)
            .add(LINE, DataTypes.LongType)
            .add(KINDS, DataTypes.StringType);
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(layouts, tasks(layouts))
            .flatMap(new TextRows(new SerializableConfiguration(hadoop), source.csv()));
    Dataset<Row> texts = overTheCores(spark.createDataFrame(rows, schema), files, tasks(layouts));
    List<TypedValue> values = new ArrayList<>();
    for (Map.Entry<String, SourceColumn> column : source.columns().entrySet()) {
      String name = column.getKey();
      ValueTypes types =
          new ValueTypes(
              name, column.getValue(), source.csv(), codes.get(files.source()).contains(name));
      values.add(
          files.workbooks()
              ? new CellTypes(types, substring(col(KINDS), values.size() + 1, 1)).of(col(name))
              : types.ofText(col(name)));
    }
    return typed(texts, source, values);
  }

  /**
   * Spreads rows over the cores where few tasks read them: a delimited text and a row group of
   * Parquet cannot be split, and to convert and judge a row costs several times what reading it
   * does. By the line, so that a task that is repeated gets the same rows.
   *
   * @param readers tasks that read
   */
  static Dataset<Row> overTheCores(Dataset<Row> rows, SourceFiles files, int readers) {
    long bytes = files.files().stream().mapToLong(SourceFile::length).sum();
    int cores = rows.sparkSession().sparkContext().defaultParallelism();
    return readers >= cores || bytes < WORTH_SPREADING
        ? rows
        : rows.repartition((int) Math.max(cores, bytes / BYTES_OF_A_TASK), col(LINE));
  }

  /** Large files have a task each, many small ones share one. */
  private int tasks(List<RowLayout> layouts) {
    long bytes = layouts.stream().mapToLong(layout -> layout.file().length()).sum();
    long wanted = Math.max(bytes / BYTES_OF_A_TASK, spark.sparkContext().defaultParallelism());
    return (int) Math.max(Math.min(layouts.size(), wanted), 1);
  }

  /** The typed values beside what the file has. */
  static Dataset<Row> typed(Dataset<Row> rows, SourceMapping source, List<TypedValue> values) {
    List<Column> columns = new ArrayList<>();
    List<Column> raw = new ArrayList<>();
    int i = 0;
    for (String name : source.columns().keySet()) {
      columns.add(values.get(i).value().as(name));
      raw.add(rawText(source.columns().get(name), name, values.get(i).reason()).as(raw(name)));
      i++;
    }
    columns.addAll(raw);
    columns.add(all(values.stream().map(TypedValue::reason).toList()).as(UNREADABLE));
    columns.add(all(values.stream().map(TypedValue::note).toList()).as(NOTES));
    for (String name : List.of(MALFORMED, FAULT, FILE, LINE)) {
      columns.add(col(name));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /** A text that was not refused stands for itself. */
  private static Column rawText(SourceColumn column, String name, Column reason) {
    Column text = col(name).cast(DataTypes.StringType);
    return column.type().equals(DataTypes.StringType) ? when(reason.isNotNull(), text) : text;
  }

  /** Those that are not null; an array is only made where there is one. */
  static Column all(List<Column> reasons) {
    Column[] each = reasons.toArray(Column[]::new);
    return when(coalesce(each).isNotNull(), array_compact(array(each)))
        .otherwise(array().cast("array<string>"));
  }
}
