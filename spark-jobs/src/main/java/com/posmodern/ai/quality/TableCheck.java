package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Rule.Scope;
import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * A source table, checked.
 *
 * @param quarantined the refused rows as {@code ops.quarantine} without its as-of date
 */
public record TableCheck(Table table, List<RuleResult> results, Dataset<Row> quarantined) {

  /** Asks the contract's rules of a whole table; of sales lines, see {@link SalesCheck}. */
  public static TableCheck of(Table table, Dataset<Row> rows, QualitySettings settings) {
    Contract contract = Contracts.of(table);
    List<ScopedRule> rules = SourceRules.of(contract);
    Dataset<Row> judged = SourceRules.judged(contract, rows);
    return new TableCheck(
        table,
        RuleCheck.check(table, judged, rules, settings.defaultTolerance()),
        Quarantine.split(contract, judged, rules).quarantined());
  }

  /** As {@link #of(Table, Dataset, QualitySettings)}, with the rules that depend on the night. */
  public static TableCheck of(
      Table table, Dataset<Row> rows, NightRules night, QualitySettings settings) {
    List<ScopedRule> more = night.of(table);
    if (more.isEmpty()) {
      return of(table, rows, settings);
    }
    Contract contract = Contracts.of(table);
    List<ScopedRule> rules = new ArrayList<>(ScopedRule.everywhere(contract.rules()));
    rules.addAll(more);
    Dataset<Row> judged = RuleBits.judged(night.prepared(table, rows), rules);
    return new TableCheck(
        table,
        RuleCheck.check(table, judged, rules, settings.defaultTolerance()),
        Quarantine.split(contract, judged, rules).quarantined());
  }

  /** True when a row was refused; says so without reading the table again. */
  public boolean hasQuarantined() {
    return results.stream()
        .anyMatch(result -> result.severity() == Severity.ERROR && result.rowsFailed() > 0);
  }

  public List<RuleResult> warnings() {
    return results.stream()
        .filter(result -> result.severity() == Severity.WARNING && !result.passed())
        .toList();
  }

  /**
   * Refuses the table when a rule says so, with one of its bad rows.
   *
   * @throws PosException of bad data, for the first rule that stops the night
   */
  public void requirePassed() {
    Optional<RuleResult> stopping = results.stream().filter(RuleResult::stops).findFirst();
    if (stopping.isPresent()) {
      throw refusal(stopping.get());
    }
  }

  private PosException refusal(RuleResult result) {
    List<String> examples = new ArrayList<>();
    if (hasQuarantined()) {
      examples.addAll(
          quarantined
              .filter(array_contains(col(REASONS), DayRules.ruleOf(result.rule())))
              .orderBy(col(ROW_KEY), col(ROW_JSON))
              .select(col(ROW_JSON))
              .limit(1)
              .as(Encoders.STRING())
              .collectAsList());
    }
    String example = examples.isEmpty() ? "" : "; for example " + examples.get(0);
    return PosException.badData(
        String.format(
            Locale.ROOT,
            "rule %s is broken by %,d of %,d rows (%.2f %%, tolerated are %.2f %%)%s",
            result.rule(),
            result.rowsFailed(),
            result.rowsChecked(),
            100 * result.share(),
            100 * result.tolerance(),
            example),
        table.toString(),
        remedy(result.rule()) + "; last night's results stay in place");
  }

  /** What can be done about that very rule: only some have a tolerance in the contract's file. */
  private String remedy(String rule) {
    Optional<Rule> stated =
        Contracts.of(table).rules().stream().filter(one -> one.name().equals(rule)).findFirst();
    if (!DayRules.ruleOf(rule).equals(rule)) {
      return "Mend the as-of date's lines at their source and load them again (all are in"
          + " ops.quarantine), run with --as-of the day before, or raise quality.day_tolerance in"
          + " the settings";
    }
    if (stated.isPresent() && stated.get().scope() == Scope.TABLE) {
      return "Load the table again from its source";
    }
    String mend =
        rule.equals("unknown_product")
            ? "Load the missing products (those no longer sold keep a row, with discontinued_on)"
            : "Mend these rows at their source";
    boolean inContract = stated.isPresent() && !Double.isNaN(stated.get().tolerance());
    return mend
        + " (all are in ops.quarantine), or raise "
        + (inContract
            ? "the tolerance of " + rule + " in lake-schemas/" + table.path() + ".yaml"
            : "quality.default_tolerance in the settings, which holds for this rule");
  }
}
