package com.posmodern.ai.quality;

import static com.posmodern.ai.quality.Duplicates.SURPLUS;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rules of a source table other than sales lines, and the columns they need. */
final class SourceRules {
  /** Tables that others are joined to by key: a second row would multiply sales. */
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

  /** The rows with the columns that the rules name. */
  static Dataset<Row> prepared(Contract contract, Dataset<Row> rows) {
    if (!REFERENCE.contains(contract.table())) {
      return rows;
    }
    Dataset<Row> judged = rows.withColumn(SOUND, ScopedRule.sound(withoutDuplicates(contract)));
    return Duplicates.markedSmall(judged, contract.primaryKey(), SOUND);
  }

  private static List<ScopedRule> withoutDuplicates(Contract contract) {
    List<ScopedRule> rules = new ArrayList<>(ScopedRule.everywhere(contract.rules()));
    if (contract.table() == Table.STORES) {
      rules.add(
          ScopedRule.refusing(
              "time_zone_known",
              StoreClock.knownZone(),
              ScopedRule.EVERY_ROW,
              "The zone is one that Java knows."));
    }
    return rules;
  }
}
