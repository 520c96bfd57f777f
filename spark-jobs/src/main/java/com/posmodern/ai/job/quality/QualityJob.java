package com.posmodern.ai.job.quality;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.config.QualitySettings.LateStores;
import com.posmodern.ai.config.ReplenishmentSettings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.quality.Arrivals;
import com.posmodern.ai.quality.ArrivedStores;
import com.posmodern.ai.quality.ClosedDays;
import com.posmodern.ai.quality.NightRules;
import com.posmodern.ai.quality.RuleResult;
import com.posmodern.ai.quality.SalesCheck;
import com.posmodern.ai.quality.TableCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Checks every source table, quarantines rows that break a rule, and passes on the accepted sales.
 */
public final class QualityJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("quality", "check the source tables, quarantine bad rows, accept the sales")
          .reads(sourceTables(true))
          .readsIfPresent(sourceTables(false))
          .writes(Table.QUALITY_RESULTS, Table.QUARANTINE, Table.ARRIVALS, Table.ACCEPTED_SALES);

  private static final int MOST_STORES = 8;

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
    ReplenishmentSettings orders = context.settings().forecast().replenishment();
    NightRules night =
        new NightRules(
            context.asOf(),
            sound(context, Table.STORES),
            orders.overdueDays(),
            orders.serviceClasses().keySet());
    List<Supplier<TableCheck>> tasks = new ArrayList<>();
    List<Table> absent = new ArrayList<>();
    for (Table table : sourceTables(true)) {
      if (table != Table.SALES_LINES) {
        tasks.add(() -> check(context, table, context.read(table), night));
      }
    }
    for (Table table : sourceTables(false)) {
      Optional<Dataset<Row>> rows = context.readOptional(table);
      rows.ifPresentOrElse(
          found -> tasks.add(() -> check(context, table, found, night)), () -> absent.add(table));
    }
    List<TableCheck> checks =
        new ArrayList<>(SideBySide.all(context.settings().spark().jobsAtOnce(), tasks));
    context.step("checking " + Table.SALES_LINES);
    Optional<Dataset<Row>> storeDays = context.validOptional(Table.STORE_DAYS);
    try (SalesCheck sales =
        SalesCheck.of(
            context.read(Table.SALES_LINES),
            sound(context, Table.STORES),
            sound(context, Table.PRODUCTS),
            storeDays
                .map(
                    plan ->
                        ClosedDays.ofTheChain(plan, sound(context, Table.STORES), context.asOf()))
                .orElse(Set.of()),
            context.asOf(),
            context.settings().quality())) {
      checks.add(sales.outcome());
      List<RuleResult> results = checks.stream().flatMap(c -> c.results().stream()).toList();
      context.write(Table.QUALITY_RESULTS, RuleResult.toRows(context.spark(), results));
      long quarantined = quarantine(context, checks);
      checks.forEach(TableCheck::requirePassed);
      List<String> late = arrivals(context, sales.accepted(), storeDays);
      long accepted = context.write(Table.ACCEPTED_SALES, sales.accepted());
      return JobOutcome.ok(message(accepted, quarantined, checks, absent) + lateStores(late));
    }
  }

  /** Writes which sales arrived per store and day. */
  private static List<String> arrivals(
      JobContext context, Dataset<Row> accepted, Optional<Dataset<Row>> storeDays) {
    QualitySettings settings = context.settings().quality();
    context.write(Table.ARRIVALS, Arrivals.of(accepted, storeDays, context.asOf(), settings));
    List<String> late =
        context
            .readHistory(Table.ARRIVALS)
            .map(rows -> rows.filter(Lake.isOf(context.asOf())))
            .map(rows -> Arrivals.late(rows, context.asOf()))
            .orElse(List.of());
    if (!late.isEmpty() && settings.lateStores() == LateStores.STOP) {
      throw PosException.badData(
          "the sales of "
              + context.asOf()
              + " are incomplete; stores affected: "
              + ArrivedStores.named(late, MOST_STORES),
          Table.ARRIVALS.toString(),
          "Load them and run again, or set quality.late_stores to KEEP or WARN to continue without that day");
    }
    return late;
  }

  private static String lateStores(List<String> late) {
    return late.isEmpty()
        ? ""
        : "; their demand of that day is treated as unknown: stores "
            + ArrivedStores.named(late, MOST_STORES);
  }

  private static TableCheck check(
      JobContext context, Table table, Dataset<Row> rows, NightRules night) {
    context.step("checking " + table);
    return TableCheck.of(table, rows, night, context.settings().quality());
  }

  private static Dataset<Row> sound(JobContext context, Table table) {
    return context.valid(table);
  }

  /** One commit per table with rejected rows, in this run or an earlier run for the same date. */
  private static long quarantine(JobContext context, List<TableCheck> checks) {
    Set<String> before =
        context
            .readHistory(Table.QUARANTINE)
            .map(
                rows ->
                    rows.filter(col(AS_OF_DATE).equalTo(lit(context.asOf())))
                        .select(col(TABLE_NAME))
                        .distinct()
                        .as(Encoders.STRING())
                        .collectAsList())
            .map(Set::copyOf)
            .orElse(Set.of());
    long rows = 0;
    for (TableCheck check : checks) {
      String table = check.table().tableName();
      if (check.hasQuarantined() || before.contains(table)) {
        rows += context.write(Table.QUARANTINE, check.quarantined(), Map.of(TABLE_NAME, table));
      }
    }
    return rows;
  }

  private static String message(
      long accepted, long quarantined, List<TableCheck> checks, List<Table> absent) {
    String warnings =
        checks.stream()
            .flatMap(check -> check.warnings().stream())
            .map(w -> w.table().tableName() + "." + w.rule())
            .collect(Collectors.joining(", "));
    String missing = absent.stream().map(Table::tableName).collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%,d lines accepted", accepted)
        + String.format(Locale.ROOT, ", %,d rows quarantined", quarantined)
        + (warnings.isEmpty() ? "" : "; warnings: " + warnings)
        + (missing.isEmpty() ? "" : "; absent: " + missing);
  }

  private static Set<Table> sourceTables(boolean required) {
    return Arrays.stream(Table.values())
        .filter(table -> table.layer() == Layer.SOURCE)
        .filter(table -> Contracts.of(table).requiredTable() == required)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Table.class)));
  }
}
