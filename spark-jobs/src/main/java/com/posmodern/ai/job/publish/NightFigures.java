package com.posmodern.ai.job.publish;

import static com.posmodern.ai.contract.Columns.JOB;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.report.CustomerRows;
import com.posmodern.ai.report.ModelRows;
import com.posmodern.ai.report.NightReport;
import com.posmodern.ai.report.OrderRows;
import com.posmodern.ai.report.Part;
import com.posmodern.ai.report.ProductNames;
import com.posmodern.ai.report.RunRows;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Collects what the report says of a night from the tables that the night wrote. */
final class NightFigures {
  private NightFigures() {}

  /** All figures of the night for the as-of date; a missing part states why it is missing. */
  static NightReport of(JobContext context) {
    context.step("collecting the night");
    Optional<ProductNames> names = context.readOptional(Table.PRODUCTS).map(ProductNames::new);
    return new NightReport(
        context.asOf(),
        context.runId(),
        context.settings().lake(),
        // A row for this job itself can only be from an earlier run.
        part(
            context,
            Table.PIPELINE_RUNS,
            runs -> RunRows.jobs(runs.where(col(JOB).notEqual("report")))),
        part(
            context,
            Table.QUALITY_RESULTS,
            results -> RunRows.quality(results, context.readOptional(Table.QUARANTINE))),
        part(context, Table.SOURCE_AGES, RunRows::sources),
        part(
            context,
            Table.MODEL_REGISTRY,
            Table.MODEL_METRICS,
            (registry, metrics) -> Optional.of(ModelRows.models(registry, metrics))),
        named(context, Table.FORECAST_BACKTEST, names, ModelRows::backtests),
        part(context, Table.SEGMENT_PROFILES, CustomerRows::segments),
        names
            .map(
                known ->
                    part(
                        context,
                        Table.PRODUCT_RECOMMENDATIONS,
                        Table.PURCHASE_INTERACTIONS,
                        (recommendations, interactions) ->
                            CustomerRows.example(
                                recommendations,
                                interactions,
                                context.readOptional(Table.CUSTOMER_SEGMENTS),
                                known)))
            .orElseGet(() -> absent(Table.PRODUCTS)),
        named(context, Table.POPULAR_PRODUCTS, names, CustomerRows::popular)
            .value()
            .flatMap(Function.identity())
            .map(Part::of)
            .orElseGet(() -> absent(Table.POPULAR_PRODUCTS)),
        named(context, Table.REPLENISHMENT_ADVICE, names, OrderRows::orders),
        part(context, Table.ORDER_BACKTEST, OrderRows::policies),
        part(context, Table.PUBLICATIONS, RunRows::results));
  }

  private static <T> Part<T> part(JobContext context, Table table, Function<Dataset<Row>, T> read) {
    return context
        .readOptional(table)
        .map(rows -> Part.of(read.apply(rows)))
        .orElseGet(() -> absent(table));
  }

  private static <T> Part<T> part(
      JobContext context,
      Table table,
      Table beside,
      BiFunction<Dataset<Row>, Dataset<Row>, Optional<T>> read) {
    Optional<Dataset<Row>> first = context.readOptional(table);
    Optional<Dataset<Row>> second = context.readOptional(beside);
    if (first.isEmpty() || second.isEmpty()) {
      return absent(first.isEmpty() ? table : beside);
    }
    return Part.of(read.apply(first.get(), second.get()), "nothing in " + table + " to show");
  }

  private static <T> Part<T> named(
      JobContext context,
      Table table,
      Optional<ProductNames> names,
      BiFunction<Dataset<Row>, ProductNames, T> read) {
    return names
        .map(known -> part(context, table, rows -> read.apply(rows, known)))
        .orElseGet(() -> absent(Table.PRODUCTS));
  }

  private static <T> Part<T> absent(Table table) {
    return Part.absent(table + " has no rows for this night; see the jobs below");
  }
}
