package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Columns;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * The files of a table's version as the checksum beside the commit lists them, which Delta writes
 * while they are few (<code>spark.databricks.delta.allFilesInCrc.thresholdNumFiles</code>).
 *
 * <p>Without them Delta puts the log together by a Spark query of its own, and asks it again for
 * every table of every query: on small tables that is most of a night's planning. What is lost is
 * that files are skipped by the statistics of their columns, and that a plan begins with the size
 * of the wanted date only: it is mended when the date has been read.
 */
final class ListedFiles {
  private final Snapshot snapshot;
  private final Seq<AddFile> files;

  private ListedFiles(Snapshot snapshot, Seq<AddFile> files) {
    this.snapshot = snapshot;
    this.files = files;
  }

  /**
   * None when there are many files, when another program wrote the version without a list, or one
   * was killed, or has not come yet, between the commit and its list.
   */
  static Optional<ListedFiles> of(Snapshot snapshot) {
    return OptionConverters.toJava(snapshot.checksumOpt())
        .flatMap(
            checksum ->
                OptionConverters.toJava(checksum.allFiles())
                    .filter(files -> files.size() == checksum.numFiles()))
        .map(files -> new ListedFiles(snapshot, files));
  }

  Dataset<Row> rows() {
    return snapshot.deltaLog().createDataFrame(snapshot, files, false, Option.empty());
  }

  /**
   * Rows by the files' statistics.
   *
   * @param asOf the as-of date whose rows are counted; empty for all
   * @return none when a file has no statistics, or the table no partition per as-of date
   */
  Optional<Long> count(Optional<LocalDate> asOf) {
    long rows = 0;
    for (AddFile file : CollectionConverters.asJava(files)) {
      Optional<String> date =
          OptionConverters.toJava(file.partitionValues().get(Columns.AS_OF_DATE));
      if ((asOf.isPresent() && date.isEmpty()) || file.numLogicalRecords().isEmpty()) {
        return Optional.empty();
      }
      if (asOf.isEmpty() || date.get().equals(asOf.get().toString())) {
        rows += (Long) file.numLogicalRecords().get();
      }
    }
    return Optional.of(rows);
  }
}
