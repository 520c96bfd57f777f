package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Contract;
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
   * @throws PosException bad data, naming the rule
   */
  static void verify(Contract contract, Dataset<Row> rows) {
    verifyKey(contract, rows);
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
  }

  private static void verifyKey(Contract contract, Dataset<Row> rows) {
    if (contract.primaryKey().isEmpty()) {
      return;
    }
    Column[] key = contract.primaryKey().stream().map(name -> col(name)).toArray(Column[]::new);
    boolean repeated =
        !rows.groupBy(key)
            .agg(count(lit(1)).as(ROWS_PER_KEY))
            .where(expr(ROWS_PER_KEY + " > 1"))
            .limit(1)
            .isEmpty();
    if (repeated) {
      throw broken(contract, "unique_key", "One row per " + contract.primaryKey() + ".");
    }
  }

  private static PosException broken(Contract contract, String rule, String description) {
    return PosException.badData(
        "rule %s is broken (%s)".formatted(rule, description),
        contract.table().toString(),
        "The table is back at its former version. This is a fault of the job that wrote it.");
  }
}
