package com.posmodern.ai.publish.bi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.publish.PublishedTable;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The Parquet files that hold a table's rows of one publication, one address per line.
 *
 * <p>Delta's own {@code generate("symlink_format_manifest")} overwrites the manifest with the
 * newest state: readers would see tables change one after another, and switching back would be
 * impossible. This manifest is of exactly the published version and is kept next to those of other
 * publications.
 */
final class Manifest {
  /** Table features with which the files alone do not determine the rows. */
  private static final Set<String> UNREADABLE = Set.of("deletionVectors", "columnMapping");

  private Manifest() {}

  /**
   * The manifest's text.
   *
   * @param rows the published rows of the table, read through Delta
   * @throws PosException bad data when the files alone do not determine the rows
   */
  static String of(Lake lake, PublishedTable published, Dataset<Row> rows) {
    Table table = published.table();
    requirePlainFiles(lake, table);
    List<Row> files =
        rows.groupBy(col("_metadata.file_path").as("file"))
            .agg(count(lit(1)).as("rows"))
            .orderBy("file")
            .collectAsList();
    long found = files.stream().mapToLong(file -> file.getLong(1)).sum();
    if (found != published.rows()) {
      throw PosException.badData(
          "the files of version %d contain %,d rows, but the publication %,d"
              .formatted(published.deltaVersion(), found, published.rows()),
          table.toString(),
          "Publish again.");
    }
    StringBuilder text = new StringBuilder();
    files.forEach(file -> text.append(address(file.getString(0))).append('\n'));
    return text.toString();
  }

  private static void requirePlainFiles(Lake lake, Table table) {
    Set<String> found = new TreeSet<>(lake.features(table));
    found.retainAll(UNREADABLE);
    if (!found.isEmpty()) {
      throw PosException.badData(
          "the table has %s: Spectrum and other readers of its files would see wrong rows"
              .formatted(found),
          table + " at " + lake.location(table),
          "Rewrite the table without it; the properties delta.enableDeletionVectors=false and"
              + " delta.columnMapping.mode=none prevent it.");
    }
  }

  /**
   * Spark returns an encoded URI; readers of the catalog need the plain key, with s3 instead of
   * s3a.
   */
  static String address(String uri) {
    return new Path(URI.create(uri)).toString().replaceFirst("^s3a:", "s3:");
  }
}
