package com.posmodern.ai.job.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.ExtractedRows;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.source.jdbc.TablePlan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What the lake keeps of an extract, in {@code extract/<name>}: how far each table was read, and,
 * while a run is under way, its plan and the rows that are read and not yet written. These hold
 * personal data as the source tables do, and are removed when the run ends.
 */
final class ExtractFolder {
  /** After the name of a source: of all its rows the keys alone. */
  static final String KEYS = ".keys";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How far each source was read, by its name. */
  record State(Map<String, SourceState> sources) {
    static final State NONE = new State(Map.of());

    /** Once all rows of a plan are written. */
    State after(Plan plan) {
      Map<String, SourceState> after = new TreeMap<>(sources);
      plan.sources()
          .forEach(
              (source, each) ->
                  after.put(
                      source,
                      new SourceState(
                          each.digest(),
                          each.table().position(),
                          each.columns(),
                          plan.madeAt(),
                          plan.database())));
      return new State(after);
    }
  }

  /**
   * How far a source was read.
   *
   * @param digest of how its rows are read and converted
   * @param position of its watermark; empty without one
   * @param columns types of the table's columns by name
   * @param readAt when, in ISO 8601
   * @param database its {@link com.posmodern.ai.source.jdbc.Database#identity}; null in a file that
   *     was written before it was kept
   */
  record SourceState(
      String digest,
      String position,
      Map<String, String> columns,
      String readAt,
      String database) {}

  /**
   * A run that is under way.
   *
   * @param madeAt in ISO 8601
   * @param database as of {@link SourceState}
   * @param connections batches that are read together
   */
  record Plan(String madeAt, String database, int connections, Map<String, SourcePlan> sources) {}

  record SourcePlan(String digest, Map<String, String> columns, TablePlan table) {}

  private final Lake lake;
  private final String name;
  private final String folder;
  private final Configuration configuration;

  ExtractFolder(Lake lake, String name) {
    this.lake = lake;
    this.name = name;
    this.folder = lake.root() + "/" + ExtractedRows.FOLDER + "/" + name;
    this.configuration = lake.spark().sparkContext().hadoopConfiguration();
  }

  /** Work on the storage. */
  private interface Storage<T> {
    T of(NewFile files) throws IOException;
  }

  private <T> T files(Storage<T> work) {
    try {
      return work.of(new NewFile(configuration, folder));
    } catch (IOException e) {
      throw StorageErrors.explain(e, folder);
    }
  }

  State state() {
    return files(files -> files.read(ExtractedRows.STATE))
        .map(text -> read(text, State.class))
        .orElse(State.NONE);
  }

  Optional<Plan> plan() {
    return files(files -> files.read(ExtractedRows.PLAN)).map(text -> read(text, Plan.class));
  }

  void begin(Plan plan) {
    put(ExtractedRows.PLAN, text(plan));
  }

  /** The run has ended: its position counts, and its rows go. */
  void end(State state) {
    put(ExtractedRows.STATE, text(state));
    clear();
  }

  /** Removes what a run has read. */
  void clear() {
    ExtractedRows.clear(lake, name);
  }

  /** Where batches that are read together go. */
  String wave(String what, int number) {
    return "%s/%s/wave-%05d".formatted(folder, what, number);
  }

  /** All that was read, as the import's inputs name it; empty when there is no row. */
  Optional<String> rows(String what, String within) {
    Path pattern = new Path("%s/%s/wave-*%s".formatted(folder, what, within));
    try {
      // Each glob is one folder per wave; a wave without such rows has none.
      var found = pattern.getFileSystem(configuration).globStatus(pattern);
      return found == null || found.length == 0
          ? Optional.empty()
          : Optional.of(pattern.toString());
    } catch (IOException e) {
      throw StorageErrors.explain(e, folder);
    }
  }

  boolean isDone(String what, int number) {
    return files(files -> files.exists(marker(what, number)));
  }

  void done(String what, int number) {
    put(marker(what, number), "");
  }

  private static String marker(String what, int number) {
    return "done-%s-%05d".formatted(what, number);
  }

  private void put(String name, String text) {
    files(
        files -> {
          files.create(name, text);
          return name;
        });
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw PosException.badData(
          "the file is not as it was written: " + e.getOriginalMessage(),
          folder,
          "Remove the folder: all rows are read again.");
    }
  }
}
