package com.posmodern.ai.quality;

import com.posmodern.ai.contract.Days;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.quality.SalesDays.Day;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * On which dates there was business, judged by the number of lines per day: which day is complete,
 * when the chain is closed, and before and after which dates a till's clock must have been wrong.
 */
record BusinessDates(NavigableMap<LocalDate, Day> days) {
  private static final int WEEKS = 8;

  /** A date with a smaller share of a usual day's lines does not count as a business day. */
  private static final double OPEN_SHARE = 0.05;

  /** The quantile of lines per day that defines a busy day. */
  private static final double BUSY_DAY = 0.9;

  private static final double COMPLETE_SHARE = 0.1;

  private static final int FEWEST_WEEKS = 4;

  /**
   * There must have been business this many days before for a day without business to count as
   * closed.
   */
  private static final int CLOSED_DAYS = 3;

  private static final int CLOCK_GAP_DAYS = 180;
  private static final double CLOCK_SHARE = 0.01;

  /** See {@link CompleteDays#last}. */
  Optional<LocalDate> lastComplete(LocalDate today) {
    NavigableMap<LocalDate, Day> past = days.headMap(today, false);
    long[] sizes = past.values().stream().mapToLong(Day::rows).sorted().toArray();
    double complete =
        sizes.length == 0
            ? 0
            : COMPLETE_SHARE * sizes[(int) Math.ceil(BUSY_DAY * sizes.length) - 1];
    return past.descendingMap().entrySet().stream()
        .filter(entry -> entry.getValue().rows() >= complete)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Whether the chain is closed on that weekday: no business on this weekday in at least four of
   * the last weeks, but some business in the days before.
   */
  boolean closedByHabit(LocalDate date) {
    LocalDate first = days.isEmpty() ? date : days.firstKey();
    List<LocalDate> weeks =
        IntStream.rangeClosed(1, WEEKS)
            .mapToObj(date::minusWeeks)
            .filter(day -> day.isAfter(first))
            .toList();
    double open = OPEN_SHARE * usualRows(date);
    return weeks.size() >= FEWEST_WEEKS
        && rowsOn(date) <= open
        && weeks.stream().allMatch(week -> rowsOn(week) <= open)
        && openInTheDaysBefore(date, open);
  }

  private boolean openInTheDaysBefore(LocalDate date, double open) {
    return days.subMap(date.minusDays(CLOSED_DAYS), true, date, false).values().stream()
        .anyMatch(day -> day.rows() > open);
  }

  private double usualRows(LocalDate date) {
    return days.subMap(date.minusWeeks(WEEKS), true, date, false).values().stream()
        .mapToLong(Day::rows)
        .average()
        .orElse(0);
  }

  /**
   * The first valid date of a line: dates more than half a year before all others, with less than a
   * hundredth of the lines, come from a till whose clock was wrong.
   */
  LocalDate firstPlausible() {
    LocalDate first = Days.EARLIEST;
    long all = days.values().stream().mapToLong(Day::rows).sum();
    long before = 0;
    LocalDate last = null;
    for (Map.Entry<LocalDate, Day> day : days.entrySet()) {
      if (last != null
          && last.plusDays(CLOCK_GAP_DAYS).isBefore(day.getKey())
          && before < CLOCK_SHARE * all) {
        first = day.getKey();
      }
      before += day.getValue().rows();
      last = day.getKey();
    }
    return first;
  }

  /**
   * Rejects an as-of date without sales, and suggests the date to use instead.
   *
   * @param closed days on which all stores were closed according to the opening calendar
   */
  void requireDataOn(LocalDate asOf, Set<LocalDate> closed) {
    if (days.containsKey(asOf) || closed.contains(asOf) || closedByHabit(asOf)) {
      return;
    }
    LocalDate before = days.lowerKey(asOf);
    LocalDate after = days.higherKey(asOf);
    String remedy;
    if (before != null) {
      remedy =
          ("The last date with data before it is %s: run with --as-of %s, load the missing day, or"
                  + " mark the stores as closed in source.store_days")
              .formatted(before, before);
    } else if (after != null) {
      remedy =
          "The first date with data is %s: run with --as-of %s or later".formatted(after, after);
    } else {
      remedy = "Load sales with valid timestamps";
    }
    throw PosException.badData(
        "no sales lines on the as-of date " + asOf, Table.SALES_LINES.toString(), remedy);
  }

  /**
   * The last valid date of a line.
   *
   * <p>When an old night is repeated, the table also contains the later history, so the as-of date
   * alone cannot distinguish a wrong clock from a later sale. Dates after it count as history up to
   * the last business day that has another one in the week before; dates some days after that are
   * invalid.
   */
  LocalDate lastPlausible(LocalDate asOf, int futureDays) {
    double open =
        OPEN_SHARE
            * days.subMap(asOf.minusWeeks(WEEKS), false, asOf, true).values().stream()
                .mapToLong(Day::rows)
                .average()
                .orElse(0);
    return days.tailMap(asOf, false).descendingMap().entrySet().stream()
        .filter(
            entry -> entry.getValue().rows() >= open && openInTheWeekBefore(entry.getKey(), open))
        .map(entry -> entry.getKey())
        .findFirst()
        .orElse(asOf)
        .plusDays(futureDays);
  }

  private boolean openInTheWeekBefore(LocalDate date, double open) {
    return days.subMap(date.minusWeeks(1), true, date, false).values().stream()
        .anyMatch(day -> day.rows() >= open);
  }

  private long rowsOn(LocalDate date) {
    return days.getOrDefault(date, Day.EMPTY).rows();
  }
}
