package com.posmodern.ai.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Files that came to a table, or went from it, with changed data between a former version and this
 * one: joined files are no change.
 */
final class LogChanges {
  private static final String GONE = "its log no longer reaches back to the last time";

  private final SparkSession spark;
  private final Snapshot snapshot;
  private final Map<String, AddFile> added = new LinkedHashMap<>();
  private final Map<String, AddFile> removed = new LinkedHashMap<>();

  LogChanges(SparkSession spark, Snapshot snapshot) {
    this.spark = spark;
    this.snapshot = snapshot;
  }

  /**
   * Their rows.
   *
   * @param place of the former version, as {@link TableLog#place} tells it
   */
  TableChanges since(String place) {
    String[] parts = place.split("@", -1);
    if (parts.length != 2 || !parts[0].equals(snapshot.metadata().id())) {
      return TableChanges.unknown("it is another table than last time");
    }
    long former = Long.parseLong(parts[1]);
    if (former > snapshot.version()) {
      return TableChanges.unknown("it is older than last time");
    }
    Optional<String> unknown = follow(former);
    if (unknown.isPresent()) {
      return TableChanges.unknown(unknown.get());
    }
    if (added.isEmpty() && removed.isEmpty()) {
      return TableChanges.NONE;
    }
    return Stream.concat(added.keySet().stream(), removed.keySet().stream()).allMatch(this::isThere)
        ? TableChanges.of(rows(added.values()), rows(removed.values()))
        : TableChanges.unknown("files of former rows are gone");
  }

  /** Follows the commits after the former version; gives why they do not tell what changed. */
  private Optional<String> follow(long former) {
    long at = former;
    if (at < snapshot.version()) {
      Iterator<Tuple2<Object, Seq<Action>>> commits =
          CollectionConverters.asJava(
              snapshot.deltaLog().getChanges(at + 1, snapshot.version(), Option.empty(), false));
      while (commits.hasNext()) {
        Tuple2<Object, Seq<Action>> commit = commits.next();
        at++;
        if ((Long) commit._1() != at) {
          return Optional.of(GONE);
        }
        for (Action action : CollectionConverters.asJava(commit._2())) {
          Optional<String> unknown = follow(action);
          if (unknown.isPresent()) {
            return unknown;
          }
        }
      }
    }
    return at == snapshot.version() ? Optional.empty() : Optional.of(GONE);
  }

  private Optional<String> follow(Action action) {
    if (action instanceof AddFile file && file.dataChange()) {
      if (file.deletionVector() != null) {
        return Optional.of("rows are deleted by vectors");
      }
      added.put(file.path(), file);
    } else if (action instanceof RemoveFile file && file.dataChange()) {
      if (file.deletionVector() != null || file.size().isEmpty()) {
        return Optional.of("the log does not tell which rows went");
      }
      if (added.remove(file.path()) == null) {
        removed.put(file.path(), asAdded(file));
      }
    }
    return Optional.empty();
  }

  private static AddFile asAdded(RemoveFile file) {
    return new AddFile(
        file.path(),
        file.partitionValues() == null ? Map$.MODULE$.empty() : file.partitionValues(),
        (Long) file.size().get(),
        0,
        true,
        null,
        null,
        null,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  private boolean isThere(String file) {
    Path table = snapshot.deltaLog().dataPath();
    Path path = new Path(URI.create(file));
    try {
      return table
          .getFileSystem(spark.sessionState().newHadoopConf())
          .exists(path.isAbsolute() ? path : new Path(table, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Dataset<Row> rows(Collection<AddFile> files) {
    return snapshot
        .deltaLog()
        .createDataFrame(
            snapshot, CollectionConverters.asScala(files).toSeq(), false, Option.empty());
  }
}
