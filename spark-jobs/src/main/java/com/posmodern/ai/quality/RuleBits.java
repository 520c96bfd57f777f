package com.posmodern.ai.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rules that a row breaks, as a bit mask in the order of the rules.
 *
 * <p>The rules are evaluated once; counts, filters and explanations use the bits. Repeating the
 * rule expressions in every filter and count makes plans that take longer to compile than to run.
 */
final class RuleBits {
  /** Bits of the rules that a row breaks; never null. */
  static final String BROKEN = "_broken";

  private RuleBits() {}

  /** The rows with {@link #BROKEN}; the bit of a table rule is never set. */
  static Dataset<Row> judged(Dataset<Row> rows, List<ScopedRule> rules) {
    if (rules.size() > Long.SIZE) {
      throw new IllegalArgumentException(
          rules.size() + " rules for one table; the maximum is " + Long.SIZE);
    }
    Column broken =
        IntStream.range(0, rules.size())
            .filter(place -> rules.get(place).isRowRule())
            .mapToObj(place -> bitIf(rules.get(place).brokenBy(), place))
            .reduce(lit(0L), Column::bitwiseOR);
    return rows.withColumn(BROKEN, broken);
  }

  /** Checked rows with the bit of one more rule. */
  static Dataset<Row> alsoBroken(Dataset<Row> judged, int place, Column broken) {
    return judged.withColumn(BROKEN, col(BROKEN).bitwiseOR(bitIf(broken, place)));
  }

  /** Whether a checked row breaks the rule at that position. */
  static Column breaks(int place) {
    return col(BROKEN).bitwiseAND(lit(1L << place)).notEqual(0L);
  }

  /** Never null: true when the checked row breaks no rule that quarantines rows. */
  static Column sound(List<ScopedRule> rules) {
    long refusing =
        IntStream.range(0, rules.size())
            .filter(place -> rules.get(place).isRefusing())
            .mapToLong(place -> 1L << place)
            .reduce(0L, (bits, bit) -> bits | bit);
    return col(BROKEN).bitwiseAND(lit(refusing)).equalTo(0L);
  }

  private static Column bitIf(Column broken, int place) {
    return when(broken, lit(1L << place)).otherwise(lit(0L));
  }
}
