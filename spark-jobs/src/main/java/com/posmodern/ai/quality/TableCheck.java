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
 * The result of checking a source table.
 *
 * @param quarantined the rejected rows as {@code ops.quarantine} without its as-of date
 */
public record TableCheck(Table table, List<RuleResult> results, Dataset<Row> quarantined) {

  /** Applies the contract's rules to a whole table; for sales lines see {@link SalesCheck}. */
  public static TableCheck of(Table table, Dataset<Row> rows, QualitySettings settings) {
    Contract contract = Contracts.of(table);
    List<ScopedRule> rules = SourceRules.of(contract);
    Dataset<Row> judged = SourceRules.judged(contract, rows);
    return new TableCheck(
        table,
        RuleCheck.check(table, judged, rules, settings.defaultTolerance()),
        Quarantine.split(contract, judged, rules).quarantined());
  }

  /**
   * As {@link #of(Table, Dataset, QualitySettings)}, with the additional rules that depend on the
   * as-of date.
   */
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

  /** True when a row was rejected; known without reading the table again. */
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
   * Fails if a rule stops the night, and shows one of the bad rows.
   *
   * @throws PosException bad data, for the first rule that stops the night
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
            "rule %s is broken by %,d of %,d rows (%.2f %%; the tolerance is %.2f %%)%s",
            result.rule(),
            result.rowsFailed(),
            result.rowsChecked(),
            100 * result.share(),
            100 * result.tolerance(),
            example),
        table.toString(),
        remedy(result.rule()) + "; last night's results stay in place");
  }

  /** The remedy for a rule: only some rules have a tolerance in the contract. */
  private String remedy(String rule) {
    Optional<Rule> stated =
        Contracts.of(table).rules().stream().filter(one -> one.name().equals(rule)).findFirst();
    if (!DayRules.ruleOf(rule).equals(rule)) {
      return "Correct the lines of the as-of date at their source and load them again (all are in"
          + " ops.quarantine), run with --as-of the day before, or raise quality.day_tolerance in"
          + " the settings";
    }
    if (stated.isPresent() && stated.get().scope() == Scope.TABLE) {
      return "Load the table again from its source";
    }
    String correction =
        rule.equals("unknown_product")
            ? "Load the missing products (those no longer sold keep a row, with discontinued_on)"
            : "Correct these rows at their source";
    boolean inContract = stated.isPresent() && !Double.isNaN(stated.get().tolerance());
    return correction
        + " (all are in ops.quarantine), or raise "
        + (inContract
            ? "the tolerance of " + rule + " in lake-schemas/" + table.path() + ".yaml"
            : "quality.default_tolerance in the settings, which applies to this rule");
  }
}
