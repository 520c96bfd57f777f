package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Days;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Number of lines per business date, including invalid lines, and how many of them break which
 * rule: one entry per day, however many sales there are.
 *
 * @param days the days on which a till may have sold, see {@link Days}
 * @param early lines of earlier days, together
 * @param late lines of later days, together
 * @param undated lines without a date
 */
record SalesDays(NavigableMap<LocalDate, Day> days, Day early, Day late, Day undated) {
  /**
   * Lines of a day, and how many of them are anonymous, promoted, or returns.
   *
   * @param refused lines that break a rule for which a line is refused
   * @param broken lines that break the rule at each place; empty when no rule was applied
   */
  record Day(
      long rows, long anonymous, long promoted, long returns, long refused, List<Long> broken) {
    static final Day EMPTY = new Day(0, 0, 0, 0, 0, List.of());

    Day {
      broken = List.copyOf(broken);
    }

    long broken(int place) {
      return place < broken.size() ? broken.get(place) : 0;
    }

    /** The day with valid lines that are refused for the rule after the last one. */
    Day withRefused(long more) {
      return new Day(
          rows,
          anonymous,
          promoted,
          returns,
          refused + more,
          Stream.concat(broken.stream(), Stream.of(more)).toList());
    }
  }

  static SalesDays of(Dataset<Row> dated) {
    return of(dated, List.of());
  }

  /**
   * One pass over the lines.
   *
   * @param judged dated lines, with {@link RuleBits} if there are rules
   * @param rules those whose breaks are counted
   */
  static SalesDays of(Dataset<Row> judged, List<ScopedRule> rules) {
    Column date =
        when(col(LOCAL_DATE).lt(lit(Days.EARLIEST)), lit(Days.EARLIEST.minusDays(1)))
            .when(col(LOCAL_DATE).gt(lit(Days.LATEST)), lit(Days.LATEST.plusDays(1)))
            .otherwise(col(LOCAL_DATE));
    List<Column> counts = new ArrayList<>();
    counts.add(count_if(col(CUSTOMER_ID).isNull()));
    counts.add(count_if(col(PROMOTION_ID).isNotNull()));
    counts.add(count_if(col(QUANTITY).lt(0)));
    counts.add(rules.isEmpty() ? sum(lit(0L)) : count_if(not(RuleBits.sound(rules))));
    for (int place = 0; place < rules.size(); place++) {
      counts.add(count_if(RuleBits.breaks(place)));
    }
    NavigableMap<LocalDate, Day> days = new TreeMap<>();
    Day undated = Day.EMPTY;
    for (Row row :
        judged.groupBy(date).agg(count(lit(1)), counts.toArray(Column[]::new)).collectAsList()) {
      Day day =
          new Day(
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              IntStream.range(6, 6 + rules.size()).mapToObj(row::getLong).toList());
      if (row.isNullAt(0)) {
        undated = day;
      } else {
        days.put(row.getDate(0).toLocalDate(), day);
      }
    }
    Day early = Objects.requireNonNullElse(days.remove(Days.EARLIEST.minusDays(1)), Day.EMPTY);
    Day late = Objects.requireNonNullElse(days.remove(Days.LATEST.plusDays(1)), Day.EMPTY);
    return new SalesDays(days, early, late, undated);
  }

  /** The days, with valid lines that are refused for one more rule, by day. */
  SalesDays withRefused(Map<LocalDate, Long> more) {
    NavigableMap<LocalDate, Day> all = new TreeMap<>();
    days.forEach((date, day) -> all.put(date, day.withRefused(more.getOrDefault(date, 0L))));
    return new SalesDays(all, early.withRefused(0), late.withRefused(0), undated.withRefused(0));
  }

  /** These for the days that were judged, and the former ones for all others. */
  SalesDays over(SalesDays former, Days judged) {
    NavigableMap<LocalDate, Day> all = new TreeMap<>(former.days);
    all.keySet().removeAll(judged.dates());
    all.putAll(days);
    return new SalesDays(
        all,
        judged.early() ? early : former.early,
        judged.late() ? late : former.late,
        judged.undated() ? undated : former.undated);
  }

  /** Whether there was an accepted or a refused line on one of the days. */
  boolean some(Days which, ToLongFunction<Day> lines) {
    return Stream.concat(
            which.dates().stream().map(this::day),
            Stream.of(
                which.early() ? early : Day.EMPTY,
                which.late() ? late : Day.EMPTY,
                which.undated() ? undated : Day.EMPTY))
        .anyMatch(day -> lines.applyAsLong(day) > 0);
  }

  /** The lines of all days, dated or not. */
  long rows() {
    return rows(days) + early.rows() + late.rows() + undated.rows();
  }

  static long rows(NavigableMap<LocalDate, Day> some) {
    return some.values().stream().mapToLong(Day::rows).sum();
  }

  /** The lines of days and without a date that break the rule at a place. */
  long broken(int place) {
    return Stream.concat(days.values().stream(), Stream.of(early, late, undated))
        .mapToLong(day -> day.broken(place))
        .sum();
  }

  Day day(LocalDate date) {
    return days.getOrDefault(date, Day.EMPTY);
  }

  /** The days with lines that break the rule at a place. */
  Days brokenOn(int place) {
    return Days.of(
        days.entrySet().stream()
            .filter(day -> day.getValue().broken(place) > 0)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Number of lines with a customer on some days. */
  long identified(Days some) {
    return some.dates().stream()
        .map(this::day)
        .mapToLong(day -> day.rows() - day.anonymous())
        .sum();
  }

  /** Number of accepted lines up to a date. */
  long accepted(LocalDate first, LocalDate asOf) {
    return days.tailMap(first, true).entrySet().stream()
        .filter(day -> !day.getKey().isAfter(asOf))
        .mapToLong(day -> day.getValue().rows() - day.getValue().refused())
        .sum();
  }

  /** Number of lines with a customer up to a date. */
  long identified(LocalDate asOf) {
    return days.headMap(asOf, true).values().stream()
        .mapToLong(day -> day.rows() - day.anonymous())
        .sum();
  }
}
