package com.posmodern.ai.lake;

import io.delta.exceptions.MetadataChangedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.DummySnapshot;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.commands.DMLUtils.TaggedCommitData;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * A write in Delta's two steps with a check between them: the files are written, the rows in them
 * are verified, and only then does the commit make them visible. A process that is killed before
 * the commit leaves files that no reader sees and that vacuum removes.
 *
 * <p>{@code DataFrameWriter.save} does the same without a way to check in between, and without a
 * description of a table that it creates.
 */
final class VerifiedWrite {
  private VerifiedWrite() {}

  /**
   * What becomes of the rows that are there.
   *
   * @param replaced condition of the rows that go; empty when all go or none
   * @param whole all go
   * @param otherSchema the columns and partitions are those of the new rows
   * @param note kept with the commit, for {@link TableLog#note}
   */
  record Change(
      Optional<String> replaced, boolean whole, boolean otherSchema, Optional<String> note) {
    static final Change APPEND = new Change(Optional.empty(), false, false, Optional.empty());

    static final Change WHOLE = new Change(Optional.empty(), true, false, Optional.empty());
    static final Change WHOLE_AND_SCHEMA =
        new Change(Optional.empty(), true, true, Optional.empty());

    static Change replacing(String condition) {
      return new Change(Optional.of(condition), false, false, Optional.empty());
    }

    Change with(Optional<String> text) {
      return new Change(replaced, whole, otherSchema, text);
    }

    SaveMode mode() {
      return whole || replaced.isPresent() ? SaveMode.Overwrite : SaveMode.Append;
    }
  }

  /**
   * Writes and commits to a table that exists.
   *
   * @param verification of the files' rows, those that a file of a partly replaced partition kept
   *     included; what it throws stops the commit
   * @return what the verification gave
   */
  static long commit(
      SparkSession spark,
      String location,
      Dataset<Row> rows,
      Change change,
      ToLongFunction<Dataset<Row>> verification) {
    return commit(spark, location, rows, List.of(), Map.of(), change, verification);
  }

  /**
   * Makes a table with its first rows, in one commit.
   *
   * @param properties of the table; {@code comment} is its description
   * @param note as of {@link Change}
   * @param verification as above
   * @return what the verification gave
   * @throws io.delta.exceptions.DeltaConcurrentModificationException when another process makes the
   *     table at the same time
   */
  static long create(
      SparkSession spark,
      String location,
      Dataset<Row> rows,
      List<String> partitions,
      Map<String, String> properties,
      Optional<String> note,
      ToLongFunction<Dataset<Row>> verification) {
    DeltaLog log = DeltaLog.forTable(spark, location);
    if (log.update(false, Option.empty(), Option.empty()).version() >= 0) {
      throw new MetadataChangedException(location + " was made by another process");
    }
    return commit(
        spark, location, rows, partitions, properties, Change.APPEND.with(note), verification);
  }

  private static long commit(
      SparkSession spark,
      String location,
      Dataset<Row> rows,
      List<String> partitions,
      Map<String, String> properties,
      Change change,
      ToLongFunction<Dataset<Row>> verification) {
    DeltaLog log = DeltaLog.forTable(spark, location);
    SaveMode mode = change.mode();
    Seq<String> partitionColumns = CollectionConverters.asScala(partitions).toSeq();
    WriteIntoDelta write =
        new WriteIntoDelta(
            log,
            mode,
            new DeltaOptions(options(change), spark.sessionState().conf()),
            partitionColumns,
            scala.collection.immutable.Map.from(CollectionConverters.asScala(properties)),
            rows,
            Option.empty(),
            Option.empty(),
            false);
    DeltaOperations.Operation operation =
        new DeltaOperations.Write(
            mode,
            Option.apply(partitionColumns),
            OptionConverters.toScala(change.replaced()),
            OptionConverters.toScala(change.note()),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty());
    return log.<Long>withNewTransaction(
        Option.empty(),
        Option.empty(),
        transaction -> {
          if (change.otherSchema()) {
            // The option to overwrite a schema leaves the partitions of the former one.
            transaction.updateMetadataForTableOverwrite(
                with(transaction.metadata(), rows.schema(), partitionColumns));
          }
          TaggedCommitData<Action> written =
              write.writeAndReturnCommitData(transaction, spark, Option.empty(), false);
          long verified = verification.applyAsLong(added(log, transaction, written));
          if (change.note().isPresent()) {
            // Without a row that changed, too: the note is news.
            transaction.commit(written.actions(), operation, written.stringTags());
          } else {
            transaction.commitIfNeeded(written.actions(), operation, written.stringTags());
          }
          return verified;
        });
  }

  private static Metadata with(Metadata former, StructType schema, Seq<String> partitions) {
    return former.copy(
        former.id(),
        former.name(),
        former.description(),
        former.format(),
        schema.asNullable().json(),
        partitions,
        former.configuration(),
        former.createdTime());
  }

  private static Dataset<Row> added(
      DeltaLog log, OptimisticTransaction transaction, TaggedCommitData<Action> written) {
    List<AddFile> files =
        CollectionConverters.asJava(written.actions()).stream()
            .filter(AddFile.class::isInstance)
            .map(AddFile.class::cast)
            .toList();
    // The transaction's columns, of which the table may have fewer as yet.
    Snapshot columns =
        new DummySnapshot(
            log.logPath(),
            log,
            transaction.metadata(),
            Option.empty(),
            Option.apply(transaction.protocol()));
    return log.createDataFrame(
        columns, CollectionConverters.asScala(files).toSeq(), false, Option.empty());
  }

  /** Columns that the contract gained after the table was created are added by the write. */
  @SuppressWarnings("unchecked") // of Scala's maps Java knows the raw type
  private static scala.collection.immutable.Map<String, String> options(Change change) {
    scala.collection.immutable.Map<String, String> options =
        Map$.MODULE$.<String, String>empty().updated("mergeSchema", "true");
    return change.replaced().isPresent()
        ? options.updated("replaceWhere", change.replaced().get())
        : options;
  }
}
