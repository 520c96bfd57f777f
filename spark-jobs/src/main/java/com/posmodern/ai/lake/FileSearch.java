package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Searches all files of a folder, whether or not a table's log refers to them: Parquet files
 * through Spark because they are compressed, all others as text.
 */
public final class FileSearch {
  private static final int FILES_AT_ONCE = 1000;

  private final SparkSession spark;

  public FileSearch(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The number of files searched, and the files with a match.
   *
   * @param files number of files searched
   * @param hits names of the files below the folder
   */
  public record Matches(long files, List<String> hits) {}

  /**
   * Searches every file below a folder; finds nothing when the folder does not exist.
   *
   * @param inRows Spark condition on a text made of a row's values that is true for a match
   * @param inText the same condition on a line of text
   */
  public Matches search(String folder, UnaryOperator<Column> inRows, Predicate<String> inText) {
    Set<String> hits = new TreeSet<>();
    List<String> all = files(folder);
    List<String> parquet = new ArrayList<>();
    for (String file : all) {
      if (file.endsWith(".parquet")) {
        parquet.add(file);
      } else if (hasLine(file, inText)) {
        hits.add(below(folder, file));
      }
    }
    for (int from = 0; from < parquet.size(); from += FILES_AT_ONCE) {
      List<String> some = parquet.subList(from, Math.min(from + FILES_AT_ONCE, parquet.size()));
      // Checkpoints of a log have different columns from the table's rows.
      for (List<String> alike :
          List.of(
              some.stream().filter(file -> !isOfLog(file)).toList(),
              some.stream().filter(FileSearch::isOfLog).toList())) {
        rowsWith(alike, inRows).forEach(file -> hits.add(below(folder, file)));
      }
    }
    return new Matches(all.size(), List.copyOf(hits));
  }

  private List<String> files(String folder) {
    List<String> found = new ArrayList<>();
    Path path = new Path(folder);
    try {
      RemoteIterator<LocatedFileStatus> files = system(path).listFiles(path, true);
      while (files.hasNext()) {
        LocatedFileStatus file = files.next();
        if (file.getLen() > 0 && !isChecksum(file.getPath().getName())) {
          found.add(file.getPath().toString());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw StorageErrors.explain(e, "listing " + folder);
    }
    return found;
  }

  /** Hadoop's binary checksum files; Delta's checksums are text and are searched. */
  private static boolean isChecksum(String name) {
    return name.startsWith(".") && name.endsWith(".crc");
  }

  private static boolean isOfLog(String file) {
    return file.contains("/_delta_log/");
  }

  private List<String> rowsWith(List<String> files, UnaryOperator<Column> inRows) {
    if (files.isEmpty()) {
      return List.of();
    }
    Dataset<Row> rows =
        spark
            .read()
            .option("mergeSchema", "true")
            // Folder names are not partition columns here, and may be inconsistent.
            .option("recursiveFileLookup", "true")
            .parquet(files.toArray(String[]::new));
    return rows.where(inRows.apply(concat_ws("\n", texts(rows))))
        .select(input_file_name())
        .distinct()
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** All columns as text: nested ones as JSON. */
  private static Column[] texts(Dataset<Row> rows) {
    return Stream.of(rows.schema().fields()).map(FileSearch::text).toArray(Column[]::new);
  }

  private static Column text(StructField field) {
    Column value = col("`" + field.name() + "`");
    return field.dataType() instanceof BinaryType || field.dataType() instanceof StringType
        ? value.cast(DataTypes.StringType)
        : to_json(struct(value));
  }

  private boolean hasLine(String file, Predicate<String> inText) {
    Path path = new Path(file);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(system(path).open(path), StandardCharsets.UTF_8))) {
      return lines.lines().anyMatch(inText);
    } catch (IOException e) {
      throw StorageErrors.explain(e, "reading " + file);
    }
  }

  private FileSystem system(Path path) throws IOException {
    return path.getFileSystem(spark.sessionState().newHadoopConf());
  }

  private static String below(String folder, String file) {
    int at = file.indexOf(folder.replaceFirst("^file:/+", "/"));
    return at < 0 ? file : file.substring(at + folder.length());
  }
}
