package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.DELTA_VERSION;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PUBLICATION_ID;
import static com.posmodern.ai.contract.Columns.READER;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.ROWS;
import static com.posmodern.ai.contract.Columns.RUN_ID;
import static com.posmodern.ai.contract.Columns.SKILL;
import static com.posmodern.ai.contract.Columns.SWITCHED_AT;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static com.posmodern.ai.contract.Columns.VERDICT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedRows;
import com.posmodern.ai.publish.PublishedTable;
import com.posmodern.ai.publish.ReaderTarget;
import com.posmodern.ai.publish.bi.LakeTarget;
import com.posmodern.ai.publish.postgres.PostgresTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The publications recorded in {@code ops.publications}, and the targets enabled in the settings.
 */
public final class PublicationStore {
  private final Lake lake;
  private final Settings settings;

  public PublicationStore(Lake lake, Settings settings) {
    this.lake = lake;
    this.settings = settings;
  }

  /** The till first: the target most likely to fail comes before anything is visible. */
  public List<ReaderTarget> targets() {
    List<ReaderTarget> targets = new ArrayList<>();
    PublishedRows rows = new PublishedRows(lake);
    if (settings.publish().postgres().enabled()) {
      targets.add(new PostgresTarget(settings.publish().postgres(), rows, this::find));
    }
    targets.add(new LakeTarget(lake, settings.publish().bi(), rows));
    return targets;
  }

  public Optional<Publication> find(String id) {
    return ledger()
        .map(rows -> publications(rows.where(col(PUBLICATION_ID).equalTo(id))))
        .flatMap(found -> found.stream().findFirst());
  }

  /** The newest publications, newest first. */
  public List<Publication> newest(int most) {
    return ledger()
        .map(
            rows ->
                publications(
                    rows.join(
                        rows.select(PUBLICATION_ID)
                            .distinct()
                            .orderBy(col(PUBLICATION_ID).desc())
                            .limit(most),
                        PUBLICATION_ID)))
        .orElse(List.of());
  }

  /**
   * Which readers see which publication, as stored on their side: id → their names, separated by
   * commas.
   */
  public Map<String, String> seen() {
    Map<String, String> seen = new TreeMap<>();
    for (ReaderTarget target : targets()) {
      target
          .visible()
          .ifPresent(id -> seen.merge(id, target.reader(), (one, two) -> one + ", " + two));
    }
    return seen;
  }

  private Optional<Dataset<Row>> ledger() {
    return lake.exists(Table.PUBLICATIONS)
        ? Optional.of(lake.read(Table.PUBLICATIONS))
        : Optional.empty();
  }

  private static List<Publication> publications(Dataset<Row> rows) {
    Map<String, List<Row>> byId =
        rows
            .select(
                PUBLICATION_ID,
                AS_OF_DATE,
                TABLE_NAME,
                DELTA_VERSION,
                ROWS,
                MODEL_VERSION,
                VERDICT,
                SKILL)
            .collectAsList()
            .stream()
            .collect(
                Collectors.groupingBy(row -> row.getString(0), TreeMap::new, Collectors.toList()));
    List<Publication> found = new ArrayList<>();
    byId.forEach(
        (id, tables) ->
            found.add(
                0,
                new Publication(
                    id,
                    tables.get(0).getDate(1).toLocalDate(),
                    tables.stream().map(PublicationStore::table).toList())));
    return found;
  }

  private static PublishedTable table(Row row) {
    return new PublishedTable(
        Table.named(row.getString(2)).orElseThrow(),
        row.getLong(3),
        row.getLong(4),
        Optional.ofNullable(row.getString(5)),
        Optional.ofNullable(row.getString(6)),
        row.isNullAt(7) ? Optional.empty() : Optional.of(row.getDouble(7)));
  }

  /** The rows of {@code ops.publications} for a publication. */
  public Dataset<Row> record(Publication publication) {
    RowsOf rows =
        new RowsOf(
            Table.PUBLICATIONS,
            List.of(
                PUBLICATION_ID, TABLE_NAME, DELTA_VERSION, ROWS, MODEL_VERSION, VERDICT, SKILL));
    for (PublishedTable table : publication.tables()) {
      rows.add(
          publication.id(),
          table.table().tableName(),
          table.deltaVersion(),
          table.rows(),
          table.modelVersion().orElse(null),
          table.verdict().orElse(null),
          table.skill().orElse(null));
    }
    return rows.dataset(lake.spark());
  }

  /** Switches every reader to a publication; the ledger records the readers that were switched. */
  public void show(
      Publication publication,
      List<ReaderTarget> targets,
      Consumer<String> step,
      Consumer<List<String>> record) {
    List<String> reached = new ArrayList<>();
    try {
      for (ReaderTarget target : targets) {
        lake.requireWriter();
        target.show(publication);
        reached.add(target.reader());
        step.accept("%s sees publication %s".formatted(target.reader(), publication.id()));
      }
    } finally {
      if (!reached.isEmpty()) {
        record.accept(reached);
      }
    }
  }

  /** The rows of {@code ops.publication_switches} for the switches just made. */
  public Dataset<Row> switched(
      Publication publication, List<String> readers, String runId, String reason) {
    RowsOf rows =
        new RowsOf(Table.PUBLICATION_SWITCHES, List.of(PUBLICATION_ID, READER, RUN_ID, REASON));
    readers.forEach(reader -> rows.add(publication.id(), reader, runId, reason));
    return rows.dataset(lake.spark()).withColumn(SWITCHED_AT, current_timestamp());
  }

  /** The rows that repeating the same switch replaces. */
  public static Map<String, String> switchKey(Publication publication, String runId) {
    return Map.of(PUBLICATION_ID, publication.id(), RUN_ID, runId);
  }

  public static Map<String, String> key(Publication publication) {
    return Map.of(PUBLICATION_ID, publication.id());
  }
}
