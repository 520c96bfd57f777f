package com.posmodern.ai.job.publish;

import static com.posmodern.ai.contract.Columns.JOB;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.WholeFile;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.report.CustomerRows;
import com.posmodern.ai.report.HtmlPage;
import com.posmodern.ai.report.ModelRows;
import com.posmodern.ai.report.NightReport;
import com.posmodern.ai.report.OrderRows;
import com.posmodern.ai.report.Part;
import com.posmodern.ai.report.ProductNames;
import com.posmodern.ai.report.RunRows;
import com.posmodern.ai.report.TextSummary;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes the report page of the night and prints a text summary. */
public final class ReportJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("report", "write the report page and summary of the night")
          .readsIfPresent(
              Table.PIPELINE_RUNS,
              Table.QUALITY_RESULTS,
              Table.QUARANTINE,
              Table.MODEL_REGISTRY,
              Table.MODEL_METRICS,
              Table.FORECAST_BACKTEST,
              Table.SEGMENT_PROFILES,
              Table.CUSTOMER_SEGMENTS,
              Table.PRODUCT_RECOMMENDATIONS,
              Table.PURCHASE_INTERACTIONS,
              Table.POPULAR_PRODUCTS,
              Table.REPLENISHMENT_ADVICE,
              Table.ORDER_BACKTEST,
              Table.PUBLICATIONS,
              Table.PRODUCTS)
          .evenAfterFailure();

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    NightReport report = report(context);
    String page = file(context);
    context.step("writing " + page);
    write(context, page, HtmlPage.render(report));
    context.step("summary of the night\n\n" + TextSummary.render(report) + "\n");
    return JobOutcome.ok("page " + page);
  }

  /** All figures of the night for the as-of date; a missing part states why it is missing. */
  static NightReport report(JobContext context) {
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

  private static String file(JobContext context) {
    return "%s/%s.html"
        .formatted(Lake.absolute(context.settings().report().folder()), context.asOf());
  }

  private static void write(JobContext context, String page, String html) {
    try {
      WholeFile.write(context.spark().sessionState().newHadoopConf(), page, html);
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the page cannot be written: " + e.getMessage(),
          page,
          "Set report.folder to another folder.",
          e);
    }
  }
}
