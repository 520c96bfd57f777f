package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.quality.Duplicates.SURPLUS;
import static com.posmodern.ai.quality.ScopedRule.EVERY_ROW;
import static com.posmodern.ai.quality.ScopedRule.refusing;
import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static com.posmodern.ai.quality.StoreClock.STORE_IS_KNOWN;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Rule.Scope;
import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The contract's rules for sales lines, and rules that a contract cannot express: keys that must
 * exist in other tables, and times that depend on the as-of date.
 *
 * <p>A line is in scope when its business date is usable and not after the as-of date. A line
 * without a usable date belongs to no night; rules about time are therefore applied to the whole
 * table, all others only to lines in scope, so that later lines cannot change a result.
 */
final class SalesRules {
  static final String DUPLICATE_KEY = "duplicate_key";
  static final String IN_SCOPE = "_in_scope";
  static final String PRODUCT_IS_KNOWN = "_product_is_known";

  static final Contract CONTRACT = Contracts.of(Table.SALES_LINES);

  private SalesRules() {}

  /** Never null: true for lines that this night uses if they are valid. */
  static Column inScope(LocalDate firstPlausible, LocalDate asOf) {
    return coalesce(col(LOCAL_DATE).between(lit(firstPlausible), lit(asOf)), lit(false));
  }

  /** Never null: true for lines that belong to later nights, valid or not. */
  static Column later(LocalDate asOf, LocalDate lastPlausible) {
    return coalesce(col(LOCAL_DATE).between(lit(asOf.plusDays(1)), lit(lastPlausible)), lit(false));
  }

  /** Every rule except the one for duplicates, which needs the results of all others. */
  static List<ScopedRule> beforeDuplicates(LocalDate firstPlausible, LocalDate lastPlausible) {
    List<ScopedRule> rules = new ArrayList<>();
    for (Rule rule : CONTRACT.rules()) {
      boolean wholeTable = rule.scope() == Scope.TABLE || rule.name().startsWith(SOLD_AT);
      rules.add(new ScopedRule(rule, wholeTable ? EVERY_ROW : IN_SCOPE));
    }
    rules.add(
        refusing(
            "sold_at_broken",
            "%s IS NULL OR %s >= DATE'%s'".formatted(LOCAL_DATE, LOCAL_DATE, firstPlausible),
            EVERY_ROW,
            "No till sold before "
                + firstPlausible
                + "; a till that reports such a time has a wrong clock."));
    rules.add(
        refusing(
            "sold_in_the_future",
            "%s IS NULL OR %s <= DATE'%s'".formatted(LOCAL_DATE, LOCAL_DATE, lastPlausible),
            EVERY_ROW,
            "No till sold after " + lastPlausible + "."));
    rules.add(refusing("unknown_store", STORE_IS_KNOWN, IN_SCOPE, "The store is in stores."));
    rules.add(
        refusing("unknown_product", PRODUCT_IS_KNOWN, IN_SCOPE, "The product is in products."));
    return List.copyOf(rules);
  }

  static ScopedRule duplicateKey() {
    return refusing(
        DUPLICATE_KEY, "NOT " + SURPLUS, IN_SCOPE, "One line per receipt and position.");
  }
}
