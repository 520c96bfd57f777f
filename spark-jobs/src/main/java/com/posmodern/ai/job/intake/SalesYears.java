package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.year;

import com.posmodern.ai.contract.Days;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From which year to which there are sales. A year in which fewer than one line of a thousand was
 * sold comes from a till with a wrong clock, and does not count.
 */
record SalesYears(int first, int last) {
  /** A year has at least one of so many lines. */
  private static final long LINES = 1000;

  /** Empty where no line has a plausible time. */
  static Optional<SalesYears> of(Dataset<Row> sales) {
    SortedMap<Integer, Long> years = new TreeMap<>();
    sales
        .where(col(SOLD_AT).geq(lit(Days.EARLIEST)).and(col(SOLD_AT).lt(lit(Days.LATEST))))
        .groupBy(year(col(SOLD_AT)))
        .count()
        .collectAsList()
        .forEach(row -> years.put(row.getInt(0), row.getLong(1)));
    long all = years.values().stream().mapToLong(Long::longValue).sum();
    years.values().removeIf(lines -> lines * LINES < all);
    return years.isEmpty()
        ? Optional.empty()
        : Optional.of(new SalesYears(years.firstKey(), years.lastKey()));
  }
}
