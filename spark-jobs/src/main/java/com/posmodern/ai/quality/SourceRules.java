package com.posmodern.ai.quality;

import static com.posmodern.ai.quality.Duplicates.SURPLUS;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rules of a source table other than sales lines, and the columns they need. */
final class SourceRules {
  /** Tables that others join by key: a duplicated key would multiply sales. */
  private static final Set<Table> REFERENCE =
      Set.of(Table.PRODUCTS, Table.STORES, Table.CUSTOMERS, Table.PROMOTIONS, Table.CALENDAR);

  private static final String SOUND = "_sound";

  private SourceRules() {}

  static List<ScopedRule> of(Contract contract) {
    List<ScopedRule> rules = withoutDuplicates(contract);
    if (REFERENCE.contains(contract.table())) {
      rules.add(
          ScopedRule.refusing(
              SalesRules.DUPLICATE_KEY,
              "NOT " + SURPLUS,
              ScopedRule.EVERY_ROW,
              "One row per " + String.join(", ", contract.primaryKey()) + "."));
    }
    return rules;
  }

  /** The rows with {@link RuleBits} for the rules {@link #of} the table. */
  static Dataset<Row> judged(Contract contract, Dataset<Row> rows) {
    List<ScopedRule> ownRules = withoutDuplicates(contract);
    Dataset<Row> judged = RuleBits.judged(rows, ownRules);
    if (!REFERENCE.contains(contract.table())) {
      return judged;
    }
    // Only valid rows compete for a key: an invalid row never displaces a valid one.
    Dataset<Row> marked =
        Duplicates.markedSmall(
            judged.withColumn(SOUND, RuleBits.sound(ownRules)), contract.primaryKey(), SOUND);
    return RuleBits.alsoBroken(marked, ownRules.size(), col(SURPLUS));
  }

  private static List<ScopedRule> withoutDuplicates(Contract contract) {
    List<ScopedRule> rules = new ArrayList<>(ScopedRule.everywhere(contract.rules()));
    if (contract.table() == Table.STORES) {
      rules.add(
          ScopedRule.refusing(
              "time_zone_known",
              StoreClock.knownZone(),
              ScopedRule.EVERY_ROW,
              "Java knows the time zone."));
    }
    return rules;
  }
}
