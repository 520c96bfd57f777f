package com.posmodern.ai.job.quality;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.quality.ClosedDays;
import com.posmodern.ai.quality.RuleResult;
import com.posmodern.ai.quality.SalesCheck;
import com.posmodern.ai.quality.StoreClock;
import com.posmodern.ai.quality.TableCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Checks every source table, quarantines rows that break a rule, and passes on the accepted sales.
 */
public final class QualityJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("quality", "check the source tables, quarantine bad rows, accept the sales")
          .reads(SourceChecks.required())
          .readsIfPresent(SourceChecks.optional())
          .writes(
              Table.QUALITY_RESULTS,
              Table.QUARANTINE,
              Table.ARRIVALS,
              Table.SOURCE_AGES,
              Table.REFUSED_SALES,
              Table.ACCEPTED_SALES);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  /**
   * @throws com.posmodern.ai.error.PosException bad data when a rule stops the night; the check
   *     results and the rejected rows have been written then, the accepted sales have not
   */
  @Override
  public JobOutcome run(JobContext context) {
    String old = OldSources.write(context);
    SourceChecks source = SourceChecks.run(context);
    context.step("checking " + Table.SALES_LINES);
    Optional<Dataset<Row>> storeDays = context.validOptional(Table.STORE_DAYS);
    try (SalesVerdicts verdicts = SalesVerdicts.of(context, input(context, storeDays))) {
      SalesCheck sales = verdicts.check();
      List<TableCheck> checks = new ArrayList<>(source.checks());
      checks.add(sales.outcome());
      List<RuleResult> results = checks.stream().flatMap(c -> c.results().stream()).toList();
      context.write(Table.QUALITY_RESULTS, RuleResult.toRows(context.spark(), results));
      long quarantined = QuarantinedRows.write(context, checks);
      checks.forEach(TableCheck::requirePassed);
      String late = ArrivedSales.write(context, sales.accepted(), storeDays);
      verdicts.write();
      return JobOutcome.ok(
          message(sales.acceptedRows(), quarantined, checks, source.absent()) + late + old);
    }
  }

  private static SalesCheck.Input input(JobContext context, Optional<Dataset<Row>> storeDays) {
    Dataset<Row> stores = context.valid(Table.STORES);
    return new SalesCheck.Input(
        context.read(Table.SALES_LINES),
        StoreClock.of(stores),
        context.valid(Table.PRODUCTS),
        storeDays.map(plan -> ClosedDays.ofTheChain(plan, stores, context.asOf())).orElse(Set.of()),
        context.asOf(),
        context.settings().quality());
  }

  private static String message(
      long accepted, long quarantined, List<TableCheck> checks, List<Table> absent) {
    String warnings =
        checks.stream()
            .flatMap(check -> check.warnings().stream())
            .map(w -> w.table().tableName() + "." + w.rule())
            .collect(Collectors.joining(", "));
    String missing = absent.stream().map(Table::tableName).collect(Collectors.joining(", "));
    return String.format(
            Locale.ROOT, "%,d lines accepted, %,d rows quarantined", accepted, quarantined)
        + (warnings.isEmpty() ? "" : "; warnings: " + warnings)
        + (missing.isEmpty() ? "" : "; absent: " + missing);
  }
}
