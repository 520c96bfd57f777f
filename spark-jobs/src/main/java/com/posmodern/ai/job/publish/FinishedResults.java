package com.posmodern.ai.job.publish;

import static com.posmodern.ai.contract.Columns.ACCEPTED;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.SKILL;
import static com.posmodern.ai.contract.Columns.VERDICT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The result tables that the night has finished, each with its rows and the model behind it. */
final class FinishedResults {
  static final Set<Table> TABLES =
      EnumSet.of(
          Table.DEMAND_FORECAST,
          Table.DEMAND_FORECAST_TOTAL,
          Table.REPLENISHMENT_ADVICE,
          Table.ORDER_BACKTEST,
          Table.PRODUCT_RECOMMENDATIONS,
          Table.SIMILAR_PRODUCTS,
          Table.POPULAR_PRODUCTS,
          Table.CUSTOMER_SEGMENTS,
          Table.SEGMENT_PROFILES,
          Table.SEGMENT_MOVES);

  private FinishedResults() {}

  /**
   * The finished tables as a publication.
   *
   * @throws PosException bad data when no table has rows for the as-of date
   */
  static Publication publication(JobContext context) {
    Map<Table, Dataset<Row>> results = new EnumMap<>(Table.class);
    for (Table table : TABLES) {
      context.readOptional(table).ifPresent(rows -> results.put(table, rows));
    }
    if (results.isEmpty()) {
      throw PosException.badData(
          "no result table has rows for as-of date " + context.asOf(),
          "publish",
          "Run the scoring jobs for this date first.");
    }
    Map<String, Row> judged = judged(context);
    List<PublishedTable> tables =
        counted(results).stream().map(found -> published(context, found, judged)).toList();
    return new Publication(Publication.id(context.asOf(), context.runId()), context.asOf(), tables);
  }

  /** Rows and model versions of all tables in one query, in the order of the tables. */
  private static List<Row> counted(Map<Table, Dataset<Row>> results) {
    return results.entrySet().stream()
        .map(
            result ->
                result
                    .getValue()
                    .agg(
                        count(lit(1)),
                        count(col(MODEL_VERSION)),
                        min(MODEL_VERSION),
                        max(MODEL_VERSION),
                        lit(result.getKey().name())))
        .reduce(Dataset::union)
        .orElseThrow()
        .collectAsList()
        .stream()
        .sorted(Comparator.comparing(row -> Table.valueOf(row.getString(4))))
        .toList();
  }

  private static PublishedTable published(JobContext context, Row found, Map<String, Row> judged) {
    Table table = Table.valueOf(found.getString(4));
    // Empty when several versions made the rows.
    Optional<String> model =
        found.getLong(0) == found.getLong(1) && found.getString(2).equals(found.getString(3))
            ? Optional.of(found.getString(2))
            : Optional.empty();
    Optional<Row> verdict = model.map(judged::get);
    return new PublishedTable(
        table,
        Long.parseLong(context.dataVersions().get(table.path())),
        found.getLong(0),
        model,
        verdict.map(row -> row.getString(1)),
        verdict.filter(row -> !row.isNullAt(2)).map(row -> row.getDouble(2)));
  }

  /**
   * The gate's verdict on each version, from the night that accepted it, which may be long ago. One
   * row per night and model: few even after years.
   */
  private static Map<String, Row> judged(JobContext context) {
    Map<String, Row> newest = new HashMap<>();
    context
        .readHistory(Table.MODEL_REGISTRY)
        .ifPresent(
            registry ->
                registry
                    .where(col(ACCEPTED))
                    .groupBy(MODEL_VERSION)
                    .agg(max_by(col(VERDICT), col(AS_OF_DATE)), max_by(col(SKILL), col(AS_OF_DATE)))
                    .collectAsList()
                    .forEach(row -> newest.put(row.getString(0), row)));
    return newest;
  }
}
