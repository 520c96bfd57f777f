package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Days;
import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
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
  private final List<Dataset<Row>> held;
  private final TableCheck outcome;
  private final Dataset<Row> accepted;
  private final Dataset<Row> history;
  private final Dataset<Row> refused;
  private final SalesState state;
  private final long acceptedRows;

  private SalesCheck(
      List<Dataset<Row>> held,
      TableCheck outcome,
      Dataset<Row> accepted,
      Dataset<Row> history,
      Dataset<Row> refused,
      SalesState state,
      long acceptedRows) {
    this.held = held;
    this.outcome = outcome;
    this.accepted = accepted;
    this.history = history;
    this.refused = refused;
    this.state = state;
    this.acceptedRows = acceptedRows;
  }

  /**
   * What is checked.
   *
   * @param sales rows of the source table
   * @param clock of the stores that are known
   * @param products valid rows of the source table
   * @param closed days on which all stores were closed: an as-of date without lines is valid then
   */
  public record Input(
      Dataset<Row> sales,
      StoreClock clock,
      Dataset<Row> products,
      Set<LocalDate> closed,
      LocalDate asOf,
      QualitySettings settings) {
    public Input {
      closed = Set.copyOf(closed);
    }
  }

  /** As {@link #of(Input)}, without closed days. */
  public static SalesCheck of(
      Dataset<Row> sales,
      Dataset<Row> stores,
      Dataset<Row> products,
      LocalDate asOf,
      QualitySettings settings) {
    return of(new Input(sales, StoreClock.of(stores), products, Set.of(), asOf, settings));
  }

  /**
   * Judges all lines. Reads the sales once.
   *
   * @throws com.posmodern.ai.error.PosException when the as-of date has no lines
   */
  public static SalesCheck of(Input input) {
    return of(input, Optional.empty());
  }

  /**
   * Judges the lines of some days; the others stay as they were judged before.
   *
   * @return empty when they cannot, because these days decide on others
   * @throws com.posmodern.ai.error.PosException as {@link #of(Input)}
   */
  public static Optional<SalesCheck> of(Input input, JudgedSales before) {
    SalesCheck check = of(input, Optional.of(before));
    if (check.state.sameVerdicts(before.state())) {
      return Optional.of(check);
    }
    check.close();
    return Optional.empty();
  }

  private static SalesCheck of(Input input, Optional<JudgedSales> before) {
    List<Dataset<Row>> held = new ArrayList<>();
    try {
      return check(input, before, held);
    } catch (Throwable e) {
      held.forEach(Dataset::unpersist);
      throw e;
    }
  }

  private static SalesCheck check(
      Input input, Optional<JudgedSales> before, List<Dataset<Row>> held) {
    LocalDate asOf = input.asOf();
    QualitySettings settings = input.settings();
    Dataset<Row> all = input.clock().dated(input.sales());
    Dataset<Row> chosen =
        before
            .map(
                known ->
                    input
                        .clock()
                        .dated(input.sales().where(StoreClock.around(known.again())))
                        .where(known.again().has(LOCAL_DATE)))
            .orElse(all);
    Dataset<Row> judged = kept(held, SalesRules.judged(chosen, input.products()));
    // The count materialises the lines, and lets Spark know their size.
    SalesDays counted = SalesDays.of(judged, SalesRules.ALL.subList(0, SalesRules.ALL.size() - 1));
    SalesDays known = over(counted.withRefused(Map.of()), before);
    BusinessDates dates = new BusinessDates(known.days());
    dates.requireDataOn(asOf, input.closed());
    LocalDate first = dates.firstPlausible();
    LocalDate last = dates.lastPlausible(asOf, settings.futureDays());
    Dataset<Row> settled = SalesRules.settled(judged, first);

    List<String> key = SalesRules.CONTRACT.primaryKey();
    Dataset<Row> repeated = kept(held, Duplicates.repeated(judged, key));
    // Where no key repeats, as in a sound export, no line need be sorted or joined for it.
    Surplus surplus =
        repeated.count() > 0
            ? Surplus.of(settled, key, repeated, rows -> kept(held, rows))
            : Surplus.none(settled);
    SalesDays days = over(counted.withRefused(surplus.byDay()), before);

    HouseCards cards = houseCards(before.isEmpty() ? judged : all, days, first, input, before);
    SalesResults figures = new SalesResults(days, asOf, first, last);
    List<RuleResult> results = new ArrayList<>(figures.of(settings));
    results.addAll(cards.results());
    results.add(figures.later());
    results.addAll(Drift.check(days, asOf, settings));

    Column sound = RuleBits.sound(SalesRules.ALL);
    Dataset<Row> history = AcceptedSales.of(cards.withoutThem(surplus.lines().filter(sound)));
    Dataset<Row> refused =
        surplus
            .lines()
            .filter(not(sound))
            .select(
                Stream.concat(
                        Stream.of(col(LOCAL_DATE).as(BUSINESS_DATE)),
                        Stream.of(Quarantine.rejection(SalesRules.CONTRACT, SalesRules.ALL)))
                    .toArray(Column[]::new));
    Dataset<Row> quarantined =
        before
            .map(earlier -> earlier.refused().where(earlier.again().lacks(BUSINESS_DATE)))
            .map(refused::unionByName)
            .orElse(refused)
            .where(coalesce(col(BUSINESS_DATE).leq(lit(asOf)), lit(true)))
            .drop(BUSINESS_DATE)
            .withColumn(TABLE_NAME, lit(Table.SALES_LINES.tableName()));
    if (figures.hasFuture()) {
      Dataset<Row> future =
          SalesRules.ofTheFuture(
              before.isEmpty() ? judged : SalesRules.judged(all, input.products()), last);
      quarantined =
          quarantined.unionByName(
              Quarantine.split(SalesRules.CONTRACT, future, SalesRules.ALL).quarantined());
    }
    Dataset<Row> acceptedSoFar =
        before
            .map(earlier -> earlier.accepted().where(earlier.again().lacks(BUSINESS_DATE)))
            .map(history::unionByName)
            .orElse(history)
            .where(col(BUSINESS_DATE).leq(lit(asOf)));
    return new SalesCheck(
        held,
        new TableCheck(Table.SALES_LINES, List.copyOf(results), quarantined),
        acceptedSoFar,
        history,
        refused,
        new SalesState(first, cards.digest(), cards.mostLines(), days),
        days.accepted(first, asOf));
  }

  private static SalesDays over(SalesDays counted, Optional<JudgedSales> before) {
    return before.map(known -> counted.over(known.state().days(), known.again())).orElse(counted);
  }

  private static HouseCards houseCards(
      Dataset<Row> lines,
      SalesDays days,
      LocalDate first,
      Input input,
      Optional<JudgedSales> before) {
    LocalDate asOf = input.asOf();
    long identified = days.identified(asOf);
    double share = input.settings().customerShare();
    long mostLines =
        before
            .map(known -> known.state().mostLines() + days.identified(known.again()))
            .orElseGet(() -> days.identified(Days.LATEST));
    boolean wereNone =
        before.map(known -> known.state().houseCards().equals(HouseCards.NONE)).orElse(true);
    return HouseCards.tooFew(identified, share) || (wereNone && mostLines <= share * identified)
        ? HouseCards.none(mostLines, identified, share)
        : HouseCards.of(lines, col(LOCAL_DATE).between(lit(first), lit(asOf)), identified, share);
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

  /** The accepted lines up to the as-of date, as in {@code features.accepted_sales}. */
  public Dataset<Row> accepted() {
    return accepted;
  }

  /** Number of {@link #accepted} lines. */
  public long acceptedRows() {
    return acceptedRows;
  }

  /** The accepted lines of the judged days: {@code features.accepted_sales}. */
  public Dataset<Row> history() {
    return history;
  }

  /** The refused lines of the judged days: {@code ops.refused_sales}. */
  public Dataset<Row> refused() {
    return refused;
  }

  /** Whether there are {@link #refused} lines. */
  public boolean hasRefused() {
    return outcome.hasQuarantined() || state.days().late().rows() > 0;
  }

  public SalesState state() {
    return state;
  }

  @Override
  public void close() {
    held.forEach(Dataset::unpersist);
  }
}
