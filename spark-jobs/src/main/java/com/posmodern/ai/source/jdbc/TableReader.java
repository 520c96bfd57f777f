package com.posmodern.ai.source.jdbc;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.Importer;
import com.posmodern.ai.source.imports.SourceColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads a table of a database by Spark's JDBC reader, only the columns that are needed. */
public final class TableReader {
  /** Column of the rows: whether a row counts as deleted. */
  public static final String REMOVED = "pos-removed";

  private final SparkSession spark;
  private final ExtractFile file;
  private final String source;
  private final SourceTable table;
  private final Map<String, String> options;
  private final StructType schema;

  private TableReader(
      SparkSession spark, ExtractFile file, String source, Map<String, String> options) {
    this.spark = spark;
    this.file = file;
    this.source = source;
    this.table = file.table(source);
    this.options = options;
    this.schema =
        explained(
            () ->
                spark
                    .read()
                    .format("jdbc")
                    .options(options)
                    .option("dbtable", table.table())
                    .load()
                    .schema());
  }

  /**
   * Looks at the table's columns.
   *
   * @param environment value of a variable; null when it is not set
   * @throws PosException usage when credentials are missing or wrong, bad data when there is no
   *     such table, infrastructure when the database does not answer
   */
  public static TableReader open(
      SparkSession session, ExtractFile file, String source, UnaryOperator<String> environment) {
    // A session of its own, as the importer's: what cannot be computed is null.
    SparkSession spark = session.newSession();
    spark.conf().set("spark.sql.ansi.enabled", "false");
    spark.conf().set("spark.sql.session.timeZone", "UTC");
    return new TableReader(spark, file, source, file.database().options(environment));
  }

  /** The table as messages name it. */
  public String place() {
    return file.mapping().origins().get(source);
  }

  /** The types of all columns, as Spark reads them, by name. */
  public Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      columns.put(field.name(), field.dataType().catalogString());
    }
    return columns;
  }

  /**
   * Compares the columns with those of the last run.
   *
   * @param known of the last run; empty at the first
   * @return what has changed and does no harm, for the person who watches
   * @throws PosException usage when a column of the file is not there at the first run; bad data
   *     when one that is read is gone or has another kind of type since
   */
  public List<String> drift(Map<String, String> known) {
    Set<String> read = new TreeSet<>();
    for (Map.Entry<String, SourceColumn> column :
        file.mapping().sources().get(source).columns().entrySet()) {
      Optional<String> found = found(schema.fieldNames(), column.getValue().from());
      Optional<String> former =
          found(known.keySet().toArray(String[]::new), column.getValue().from());
      if (found.isEmpty() && !column.getValue().optional()) {
        throw missing(
            "sources.%s.columns.%s".formatted(source, column.getKey()),
            String.join(" or ", column.getValue().from()),
            former.isPresent());
      }
      found.ifPresent(read::add);
    }
    table.watermark().ifPresent(w -> read.add(required(w.column(), "watermark.column", known)));
    table.batches().ifPresent(b -> read.add(required(b.column(), "batches.column", known)));
    return new ColumnDrift(place(), known, columns()).of(read);
  }

  private String required(String column, String key, Map<String, String> known) {
    return found(schema.fieldNames(), List.of(column))
        .orElseThrow(
            () ->
                missing(
                    "sources.%s.%s".formatted(source, key),
                    column,
                    found(known.keySet().toArray(String[]::new), List.of(column)).isPresent()));
  }

  private PosException missing(String key, String column, boolean vanished) {
    List<String> there = List.of(schema.fieldNames());
    return vanished
        ? PosException.badData(
            "column %s is gone; the table has %s".formatted(column, there),
            place(),
            "Bring it back, or correct %s in %s. The lake keeps what it has."
                .formatted(key, file.mapping().file()))
        : file.wrong(
            key,
            "there is no column %s in %s".formatted(column, place()),
            "The columns there are " + there + ".");
  }

  private static Optional<String> found(String[] names, List<String> spellings) {
    return spellings.stream()
        .flatMap(spelling -> Arrays.stream(names).filter(spelling::equalsIgnoreCase))
        .findFirst();
  }

  /**
   * Decides what is read.
   *
   * @param position where the last run ended; empty to read all rows
   * @param now a watermark after it is taken for wrong
   */
  public TablePlan plan(Optional<String> position, Instant now) {
    return new TablePlanner(file, source, this).plan(position, now);
  }

  /** How far the last run came, in words. */
  public static String shown(String position) {
    return Mark.parse(position).shown();
  }

  /**
   * The rows of some batches, a task and a connection for each: the columns that the file names,
   * and {@link #REMOVED}.
   */
  public Dataset<Row> rows(List<String> batches) {
    Set<String> names = new LinkedHashSet<>();
    file.mapping()
        .sources()
        .get(source)
        .columns()
        .values()
        .forEach(column -> found(schema.fieldNames(), column.from()).ifPresent(names::add));
    List<Column> columns = new ArrayList<>(names.stream().map(TableReader::column).toList());
    columns.add(removed().as(REMOVED));
    return gently(batches, read(batches).select(columns.toArray(Column[]::new)));
  }

  /** The columns that a table's primary key is made of, of rows that do not count as deleted. */
  public Dataset<Row> keys(List<String> batches) {
    Map<String, SourceColumn> columns = file.mapping().sources().get(source).columns();
    Set<String> names = new LinkedHashSet<>();
    for (Table target : file.targets(source)) {
      for (String name : Importer.columnsOfKey(spark, file.mapping(), target)) {
        found(schema.fieldNames(), columns.get(name).from()).ifPresent(names::add);
      }
    }
    return gently(
        batches,
        read(batches)
            .where(org.apache.spark.sql.functions.not(removed()))
            .select(names.stream().map(TableReader::column).toArray(Column[]::new)));
  }

  private Dataset<Row> read(List<String> batches) {
    return explained(
        () ->
            spark
                .read()
                .options(options)
                .jdbc(
                    file.database().url(),
                    table.table(),
                    batches.toArray(String[]::new),
                    new Properties()));
  }

  private Column removed() {
    return table
        .removed()
        .where()
        .map(sql -> coalesce(expr(sql).cast("boolean"), lit(false)))
        .orElse(lit(false));
  }

  private Dataset<Row> gently(List<String> batches, Dataset<Row> rows) {
    int limit = file.database().rowsPerSecond();
    return limit == 0
        ? rows
        : rows.mapPartitions(
            new Throttle((double) limit / batches.size()), Encoders.row(rows.schema()));
  }

  /**
   * Does what reads from the database, and explains its failures.
   *
   * @throws PosException see {@link #open}
   */
  public <T> T explained(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Exception e) {
      if (e instanceof AnalysisException wrong && table.removed().where().isPresent()) {
        throw file.wrong(
            "sources.%s.removed.where".formatted(source),
            String.valueOf(wrong.getMessage()),
            "The columns there are " + columns().keySet() + ".");
      }
      throw DatabaseErrors.explain(e, place());
    }
  }

  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  /** The first row of a query. */
  Row first(String sql) {
    return explained(
        () -> spark.read().format("jdbc").options(options).option("query", sql).load().head());
  }

  /** What a column's values are as marks. */
  Mark.Kind kind(String column) {
    return Mark.Kind.of(schema.apply(name(column)).dataType(), column, place());
  }

  private String name(String column) {
    return found(schema.fieldNames(), List.of(column)).orElseThrow();
  }

  /** A column's name in SQL. */
  String quoted(String column) {
    return JdbcDialects.get(file.database().url()).quoteIdentifier(name(column));
  }

  Dialect dialect() {
    return Dialect.of(file.database().url());
  }
}
