package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Rule;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Evaluates the contract's row rules inside the write: the first row that breaks one fails the
 * task, so Delta never commits it and no second pass over the data is needed.
 */
final class RowRules {
  private RowRules() {}

  static Dataset<Row> enforced(Contract contract, Dataset<Row> rows) {
    List<Rule> rules =
        contract.rules().stream()
            .filter(rule -> rule.scope() == Rule.Scope.ROW)
            .filter(rule -> rule.severity() == Rule.Severity.ERROR)
            .toList();
    if (rules.isEmpty()) {
      return rows;
    }
    Column verdict = null;
    for (Rule rule : rules) {
      Column broken = coalesce(expr("NOT (" + rule.expression() + ")"), lit(true));
      Column refused = raise_error(message(contract, rule)).cast("boolean");
      verdict = verdict == null ? when(broken, refused) : verdict.when(broken, refused);
    }
    return rows.where(verdict.otherwise(lit(true)));
  }

  /** Identifies the row by the key columns that do not identify a person. */
  private static Column message(Contract contract, Rule rule) {
    Column[] key =
        contract.columns().stream()
            .filter(ContractColumn::isKey)
            .filter(c -> c.classification() == ContractColumn.Classification.NONE)
            .map(c -> col(c.name()))
            .toArray(Column[]::new);
    String text =
        "a row breaks rule %s (%s)".formatted(rule.name(), rule.description().replace("\n", " "));
    return key.length == 0 ? lit(text) : concat(lit(text + ": "), to_json(struct(key)));
  }
}
