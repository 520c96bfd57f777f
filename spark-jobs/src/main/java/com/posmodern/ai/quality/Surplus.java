package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.quality.Duplicates.SURPLUS;
import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The settled lines with the bit of surplus lines of a key.
 *
 * @param byDay number of surplus lines
 */
record Surplus(Dataset<Row> lines, Map<LocalDate, Long> byDay) {
  private static final String SOUND = "_sound";

  static Surplus none(Dataset<Row> settled) {
    return new Surplus(settled, Map.of());
  }

  /**
   * Only valid lines compete for a key: an invalid line never displaces a valid one.
   *
   * @param repeated keys of more than one line
   * @param kept persists rows that are used more than once
   */
  static Surplus of(
      Dataset<Row> settled,
      List<String> key,
      Dataset<Row> repeated,
      UnaryOperator<Dataset<Row>> kept) {
    Dataset<Row> marked = settled.withColumn(SOUND, RuleBits.sound(SalesRules.ALL));
    // By date first: a line of a later day never displaces one that an earlier night accepted.
    Dataset<Row> contested =
        kept.apply(
            Duplicates.contested(marked, key, SOUND, repeated, List.of(LOCAL_DATE, SOLD_AT)));
    Map<LocalDate, Long> byDay =
        contested.where(SURPLUS).groupBy(LOCAL_DATE).count().collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getDate(0).toLocalDate(), row -> row.getLong(1)));
    Dataset<Row> lines =
        RuleBits.alsoBroken(
            Duplicates.marked(marked, key, SOUND, repeated, contested),
            SalesRules.ALL.size() - 1,
            col(SURPLUS));
    return new Surplus(lines, byDay);
  }
}
