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
 * Which rules a row breaks, a bit for each in the order of the rules.
 *
 * <p>The rules are asked once; what counts, parts or explains rows reads the bits. Rules written
 * out again in every filter and every count make plans that take longer to compile than to run.
 */
final class RuleBits {
  /** Bits of the rules that a row breaks; never null. */
  static final String BROKEN = "_broken";

  private RuleBits() {}

  /** The rows with {@link #BROKEN}; the bit of a table rule is never set. */
  static Dataset<Row> judged(Dataset<Row> rows, List<ScopedRule> rules) {
    if (rules.size() > Long.SIZE) {
      throw new IllegalArgumentException(
          rules.size() + " rules for one table; there are bits for " + Long.SIZE);
    }
    Column broken =
        IntStream.range(0, rules.size())
            .filter(place -> rules.get(place).isRowRule())
            .mapToObj(place -> bitIf(rules.get(place).brokenBy(), place))
            .reduce(lit(0L), Column::bitwiseOR);
    return rows.withColumn(BROKEN, broken);
  }

  /** Judged rows with the verdict on one more rule. */
  static Dataset<Row> alsoBroken(Dataset<Row> judged, int place, Column broken) {
    return judged.withColumn(BROKEN, col(BROKEN).bitwiseOR(bitIf(broken, place)));
  }

  /** Whether a judged row breaks the rule at that place. */
  static Column breaks(int place) {
    return col(BROKEN).bitwiseAND(lit(1L << place)).notEqual(0L);
  }

  /** Never null: the judged row breaks none of the rules that keep a row out. */
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
