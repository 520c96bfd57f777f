package com.posmodern.ai.job.quality;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Days;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Standing;
import com.posmodern.ai.lake.TableChanges;
import com.posmodern.ai.night.HistoryWrite;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.quality.ChangedDays;
import com.posmodern.ai.quality.JudgedSales;
import com.posmodern.ai.quality.SalesCheck;
import com.posmodern.ai.quality.SalesState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges the sales lines of days that are new or changed since the last night, and keeps the
 * verdicts on all others; judges all lines when nobody can tell what changed.
 *
 * <p>{@code features.accepted_sales} is written last, and its commit says up to which versions of
 * the source tables all verdicts stand. A run that is killed before that leaves the former state:
 * the next run finds the same days, or more, and replaces them again.
 */
final class SalesVerdicts implements AutoCloseable {
  private static final String RULES = "rules";
  private static final String STORES = "stores";
  private static final String PRODUCTS = "products";

  private final JobContext context;
  private final SalesCheck check;
  private final Optional<JudgedSales> before;
  private final Map<String, String> sources;

  private SalesVerdicts(
      JobContext context,
      SalesCheck check,
      Optional<JudgedSales> before,
      Map<String, String> sources) {
    this.context = context;
    this.check = check;
    this.before = before;
    this.sources = sources;
  }

  static SalesVerdicts of(JobContext context, SalesCheck.Input input) {
    Map<String, String> sources =
        Map.of(
            Table.SALES_LINES.path(),
            context.place(Table.SALES_LINES),
            RULES,
            SalesState.rulesDigest(),
            STORES,
            input.clock().digest(),
            PRODUCTS,
            ChangedDays.digest(input.products(), List.of(PRODUCT_ID)));
    Known known = known(context, input, sources);
    if (known.before().isPresent()) {
      JudgedSales before = known.before().get();
      context.step("judging the sales lines of " + before.again().told());
      Optional<SalesCheck> check = SalesCheck.of(input, before);
      if (check.isPresent()) {
        return new SalesVerdicts(context, check.get(), known.before(), sources);
      }
      known = Known.nothing("the changed lines alter the verdicts on other days");
    }
    context.step("judging all sales lines: " + known.why());
    return new SalesVerdicts(context, SalesCheck.of(input), Optional.empty(), sources);
  }

  /**
   * What is known of earlier verdicts.
   *
   * @param why nothing is
   */
  private record Known(Optional<JudgedSales> before, String why) {
    static Known nothing(String why) {
      return new Known(Optional.empty(), why);
    }
  }

  private static Known known(
      JobContext context, SalesCheck.Input input, Map<String, String> sources) {
    if (context.rebuilds()) {
      return Known.nothing("asked for with --rebuild");
    }
    Optional<Standing> standing = context.standing(Table.ACCEPTED_SALES);
    Optional<SalesState> state = standing.flatMap(found -> SalesState.of(found.state()));
    if (state.isEmpty()) {
      return Known.nothing("there are no earlier verdicts");
    }
    Map<String, String> former = standing.get().sources();
    if (!sources.get(RULES).equals(former.get(RULES))) {
      return Known.nothing("the rules have changed since");
    }
    if (!sources.get(STORES).equals(former.get(STORES))) {
      return Known.nothing("stores or their time zones have changed since");
    }
    TableChanges changes =
        context.changes(
            Table.SALES_LINES, former.getOrDefault(Table.SALES_LINES.path(), "unknown"));
    if (!changes.isKnown()) {
      return Known.nothing("of " + Table.SALES_LINES + ", " + changes.unknown());
    }
    Dataset<Row> accepted = context.lastWritten(Table.ACCEPTED_SALES).orElseThrow();
    Days ofProducts =
        sources.get(PRODUCTS).equals(former.get(PRODUCTS))
            ? Days.of(List.of())
            : state
                .get()
                .withUnknownProducts()
                .with(ChangedDays.withoutProducts(accepted, input.products()));
    Optional<Days> again =
        ChangedDays.ofSales(
            input.sales(),
            changes.rows(),
            input.clock(),
            TableChanges.SIGN,
            TableChanges.HASH,
            ofProducts);
    if (again.isEmpty() || state.get().isMost(again.get())) {
      return Known.nothing("most of them are of days that changed");
    }
    return new Known(
        Optional.of(
            new JudgedSales(state.get(), accepted, refused(context, accepted), again.get())),
        "");
  }

  private static Dataset<Row> refused(JobContext context, Dataset<Row> accepted) {
    return context
        .lastWritten(Table.REFUSED_SALES)
        .orElseGet(
            () ->
                accepted
                    .sparkSession()
                    .createDataFrame(
                        List.of(), Contracts.of(Table.REFUSED_SALES).schema().asNullable()));
  }

  SalesCheck check() {
    return check;
  }

  /** Replaces the judged days: the refused lines, then the accepted ones. */
  void write() {
    Optional<Days> days = before.map(JudgedSales::again);
    boolean some = days.map(judged -> check.state().hasRefused(judged)).orElse(check.hasRefused());
    boolean were =
        before
            .map(SalesVerdicts::refusedBefore)
            .orElseGet(() -> context.lastWritten(Table.REFUSED_SALES).isPresent());
    if (some || were) {
      context.writeHistory(
          Table.REFUSED_SALES, check.refused(), new HistoryWrite(days, were, Map.of(), ""));
    }
    context.writeHistory(
        Table.ACCEPTED_SALES,
        check.history(),
        new HistoryWrite(
            days,
            before.map(known -> known.state().hasAccepted(known.again())).orElse(true),
            sources,
            check.state().toJson()));
  }

  /**
   * Whether there are refused lines of the days to be replaced. The state is that of the last
   * finished run; the lines may be of one that was killed before it wrote the accepted ones.
   */
  private static boolean refusedBefore(JudgedSales known) {
    return known.state().hasRefused(known.again())
        || !known.refused().where(known.again().has(BUSINESS_DATE)).isEmpty();
  }

  @Override
  public void close() {
    check.close();
  }
}
