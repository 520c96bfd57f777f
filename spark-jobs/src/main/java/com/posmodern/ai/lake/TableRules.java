package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.error.PosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The contract's rules about the table as a whole: table rules and the uniqueness of the primary
 * key.
 */
final class TableRules {
  private TableRules() {}

  /**
   * Verifies the rows of an as-of date, or a slice of them, in one query.
   *
   * @return the number of rows
   * @throws PosException bad data, naming the rule
   */
  static long verify(Contract contract, Dataset<Row> rows) {
    List<Rule> rules =
        contract.rules().stream()
            .filter(rule -> rule.scope() == Rule.Scope.TABLE)
            .filter(rule -> rule.severity() == Rule.Severity.ERROR)
            .toList();
    List<Column> verdicts = new ArrayList<>();
    verdicts.add(key(contract).map(key -> count_distinct(key)).orElseGet(() -> count(lit(1))));
    rules.forEach(rule -> verdicts.add(expr(rule.expression())));
    Row found = rows.agg(count(lit(1)), verdicts.toArray(Column[]::new)).head();
    long counted = found.getLong(0);
    if (found.getLong(1) != counted) {
      throw broken(contract, "unique_key", "One row per " + contract.primaryKey() + ".");
    }
    for (int i = 0; i < rules.size(); i++) {
      if (found.isNullAt(i + 2) || !found.getBoolean(i + 2)) {
        throw broken(contract, rules.get(i).name(), rules.get(i).description());
      }
    }
    return counted;
  }

  /**
   * The key as a single value, never null. Not checked for features: they have as many rows as
   * there are sales, are grouped by their key where they are computed, and are not read outside the
   * lake.
   */
  private static Optional<Column> key(Contract contract) {
    return contract.primaryKey().isEmpty() || contract.table().layer() == Layer.FEATURES
        ? Optional.empty()
        : Optional.of(
            struct(contract.primaryKey().stream().map(name -> col(name)).toArray(Column[]::new)));
  }

  private static PosException broken(Contract contract, String rule, String description) {
    return PosException.badData(
        "rule %s is broken (%s)".formatted(rule, description),
        contract.table().toString(),
        "The table is unchanged: nothing was committed. This is an error in the job that wrote it.");
  }
}
