package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_url_decode;
import static org.apache.spark.sql.functions.url_decode;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.error.PosException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** Reads Parquet files: they have types of their own, but those of the mapping decide. */
final class ParquetRows {
  private static final String PATH = "_metadata.file_path";
  private static final int LONGEST = Integer.MAX_VALUE;

  private final SparkSession spark;
  private final Configuration hadoop;
  private final ImportMapping mapping;
  private final SourceFiles files;
  private final SourceMapping source;
  private final Set<String> codes;

  ParquetRows(
      SparkSession spark,
      Configuration hadoop,
      ImportMapping mapping,
      SourceFiles files,
      Set<String> codes) {
    this.spark = spark;
    this.hadoop = hadoop;
    this.mapping = mapping;
    this.files = files;
    this.source = mapping.sources().get(files.source());
    this.codes = codes;
  }

  Dataset<Row> read() {
    Dataset<Row> rows = merged();
    StructField[] fields = rows.schema().fields();
    RowLayout layout =
        new ColumnFinder(mapping, files.source(), files.input())
            .layout(files.files().get(0), List.of(rows.columns()));
    List<Column> found = new ArrayList<>();
    List<TypedValue> values = new ArrayList<>();
    Column contradiction = ValueTypes.none();
    int i = 0;
    for (Map.Entry<String, SourceColumn> column : source.columns().entrySet()) {
      String folder = layout.folderValues().get(i);
      int position = layout.positions().get(i++);
      Column value =
          position >= 0
              ? col(quoted(fields[position].name()))
              : position == RowLayout.FOLDER ? folderValue(column.getValue()) : ValueTypes.none();
      DataType type = position >= 0 ? fields[position].dataType() : DataTypes.StringType;
      Column given = given(value, type);
      found.add(given.as(column.getKey()));
      values.add(typed(column.getKey(), column.getValue(), type, fields, position));
      if (position >= 0 && folder != null) {
        contradiction = coalesce(contradiction, contradiction(given, column.getValue()));
      }
    }
    found.add(ValueTypes.none().as(SourceReader.MALFORMED));
    found.add(contradiction.as(SourceReader.FAULT));
    String origin = mapping.origins().get(files.source());
    found.add((origin == null ? fileName() : lit(origin)).as(SourceReader.FILE));
    found.add(col("_metadata.row_index").plus(1).as(SourceReader.LINE));
    Dataset<Row> texts =
        SourceReader.overTheCores(
            rows.select(found.toArray(Column[]::new)), files, rows.rdd().getNumPartitions());
    return SourceReader.typed(texts, source, values);
  }

  private Dataset<Row> merged() {
    try {
      return spark
          .read()
          .option("mergeSchema", "true")
          .parquet(
              files.files().stream()
                  .map(file -> SourceFiles.literally(file.path()))
                  .toArray(String[]::new));
    } catch (Exception e) {
      if (String.valueOf(e.getMessage()).contains("CANNOT_MERGE_SCHEMAS")) {
        requireOneTypeOfEachColumn();
      }
      throw e;
    }
  }

  /** Spark does not say which files and columns differ. */
  private void requireOneTypeOfEachColumn() {
    Map<String, DataType> types = new HashMap<>();
    Map<String, String> places = new HashMap<>();
    for (SourceFile file : files.files()) {
      for (StructField field :
          spark.read().parquet(SourceFiles.literally(file.path())).schema().fields()) {
        DataType former = types.putIfAbsent(field.name(), field.dataType());
        String place = places.putIfAbsent(field.name(), file.name());
        if (former != null && !former.equals(field.dataType())) {
          throw PosException.badData(
              "column %s is %s here and %s in %s"
                  .formatted(
                      field.name(),
                      field.dataType().catalogString(),
                      former.catalogString(),
                      place),
              file.name(),
              "Write one of them again, or import one after the other with --merge.");
        }
      }
    }
  }

  private Column given(Column value, DataType type) {
    if (type instanceof StringType) {
      // A quick test first: few values need trimming, and the full search is expensive.
      Column stripped =
          when(isPlain(substring(value, 1, 1)).and(isPlain(substring(value, -1, 1))), value)
              .otherwise(trim(value, Invisible.AROUND));
      Column none = stripped.equalTo("");
      if (!source.csv().nullWords().isEmpty()) {
        none = none.or(stripped.isin(source.csv().nullWords().toArray()));
      }
      return when(none, lit(null)).otherwise(stripped);
    }
    return type.equals(DataTypes.BinaryType) ? value.cast(DataTypes.StringType) : value;
  }

  /** Whether a character is ASCII and seen. */
  private static Column isPlain(Column character) {
    return character.geq("!").and(character.leq("~"));
  }

  private TypedValue typed(
      String name, SourceColumn column, DataType type, StructField[] fields, int position) {
    ValueTypes types = new ValueTypes(name, column, source.csv(), codes.contains(name));
    Column value = col(name);
    boolean moment =
        column.type().equals(DataTypes.TimestampType) || column.type().equals(DataTypes.DateType);
    if (type instanceof StringType || type.equals(DataTypes.BinaryType)) {
      // Bytes that are no UTF-8 become U+FFFD, which a text is refused for.
      return types.ofText(value);
    }
    if (type instanceof NumericType && !moment) {
      return types.ofNumber(value, type);
    }
    if (moment && type.equals(DataTypes.LongType)) {
      ParquetNanoseconds nanoseconds =
          ParquetNanoseconds.of(hadoop, files, fields[position].name());
      if (nanoseconds.isTimestamp()) {
        return new MomentTypes(name, column)
            .ofParquet(ParquetNanoseconds.micros(name), nanoseconds.type());
      }
    }
    if (moment
        && (type.equals(DataTypes.TimestampType)
            || type.equals(DataTypes.TimestampNTZType)
            || type.equals(DataTypes.DateType))) {
      return new MomentTypes(name, column).ofParquet(value, type);
    }
    boolean plain =
        type.equals(DataTypes.BooleanType)
            || type.equals(DataTypes.DateType)
            || type.equals(DataTypes.TimestampType)
            || type.equals(DataTypes.TimestampNTZType);
    if (plain && (column.type().equals(DataTypes.StringType) || type.equals(column.type()))) {
      return types.ofText(value.cast(DataTypes.StringType));
    }
    throw mapping.wrong(
        "sources.%s.columns.%s.type".formatted(files.source(), name),
        "the file has column %s as %s, which is no %s"
            .formatted(
                fields[position].name(), type.catalogString(), column.type().catalogString()),
        moment && type instanceof NumericType
            ? "Read it as bigint and derive the time, as timestamp_millis(%s).".formatted(name)
            : "Correct the type, or write the file again.");
  }

  /** As {@link SourceFile#name} writes it: Spark's has blanks and accents as %20 and the like. */
  private static Column fileName() {
    // Every row has a path, and few need decoding.
    Column path =
        when(col(PATH).contains("%"), expr("url_decode(replace(" + PATH + ", '+', '%2B'))"))
            .otherwise(col(PATH));
    int root = "file://".length();
    return when(path.startsWith("file:///"), concat(lit("file:"), path.substr(root + 1, LONGEST)))
        .otherwise(path);
  }

  private Column folderValue(SourceColumn column) {
    for (SourceFile file : files.files()) {
      if (!file.folders().keySet().equals(files.files().get(0).folders().keySet())) {
        throw mapping.wrong(
            "sources." + files.source(),
            "the folders of %s and %s have other keys"
                .formatted(files.files().get(0).name(), file.name()),
            "Select one kind with a glob.");
      }
    }
    String prefix = ColumnFinder.folder(column, files.files().get(0).folders()) + "=";
    Column names =
        transform(
            split(col("_metadata.file_path"), "/"),
            name -> url_decode(replace(name, lit("+"), lit("%2B"))));
    // The innermost counts, as for files of text.
    Column text =
        substring(
            element_at(filter(names, name -> name.startsWith(prefix)), -1),
            prefix.length() + 1,
            Integer.MAX_VALUE);
    // Hive writes a slash or a colon of a value as %2F or %3A.
    Column value = coalesce(try_url_decode(replace(text, lit("+"), lit("%2B"))), text);
    return when(value.equalTo("__HIVE_DEFAULT_PARTITION__"), lit(null)).otherwise(value);
  }

  /** As {@link RowLayout#contradictsFolder}. */
  private Column contradiction(Column given, SourceColumn column) {
    Column folder = folderValue(column);
    Column text = given.cast(DataTypes.StringType);
    Column same =
        coalesce(
            text.equalTo(folder).or(text.try_cast("double").equalTo(folder.try_cast("double"))),
            text.equalTo(folder),
            lit(false));
    return when(folder.isNotNull().and(not(same)), lit(RowLayout.FOLDER_SAYS_OTHERWISE));
  }

  private static String quoted(String field) {
    return "`" + field.replace("`", "``") + "`";
  }
}
