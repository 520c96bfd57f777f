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
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import com.posmodern.ai.publish.ReaderTarget;
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

/**
 * Makes the finished result tables a publication: every target prepares it out of sight, it is
 * recorded, and only then are the readers switched, one kind after the other.
 */
public final class PublishJob implements Job {
  private static final Set<Table> RESULTS =
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

  private static final JobSpec SPEC =
      JobSpec.of(
              "publish",
              "publish the finished result tables to the till and BI in one step; --to <id> goes back")
          .readsIfPresent(RESULTS)
          .readsIfPresent(Table.MODEL_REGISTRY)
          .writes(Table.PUBLICATIONS, Table.PUBLICATION_SWITCHES);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    PublicationStore store = context.publications();
    Publication publication = publication(context);
    List<ReaderTarget> targets = store.targets();
    for (ReaderTarget target : targets) {
      context.step("preparing for %s: not visible until the switch".formatted(target.reader()));
      context.step("%s: %s".formatted(target.reader(), target.prepare(publication)));
    }
    context.write(Table.PUBLICATIONS, store.record(publication), PublicationStore.key(publication));
    store.show(
        publication,
        targets,
        context::step,
        readers ->
            context.write(
                Table.PUBLICATION_SWITCHES,
                store.switched(publication, readers, context.runId(), "night"),
                PublicationStore.switchKey(publication, context.runId())));
    for (ReaderTarget target : targets) {
      target
          .dropOld(context.settings().publish().kept())
          .ifPresent(left -> context.step(target.reader() + ": " + left));
    }
    return JobOutcome.ok(
        "publication %s: %d of %d result tables"
            .formatted(publication.id(), publication.tables().size(), RESULTS.size()));
  }

  private static Publication publication(JobContext context) {
    Map<Table, Dataset<Row>> results = new EnumMap<>(Table.class);
    for (Table table : RESULTS) {
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
