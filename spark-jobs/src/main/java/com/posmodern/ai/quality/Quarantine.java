package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.ContractColumn.Classification;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Splits the rows into those that broke an error rule and those that did not. */
final class Quarantine {

  private Quarantine() {}

  /**
   * A table split in two: every row is in exactly one part.
   *
   * @param accepted the accepted rows, unchanged
   * @param quarantined {@code ops.quarantine} without its as-of date
   */
  record Split(Dataset<Row> accepted, Dataset<Row> quarantined) {}

  /**
   * @param judged the rows with {@link RuleBits}
   */
  static Split split(Contract contract, Dataset<Row> judged, List<ScopedRule> rules) {
    Column sound = RuleBits.sound(rules);
    return new Split(
        judged.filter(sound), toQuarantine(contract, judged.filter(not(sound)), rules));
  }

  private static Dataset<Row> toQuarantine(
      Contract contract, Dataset<Row> refused, List<ScopedRule> rules) {
    return refused
        .select(rejection(contract, rules))
        .withColumn(TABLE_NAME, lit(contract.table().tableName()));
  }

  /** Why a row is refused, its key and itself, each of judged rows. */
  static Column[] rejection(Contract contract, List<ScopedRule> rules) {
    return new Column[] {
      array_compact(
              array(
                  IntStream.range(0, rules.size())
                      .filter(place -> rules.get(place).isRefusing())
                      .mapToObj(
                          place ->
                              when(RuleBits.breaks(place), lit(rules.get(place).rule().name())))
                      .toArray(Column[]::new)))
          .as(REASONS),
      concat_ws(
              "/",
              contract.columns().stream()
                  .filter(ContractColumn::isKey)
                  .map(c -> masked(c).cast("string"))
                  .toArray(Column[]::new))
          .as(ROW_KEY),
      to_json(
              struct(
                  contract.columns().stream()
                      .map(c -> masked(c).as(c.name()))
                      .toArray(Column[]::new)),
              Map.of("ignoreNullFields", "false"))
          .as(ROW_JSON)
    };
  }

  /** Personal values do not leave the source layer; the mask shows that there was a value. */
  private static Column masked(ContractColumn column) {
    return column.classification() == Classification.NONE
        ? col(column.name())
        : when(col(column.name()).isNotNull(), lit(ContractColumn.MASK));
  }
}
