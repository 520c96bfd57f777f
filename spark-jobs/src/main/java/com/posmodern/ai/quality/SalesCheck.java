package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.quality.Duplicates.SURPLUS;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The checked sales lines of a night: every line is accepted, quarantined, or belongs to a later
 * night.
 *
 * <p>Persists the checked lines in memory or on disk until it is closed, so that rules and local
 * times are computed only once; its datasets must be written before.
 */
public final class SalesCheck implements AutoCloseable {
  private static final String SOUND = "_sound";

  private final List<Dataset<Row>> held;
  private final TableCheck outcome;
  private final Dataset<Row> accepted;

  private SalesCheck(List<Dataset<Row>> held, TableCheck outcome, Dataset<Row> accepted) {
    this.held = held;
    this.outcome = outcome;
    this.accepted = accepted;
  }

  /**
   * Reads the sales three times: for the dates, for duplicated keys, and to apply the rules.
   *
   * @param stores valid rows of the source table, see {@link ValidRows}
   * @param products valid rows of the source table
   * @throws com.posmodern.ai.error.PosException when the as-of date has no lines
   */
  public static SalesCheck of(
      Dataset<Row> sales,
      Dataset<Row> stores,
      Dataset<Row> products,
      LocalDate asOf,
      QualitySettings settings) {
    return of(sales, stores, products, Set.of(), asOf, settings);
  }

  /**
   * As {@link #of(Dataset, Dataset, Dataset, LocalDate, QualitySettings)}, but an as-of date
   * without lines is valid if all stores were closed on it.
   */
  public static SalesCheck of(
      Dataset<Row> sales,
      Dataset<Row> stores,
      Dataset<Row> products,
      Set<LocalDate> closed,
      LocalDate asOf,
      QualitySettings settings) {
    List<Dataset<Row>> held = new ArrayList<>();
    try {
      return check(sales, hold(held, stores), products, closed, asOf, settings, held);
    } catch (Throwable e) {
      held.forEach(Dataset::unpersist);
      throw e;
    }
  }

  private static SalesCheck check(
      Dataset<Row> sales,
      Dataset<Row> stores,
      Dataset<Row> products,
      Set<LocalDate> closed,
      LocalDate asOf,
      QualitySettings settings,
      List<Dataset<Row>> held) {
    Dataset<Row> dated = StoreClock.dated(sales, stores);
    SalesDays days = SalesDays.of(dated);
    days.requireDataOn(asOf, closed);
    LocalDate firstPlausible = days.firstPlausible();
    LocalDate lastPlausible = days.lastPlausible(asOf, settings.futureDays());

    List<ScopedRule> rules =
        new ArrayList<>(SalesRules.beforeDuplicates(firstPlausible, lastPlausible));
    List<String> key = SalesRules.CONTRACT.primaryKey();
    Dataset<Row> repeated = kept(held, Duplicates.repeated(sales, key));
    // Where no key repeats, as in a sound export, no line need be sorted or joined for it. As hold
    // does, the count materialises the keys.
    boolean repeats = repeated.count() > 0;
    // Only valid lines compete for a key: an invalid line never displaces a valid one.
    Dataset<Row> judged =
        hold(
            held,
            RuleBits.judged(
                    withProducts(
                        dated.withColumn(
                            SalesRules.IN_SCOPE, SalesRules.inScope(firstPlausible, asOf)),
                        products),
                    rules)
                .withColumn(SOUND, col(SalesRules.IN_SCOPE).and(RuleBits.sound(rules)))
                .drop(StoreClock.STORE_IS_KNOWN, SalesRules.PRODUCT_IS_KNOWN));
    Dataset<Row> marked =
        RuleBits.alsoBroken(
            repeats
                ? withSurplus(judged, key, repeated, held)
                : judged.withColumn(SURPLUS, lit(false)),
            rules.size(),
            col(SURPLUS));

    rules.add(SalesRules.duplicateKey());
    RuleCheck.Pass pass =
        RuleCheck.check(
            Table.SALES_LINES,
            marked,
            rules,
            settings.defaultTolerance(),
            DayRules.aggregates(rules, asOf));
    List<RuleResult> results = new ArrayList<>(pass.results());
    results.addAll(DayRules.results(rules, pass.more(), settings.dayTolerance()));
    HouseCards cards = HouseCards.of(marked, days.identified(asOf), settings.customerShare());
    results.addAll(cards.results());
    results.add(outOfScope(results, days.rowsLater(asOf, lastPlausible)));
    results.addAll(Drift.check(days, asOf, settings));

    Dataset<Row> ofThisNight = marked.filter(not(SalesRules.later(asOf, lastPlausible)));
    Quarantine.Split split = Quarantine.split(SalesRules.CONTRACT, ofThisNight, rules);
    return new SalesCheck(
        held,
        new TableCheck(Table.SALES_LINES, List.copyOf(results), split.quarantined()),
        AcceptedSales.of(cards.withoutThem(split.accepted())));
  }

  private static Dataset<Row> withSurplus(
      Dataset<Row> judged, List<String> key, Dataset<Row> repeated, List<Dataset<Row>> held) {
    Dataset<Row> contested =
        hold(held, Duplicates.contested(judged, key, SOUND, repeated, List.of(SOLD_AT)));
    return Duplicates.marked(judged, key, SOUND, repeated, contested);
  }

  /**
   * Used by more than one action; materialised now, so that Spark knows its size when it plans
   * them.
   */
  private static Dataset<Row> hold(List<Dataset<Row>> held, Dataset<Row> rows) {
    Dataset<Row> persisted = kept(held, rows);
    persisted.foreachPartition((ForeachPartitionFunction<Row>) partition -> {});
    return persisted;
  }

  private static Dataset<Row> kept(List<Dataset<Row>> held, Dataset<Row> rows) {
    Dataset<Row> persisted = rows.persist(StorageLevel.MEMORY_AND_DISK());
    held.add(persisted);
    return persisted;
  }

  /** The rule results and the rejected lines. */
  public TableCheck outcome() {
    return outcome;
  }

  /** {@code features.accepted_sales} without its as-of date. */
  public Dataset<Row> accepted() {
    return accepted;
  }

  @Override
  public void close() {
    held.forEach(Dataset::unpersist);
  }

  private static Dataset<Row> withProducts(Dataset<Row> dated, Dataset<Row> products) {
    Dataset<Row> known =
        products.select(col(PRODUCT_ID), lit(true).as(SalesRules.PRODUCT_IS_KNOWN));
    return dated.join(broadcast(known), new String[] {PRODUCT_ID}, "left");
  }

  private static RuleResult outOfScope(List<RuleResult> results, long rowsLater) {
    long rows = results.stream().mapToLong(RuleResult::rowsChecked).max().orElse(0);
    return RuleResult.ofRows(
        Table.SALES_LINES, "out_of_scope", Severity.WARNING, rows, rowsLater, 1);
  }
}
