package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.intake.ImportCommand.Mode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.night.AsOfDate;
import com.posmodern.ai.source.imports.ConvertedTable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stores rejected rows of an import in {@code ops.quarantine}, all tables in one commit. */
final class ImportQuarantine {
  /**
   * Distinguishes the import's rows from those of the night's quality job, which replaces its own
   * rows for each table.
   */
  private static final String TABLE_PREFIX = "import/";

  private static final String AGAIN = "__again";
  private static final String KEY_AGAIN = "__key_again";

  private final Lake lake;
  private final Set<String> parts;

  ImportQuarantine(Lake lake) {
    this(lake, Set.of());
  }

  /**
   * @param parts sources of which only a part was read: there only rows of the same keys count as
   *     read again
   */
  ImportQuarantine(Lake lake, Set<String> parts) {
    this.lake = lake;
    this.parts = parts;
  }

  /**
   * Writes the rejected rows. A merge keeps the rows that earlier imports rejected, except those of
   * files that it has read again, under whatever date they were stored.
   *
   * @return a description of where the rows are
   */
  String write(List<ConvertedTable> tables, Mode mode, Optional<LocalDate> asOf, Instant now) {
    long refused = tables.stream().mapToLong(table -> table.counts().quarantined()).sum();
    boolean before = lake.exists(Table.QUARANTINE);
    if (refused == 0 && !before) {
      return "no row was rejected";
    }
    LocalDate date = asOf.orElseGet(() -> lastDay(now));
    List<LocalDate> dates = before ? formerDates(tables, mode, date) : new ArrayList<>();
    if (refused > 0 && !dates.contains(date)) {
      dates.add(date);
    }
    for (LocalDate each : dates) {
      replace(tables, mode, each, each.equals(date), before);
    }
    return refused == 0
        ? "no row was rejected"
        : "rejected rows written to %s for %s".formatted(lake.location(Table.QUARANTINE), date);
  }

  /** The day of the import when the lake has no complete day yet. */
  private LocalDate lastDay(Instant now) {
    return (lake.exists(Table.SALES_LINES)
            ? AsOfDate.lastCompleteIfAny(lake, now)
            : Optional.<LocalDate>empty())
        .orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  private List<LocalDate> formerDates(List<ConvertedTable> tables, Mode mode, LocalDate date) {
    Dataset<Row> former = lake.read(Table.QUARANTINE);
    Column ofThese = lit(false);
    Set<LocalDate> dates = new TreeSet<>();
    for (ConvertedTable table : tables) {
      if (isPart(table)) {
        dates.addAll(dates(marked(former, table).where(AGAIN)));
      } else {
        ofThese =
            ofThese.or(
                mode == Mode.MERGE
                    ? readAgain(table)
                    : col(TABLE_NAME).equalTo(name(table)).and(Lake.isOf(date)));
      }
    }
    dates.addAll(dates(former.where(ofThese)));
    return new ArrayList<>(dates);
  }

  private static List<LocalDate> dates(Dataset<Row> rows) {
    return rows.select(AS_OF_DATE).distinct().collectAsList().stream()
        .map(row -> row.getDate(0).toLocalDate())
        .toList();
  }

  private boolean isPart(ConvertedTable table) {
    return parts.contains(table.counts().source());
  }

  /** The table's former rows, and whether each was read again. */
  private Dataset<Row> marked(Dataset<Row> former, ConvertedTable table) {
    Dataset<Row> own = former.where(col(TABLE_NAME).equalTo(name(table)));
    if (!isPart(table)) {
      return own.withColumn(AGAIN, readAgain(table));
    }
    Dataset<Row> keys = table.rowKeys().withColumnRenamed(ROW_KEY, KEY_AGAIN);
    return own.join(keys, own.col(ROW_KEY).equalTo(keys.col(KEY_AGAIN)), "left")
        .withColumn(AGAIN, readAgain(table).and(col(KEY_AGAIN).isNotNull()))
        .drop(KEY_AGAIN);
  }

  private void replace(
      List<ConvertedTable> tables,
      Mode mode,
      LocalDate date,
      boolean refusedGoHere,
      boolean before) {
    Dataset<Row> former =
        before
            ? lake.read(Table.QUARANTINE).where(Lake.isOf(date)).drop(AS_OF_DATE)
            : lake.spark().emptyDataFrame();
    Dataset<Row> rows = null;
    for (ConvertedTable table : tables) {
      Stream.Builder<Dataset<Row>> found = Stream.builder();
      if (refusedGoHere) {
        // The rows are not judged again to find none.
        found.add(
            table
                .quarantined()
                .where(lit(table.counts().quarantined() > 0))
                .withColumn(TABLE_NAME, lit(name(table))));
      }
      if (before && mode == Mode.MERGE) {
        found.add(marked(former, table).where(not(col(AGAIN))).drop(AGAIN));
      }
      for (Dataset<Row> part : found.build().toList()) {
        rows = rows == null ? part : rows.unionByName(part);
      }
    }
    if (rows != null) {
      new LakeWriter(lake)
          .replaceWith(
              Table.QUARANTINE, date, rows, TABLE_NAME, tables.stream().map(this::name).toList());
    }
  }

  /** Earlier versions wrote file URIs, with %20 for a space. */
  private Column readAgain(ConvertedTable table) {
    Column file = coalesce(get_json_object(col(ROW_JSON), "$." + ConvertedTable.FILE), lit(""));
    Object[] names =
        table.files().stream().flatMap(name -> Stream.of(name, address(name))).distinct().toArray();
    return col(TABLE_NAME).equalTo(name(table)).and(file.isin(names));
  }

  private static String address(String name) {
    return name.startsWith("file:")
        ? new Path("file", null, name.replaceFirst("^file:", ""))
            .toUri()
            .toString()
            .replaceFirst("^file:/*", "file:///")
        : name;
  }

  private String name(ConvertedTable table) {
    return TABLE_PREFIX + table.table().tableName();
  }
}
