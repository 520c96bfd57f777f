package com.posmodern.ai.job.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;

import com.posmodern.ai.contract.Days;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.DailyDemand;
import com.posmodern.ai.lake.Standing;
import com.posmodern.ai.lake.TableChanges;
import com.posmodern.ai.night.HistoryWrite;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.quality.ChangedDays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes {@code features.daily_demand}. */
public final class DailyDemandJob implements Job {
  /** Raised when the same sales come to other rows. */
  private static final String METHOD = "1";

  private static final String VERSION = "version";

  private static final JobSpec SPEC =
      JobSpec.of("daily-demand", "demand of the days with a sale, a return or a stock-out")
          .reads(Table.ACCEPTED_SALES)
          .readsIfPresent(Table.INVENTORY_DAILY)
          .writes(Table.DAILY_DEMAND);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  /** Computes the days whose accepted sales or stock changed since the last night. */
  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> inventory = context.validOptional(Table.INVENTORY_DAILY);
    Dataset<Row> accepted = context.readAllDays(Table.ACCEPTED_SALES);
    Map<String, String> sources =
        Map.of(
            Table.ACCEPTED_SALES.path(),
            context.place(Table.ACCEPTED_SALES),
            Table.INVENTORY_DAILY.path(),
            context.place(Table.INVENTORY_DAILY),
            VERSION,
            METHOD);
    Optional<Days> days = changedDays(context, sources);
    context.writeHistory(
        Table.DAILY_DEMAND,
        DailyDemand.of(some(accepted, days), inventory.map(stock -> some(stock, days))),
        new HistoryWrite(days, isThere(context, days), sources, ""));
    return JobOutcome.ok(
        inventory.isPresent() ? "" : "no inventory: stock-outs are not marked, demand is sales");
  }

  private static boolean isThere(JobContext context, Optional<Days> days) {
    return days.isEmpty()
        || !some(context.lastWritten(Table.DAILY_DEMAND).orElseThrow(), days).isEmpty();
  }

  private static Dataset<Row> some(Dataset<Row> rows, Optional<Days> days) {
    return days.map(which -> rows.where(which.condition(BUSINESS_DATE))).orElse(rows);
  }

  /** Empty when all days are computed, which a progress line explains. */
  private static Optional<Days> changedDays(JobContext context, Map<String, String> sources) {
    Optional<Standing> standing = context.standing(Table.DAILY_DEMAND);
    if (context.rebuilds() || standing.isEmpty()) {
      return all(
          context, context.rebuilds() ? "asked for with --rebuild" : "there are no earlier ones");
    }
    Map<String, String> former = standing.get().sources();
    if (!METHOD.equals(former.get(VERSION))) {
      return all(context, "they were computed by another version of this program");
    }
    Days days = Days.of(List.of());
    for (Table table : List.of(Table.ACCEPTED_SALES, Table.INVENTORY_DAILY)) {
      String place = former.getOrDefault(table.path(), "");
      if (place.equals(sources.get(table.path()))) {
        continue;
      }
      TableChanges changes =
          place.isEmpty() || sources.get(table.path()).isEmpty()
              ? TableChanges.unknown("it came or went")
              : context.changes(table, place);
      if (!changes.isKnown()) {
        return all(context, "of " + table + ", " + changes.unknown());
      }
      if (changes.rows().isPresent()) {
        days =
            days.with(
                ChangedDays.of(
                    changes.rows().get(), BUSINESS_DATE, TableChanges.SIGN, TableChanges.HASH));
      }
    }
    return Optional.of(days);
  }

  private static Optional<Days> all(JobContext context, String why) {
    context.step("computing all days: " + why);
    return Optional.empty();
  }
}
