package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Columns;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.TableFeature;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * A table's log at its newest version. With {@link LogChanges} and {@link VerifiedWrite} the only
 * classes that use Delta's internal API, so that another Delta version changes these three only.
 * Each method has a test.
 */
final class TableLog {
  private static final int NOTES_BACK = 50;

  private final SparkSession spark;
  private final Snapshot snapshot;

  private TableLog(SparkSession spark, Snapshot snapshot) {
    this.spark = spark;
    this.snapshot = snapshot;
  }

  /** The newest version in storage, bypassing Delta's cache: other processes commit, too. */
  static TableLog newest(SparkSession spark, String location) {
    return new TableLog(spark, DeltaLog.forTableWithSnapshot(spark, location)._2());
  }

  /** Makes Delta read the log again after its files were changed directly. */
  static void forget(SparkSession spark, String location) {
    DeltaLog.invalidateCache(spark, new Path(location));
  }

  /** -1 for a log without a commit. */
  long version() {
    return snapshot.version();
  }

  Map<String, String> properties() {
    return CollectionConverters.asJava(snapshot.metadata().configuration());
  }

  StructType schema() {
    return snapshot.schema();
  }

  /** Includes the features implied by an older protocol version, which does not list them. */
  Set<String> features() {
    return CollectionConverters.asJava(
            snapshot.protocol().implicitlyAndExplicitlySupportedFeatures())
        .stream()
        .map(TableFeature::name)
        .collect(Collectors.toSet());
  }

  /** The clock by which Delta determines the age of files. */
  long clockMillis() {
    return snapshot.deltaLog().clock().getTimeMillis();
  }

  /** Writes a checkpoint of the version. */
  void checkpoint() {
    snapshot.deltaLog().checkpoint(snapshot, Option.empty());
  }

  /**
   * The rows of this version: from the list of its files if there is one, else from the log.
   * Reading from the log is marked as time travel, because Delta would otherwise read the newest
   * version at query time; a list of files never changes.
   */
  Dataset<Row> rows() {
    DeltaLog log = snapshot.deltaLog();
    return listed()
        .map(files -> log.createDataFrame(snapshot, files, false, Option.empty()))
        .orElseGet(
            () ->
                spark.baseRelationToDataFrame(
                    log.createRelation(
                        log.createRelation$default$1(),
                        Option.apply(snapshot),
                        Option.empty(),
                        true)));
  }

  /**
   * The files of the version as the checksum beside the commit lists them, which Delta writes while
   * they are few (<code>spark.databricks.delta.allFilesInCrc.thresholdNumFiles</code>).
   *
   * <p>Without this list Delta reconstructs the log with a Spark query of its own, and repeats it
   * for every table of every query: on small tables that is most of the planning time of a night.
   * The drawback is that files are not skipped by column statistics, and that a plan begins with
   * the size of the whole table instead of the requested date; adaptive execution corrects it once
   * the date has been read.
   *
   * @return empty when there are many files, when another program wrote the version without a list,
   *     or when the writer was killed, or has not finished, between the commit and its list
   */
  private Optional<Seq<AddFile>> listed() {
    return OptionConverters.toJava(snapshot.checksumOpt())
        .flatMap(
            checksum ->
                OptionConverters.toJava(checksum.allFiles())
                    .filter(files -> files.size() == checksum.numFiles()));
  }

  /**
   * The text that the last write with one left in the log ({@link VerifiedWrite.Change}); joined
   * files and changed properties after it do not matter.
   *
   * @return empty when there is none in the last {@value #NOTES_BACK} commits, or in what is left
   *     of the log
   */
  Optional<String> note() {
    DeltaLog log = snapshot.deltaLog();
    for (long at = version(); at >= 0 && at > version() - NOTES_BACK; at--) {
      scala.collection.Iterator<Tuple2<Object, Seq<Action>>> commit =
          log.getChanges(at, at, Option.empty(), false);
      if (!commit.hasNext()) {
        return Optional.empty();
      }
      List<Action> actions = List.copyOf(CollectionConverters.asJava(commit.next()._2()));
      Optional<String> note =
          actions.stream()
              .filter(CommitInfo.class::isInstance)
              .flatMap(info -> OptionConverters.toJava(((CommitInfo) info).userMetadata()).stream())
              .findFirst();
      if (note.isPresent() || actions.stream().anyMatch(TableLog::changesRows)) {
        return note;
      }
    }
    return Optional.empty();
  }

  private static boolean changesRows(Action action) {
    return (action instanceof AddFile added && added.dataChange())
        || (action instanceof RemoveFile removed && removed.dataChange());
  }

  /** The table's id and version, as {@link Standing#sources} keeps it. */
  String place() {
    return snapshot.metadata().id() + "@" + version();
  }

  /**
   * The rows of files that came or went with changed data since a former version: joined files are
   * no change.
   *
   * @param place of the former version
   */
  TableChanges since(String place) {
    return new LogChanges(spark, snapshot).since(place);
  }

  boolean listsItsFiles() {
    return listed().isPresent();
  }

  /**
   * Number of rows from the files' statistics.
   *
   * @param asOf the as-of date whose rows are counted; empty for all
   * @return empty when the files are not listed, when one has no statistics, or when the table has
   *     no partition per as-of date
   */
  Optional<Long> listedRows(Optional<LocalDate> asOf) {
    return ofDate(asOf)
        .filter(files -> files.stream().allMatch(file -> file.numLogicalRecords().isDefined()))
        .map(files -> files.stream().mapToLong(f -> (Long) f.numLogicalRecords().get()).sum());
  }

  /**
   * Compressed size of the files that hold the rows, in bytes.
   *
   * @return empty when the files are not listed, or the table has no partition per as-of date
   */
  Optional<Long> listedBytes(Optional<LocalDate> asOf) {
    return ofDate(asOf).map(files -> files.stream().mapToLong(AddFile::size).sum());
  }

  private Optional<List<AddFile>> ofDate(Optional<LocalDate> asOf) {
    Optional<Collection<AddFile>> all = listed().map(CollectionConverters::asJavaCollection);
    if (asOf.isEmpty()) {
      return all.map(List::copyOf);
    }
    return all.filter(files -> files.stream().allMatch(file -> date(file).isPresent()))
        .map(
            files ->
                files.stream()
                    .filter(file -> date(file).get().equals(asOf.get().toString()))
                    .toList());
  }

  private static Optional<String> date(AddFile file) {
    return OptionConverters.toJava(file.partitionValues().get(Columns.AS_OF_DATE));
  }
}
