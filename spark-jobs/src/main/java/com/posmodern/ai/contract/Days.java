package com.posmodern.ai.contract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * Some business dates, as a condition on a column of dates. No till sold before {@link #EARLIEST}
 * or after {@link #LATEST}: of such dates, of which there may be any number, either all are meant
 * or none, as of rows without a date.
 *
 * @param dates from the earliest to the latest
 */
public record Days(SortedSet<LocalDate> dates, boolean early, boolean late, boolean undated) {
  /** Earlier dates come from tills whose clock was reset. */
  public static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  public static final LocalDate LATEST = LocalDate.of(2100, 1, 1);

  public Days {
    dates = Collections.unmodifiableSortedSet(new TreeSet<>(dates));
  }

  /**
   * The days of these dates.
   *
   * @param dates null for rows without a date
   */
  public static Days of(Collection<LocalDate> dates) {
    TreeSet<LocalDate> usual = new TreeSet<>();
    boolean early = false;
    boolean late = false;
    boolean undated = false;
    for (LocalDate date : dates) {
      if (date == null) {
        undated = true;
      } else if (date.isBefore(EARLIEST)) {
        early = true;
      } else if (date.isAfter(LATEST)) {
        late = true;
      } else {
        usual.add(date);
      }
    }
    return new Days(usual, early, late, undated);
  }

  /** These and the others. */
  public Days with(Days other) {
    TreeSet<LocalDate> all = new TreeSet<>(dates);
    all.addAll(other.dates);
    return new Days(all, early || other.early, late || other.late, undated || other.undated);
  }

  public boolean isEmpty() {
    return dates.isEmpty() && !early && !late && !undated;
  }

  /** In words: the day, or how many there are. */
  public String told() {
    int more = (early ? 1 : 0) + (late ? 1 : 0) + (undated ? 1 : 0);
    return dates.size() == 1 && more == 0
        ? dates.first().toString()
        : "%d days".formatted(dates.size() + more);
  }

  /** The condition in SQL; null or false for rows of other days. */
  public String condition(String column) {
    List<String> parts = new ArrayList<>();
    if (!dates.isEmpty()) {
      parts.add(
          dates.stream()
              .map("DATE'%s'"::formatted)
              .collect(Collectors.joining(", ", column + " IN (", ")")));
    }
    if (early) {
      parts.add("%s < DATE'%s'".formatted(column, EARLIEST));
    }
    if (late) {
      parts.add("%s > DATE'%s'".formatted(column, LATEST));
    }
    if (undated) {
      parts.add(column + " IS NULL");
    }
    return parts.isEmpty() ? "false" : String.join(" OR ", parts);
  }

  /** Whether a column's date is one of them. */
  public Column has(String column) {
    return coalesce(expr(condition(column)), lit(false));
  }

  /** Whether a column's date is none of them. */
  public Column lacks(String column) {
    return not(has(column));
  }
}
