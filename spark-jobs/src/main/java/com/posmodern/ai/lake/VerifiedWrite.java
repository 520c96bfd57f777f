package com.posmodern.ai.lake;

import java.util.List;
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
import org.apache.spark.sql.delta.commands.DMLUtils.TaggedCommitData;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * A write in Delta's two steps with a look between them: the files are written, their rows are
 * verified as they stand there, and only then the commit makes them visible. Who is killed before
 * leaves files that no reader knows of, for vacuum to take.
 *
 * <p>The same as {@code DataFrameWriter.save}, which leaves no room between the steps.
 */
final class VerifiedWrite {
  private VerifiedWrite() {}

  /**
   * Writes and commits.
   *
   * @param replaced condition of the rows that go; empty to append
   * @param verification of the files' rows, those that a file of a partly replaced partition kept
   *     included; what it throws stops the commit
   * @return what the verification gave
   */
  static long commit(
      SparkSession spark,
      String location,
      Dataset<Row> rows,
      Optional<String> replaced,
      ToLongFunction<Dataset<Row>> verification) {
    DeltaLog log = DeltaLog.forTable(spark, location);
    SaveMode mode = replaced.isPresent() ? SaveMode.Overwrite : SaveMode.Append;
    WriteIntoDelta write =
        new WriteIntoDelta(
            log,
            mode,
            new DeltaOptions(options(replaced), spark.sessionState().conf()),
            CollectionConverters.asScala(List.<String>of()).toSeq(),
            Map$.MODULE$.<String, String>empty(),
            rows,
            Option.empty(),
            Option.empty(),
            false);
    DeltaOperations.Operation operation =
        new DeltaOperations.Write(
            mode,
            Option.apply(CollectionConverters.asScala(List.<String>of()).toSeq()),
            OptionConverters.toScala(replaced),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty(),
            Option.empty());
    return log.<Long>withNewTransaction(
        Option.empty(),
        Option.empty(),
        transaction -> {
          TaggedCommitData<Action> written =
              write.writeAndReturnCommitData(transaction, spark, Option.empty(), false);
          long verified = verification.applyAsLong(added(log, transaction, written));
          transaction.commitIfNeeded(written.actions(), operation, written.stringTags());
          return verified;
        });
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

  /** Columns that the contract gained since the table was made come with the first rows of them. */
  @SuppressWarnings("unchecked") // of Scala's maps Java knows the raw type
  private static scala.collection.immutable.Map<String, String> options(Optional<String> replaced) {
    scala.collection.immutable.Map<String, String> options =
        Map$.MODULE$.<String, String>empty().updated("mergeSchema", "true");
    return replaced.isPresent() ? options.updated("replaceWhere", replaced.get()) : options;
  }
}
