package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.error.PosException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The contract's rules about the whole: table rules and the uniqueness of the primary key. */
final class TableRules {
  private static final String ROWS_PER_KEY = "rows_per_key";

  private TableRules() {}

  /**
   * Verifies the rows of an as-of date, or of a slice of it.
   *
   * @return their number
   * @throws PosException bad data, naming the rule
   */
  static long verify(Contract contract, Dataset<Row> rows) {
    long counted = verifyKey(contract, rows);
    List<Rule> rules =
        contract.rules().stream()
            .filter(rule -> rule.scope() == Rule.Scope.TABLE)
            .filter(rule -> rule.severity() == Rule.Severity.ERROR)
            .toList();
    if (!rules.isEmpty()) {
      Row verdicts =
          rows.selectExpr(rules.stream().map(Rule::expression).toArray(String[]::new)).head();
      for (int i = 0; i < rules.size(); i++) {
        if (verdicts.isNullAt(i) || !verdicts.getBoolean(i)) {
          throw broken(contract, rules.get(i).name(), rules.get(i).description());
        }
      }
    }
    return counted;
  }

  /**
   * Counts the rows on the way: one query for both. Features are spared: they have as many rows as
   * the retailer has sales, are grouped by their key where they are made, and nobody outside reads
   * them.
   */
  private static long verifyKey(Contract contract, Dataset<Row> rows) {
    if (contract.primaryKey().isEmpty() || contract.table().layer() == Layer.FEATURES) {
      return Lake.count(rows);
    }
    Column[] key = contract.primaryKey().stream().map(name -> col(name)).toArray(Column[]::new);
    Row counted =
        rows.groupBy(key)
            .agg(count(lit(1)).as(ROWS_PER_KEY))
            .agg(max(ROWS_PER_KEY), coalesce(sum(ROWS_PER_KEY), lit(0L)))
            .head();
    if (!counted.isNullAt(0) && counted.getLong(0) > 1) {
      throw broken(contract, "unique_key", "One row per " + contract.primaryKey() + ".");
    }
    return counted.getLong(1);
  }

  private static PosException broken(Contract contract, String rule, String description) {
    return PosException.badData(
        "rule %s is broken (%s)".formatted(rule, description),
        contract.table().toString(),
        "The table is back at its former version. This is a fault of the job that wrote it.");
  }
}
