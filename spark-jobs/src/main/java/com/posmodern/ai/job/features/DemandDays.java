package com.posmodern.ai.job.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;

import com.posmodern.ai.contract.Days;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Standing;
import com.posmodern.ai.lake.TableChanges;
import com.posmodern.ai.night.HistoryWrite;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.quality.ChangedDays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The days of {@code features.daily_demand} that a night computes: those whose accepted sales or
 * stock changed since the last night, or all when nobody can tell.
 *
 * @param days empty for all
 * @param sources the versions of the sources that the rows stand for
 */
record DemandDays(Optional<Days> days, Map<String, String> sources) {
  /** Raised when the same sales come to other rows. */
  private static final String METHOD = "1";

  private static final String VERSION = "version";

  /** Says in a progress line why all days are computed. */
  static DemandDays of(JobContext context) {
    Map<String, String> sources =
        Map.of(
            Table.ACCEPTED_SALES.path(),
            context.place(Table.ACCEPTED_SALES),
            Table.INVENTORY_DAILY.path(),
            context.place(Table.INVENTORY_DAILY),
            VERSION,
            METHOD);
    return new DemandDays(changed(context, sources), sources);
  }

  private static Optional<Days> changed(JobContext context, Map<String, String> sources) {
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

  /** The rows of these days. */
  Dataset<Row> of(Dataset<Row> rows) {
    return days.map(which -> rows.where(which.condition(BUSINESS_DATE))).orElse(rows);
  }

  /** How the rows of these days are written. */
  HistoryWrite write(JobContext context) {
    boolean isThere =
        days.isEmpty() || !of(context.lastWritten(Table.DAILY_DEMAND).orElseThrow()).isEmpty();
    return new HistoryWrite(days, isThere, sources, "");
  }
}
