package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.REGION;
import static org.apache.spark.sql.functions.year;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.contract.Wildcard;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.calendar.BrazilianHolidays;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The holidays command: adds Brazil's holidays to the source table calendar, of the whole country
 * and of the states in which there are stores, from the first year of sales to two years after the
 * last. Days that the table has already stay as they are.
 */
public final class HolidaysCommand {
  private static final int YEARS_AHEAD = 2;

  private final Lake lake;
  private final BrazilianHolidays holidays = new BrazilianHolidays();

  public HolidaysCommand(Lake lake) {
    this.lake = lake;
  }

  /**
   * Adds them.
   *
   * @return how many, in words
   * @throws com.posmodern.ai.error.PosException bad data when the lake has no sales or stores
   */
  public String run() {
    SalesYears sales =
        SalesYears.of(lake.read(Table.SALES_LINES))
            .orElseThrow(
                () ->
                    PosException.badData(
                        "there are no sales from 2000 on, so the years of the holidays are unknown",
                        Table.SALES_LINES.toString(),
                        "Import the sales first: scripts/pos import."));
    int first = sales.first();
    int last = sales.last() + YEARS_AHEAD;
    List<Row> rows = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (int year = first; year <= last; year++) {
      add(rows, Wildcard.ALL, holidays.national(year));
    }
    for (String region : regions()) {
      Optional<String> state = BrazilianHolidays.state(region);
      if (state.isEmpty()) {
        unknown.add(region);
      }
      for (int year = first; state.isPresent() && year <= last; year++) {
        add(rows, region, holidays.ofState(state.get(), year));
      }
    }
    long added = new MissingDays(lake).add(rows);
    return "%d holidays and events of %d to %d, %d of them added to %s%s"
        .formatted(
            rows.size(),
            first,
            last,
            added,
            Table.CALENDAR.tableName(),
            unknown.isEmpty() ? "" : "; no state of Brazil: " + String.join(", ", unknown));
  }

  private List<String> regions() {
    return lake.read(Table.STORES).select(REGION).distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static void add(List<Row> rows, String region, List<BrazilianHolidays.Day> days) {
    days.forEach(
        day ->
            rows.add(RowFactory.create(region, Date.valueOf(day.date()), day.name(), day.kind())));
  }
}
