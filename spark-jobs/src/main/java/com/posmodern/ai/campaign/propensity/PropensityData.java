package com.posmodern.ai.campaign.propensity;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import com.posmodern.ai.config.PropensitySettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The purchase days of customers, and what they say of each kind of propensity. */
public final class PropensityData implements AutoCloseable {
  /** The day that a row is as of. */
  public static final String CUT = CutFeatures.CUT;

  /** A customer who has been seen for less tells too little. */
  private static final int MIN_HISTORY_DAYS = 84;

  private static final int CUT_STEP_DAYS = 28;

  private final Dataset<Row> perCategory;
  private final Dataset<Row> days;
  private final Dataset<Row> categoryDays;
  private final Offers offers;
  private final List<String> excluded;
  private final PropensitySettings settings;
  private final Map<List<LocalDate>, Dataset<Row>> customers = new HashMap<>();

  /**
   * The data of some customers.
   *
   * @param lines accepted lines of customers who may be profiled
   * @param products one row per product
   * @param events of campaigns, one row each
   * @param excluded categories that nobody is profiled by
   */
  public PropensityData(
      Dataset<Row> lines,
      Dataset<Row> products,
      Optional<Dataset<Row>> events,
      List<String> excluded,
      PropensitySettings settings) {
    this.perCategory =
        PurchaseDays.perCategory(lines, products).persist(StorageLevel.MEMORY_AND_DISK());
    this.days = PurchaseDays.perCustomer(perCategory);
    this.categoryDays = PurchaseDays.gapsOfCategories(perCategory);
    this.offers = new Offers(events);
    this.excluded = List.copyOf(excluded);
    this.settings = settings;
  }

  /** The last day on which the past can be known to the full, and the days before it. */
  record Cuts(LocalDate judged, List<LocalDate> trained) {
    List<LocalDate> all() {
      List<LocalDate> all = new ArrayList<>(trained);
      all.add(judged);
      return all;
    }
  }

  /** First and last purchase and whether any was on promotion; empty without a purchase. */
  public Optional<Span> span() {
    Row found = perCategory.agg(min(col(BUSINESS_DATE)), max(col(PurchaseDays.PROMOTED))).head();
    return found.isNullAt(0)
        ? Optional.empty()
        : Optional.of(new Span(found.getDate(0).toLocalDate(), found.getLong(1) > 0));
  }

  /**
   * What the sales hold.
   *
   * @param promoted whether anything was bought on promotion
   */
  public record Span(LocalDate first, boolean promoted) {}

  /** The days to be learnt from; no days when the history is too short. */
  Cuts cuts(PropensityKind kind, LocalDate asOf, LocalDate first) {
    int horizon = kind == PropensityKind.LAPSE ? settings.lapseMaxDays() : kind.horizonDays();
    LocalDate judged = asOf.minusDays(horizon);
    List<LocalDate> trained = new ArrayList<>();
    for (int i = 0; i < settings.cuts(); i++) {
      LocalDate cut = judged.minusDays(horizon + (long) CUT_STEP_DAYS * i);
      if (!cut.isBefore(first.plusDays(MIN_HISTORY_DAYS))) {
        trained.add(cut);
      }
    }
    return new Cuts(judged, trained);
  }

  /** Whether the lake has the events of campaigns. */
  boolean knowsOffers() {
    return offers.events().isPresent();
  }

  /** Features as of days, without labels. */
  public Dataset<Row> described(PropensityKind kind, List<LocalDate> cuts) {
    return switch (kind) {
      case BUY_CATEGORY ->
          CutFeatures.categories(
              categoryDays, customers(cuts), cuts, settings.popularCategories(), excluded);
      case RESPOND -> offers.described(customers(cuts), cuts);
      case LAPSE, VALUE -> customers(cuts);
    };
  }

  /** Once for all kinds, one of which asks three times. */
  private Dataset<Row> customers(List<LocalDate> cuts) {
    return customers.computeIfAbsent(
        List.copyOf(cuts),
        asOf -> CutFeatures.customers(days, asOf).persist(StorageLevel.MEMORY_AND_DISK()));
  }

  Dataset<Row> labelled(PropensityKind kind, List<LocalDate> cuts) {
    Dataset<Row> rows = described(kind, cuts);
    return switch (kind) {
      case BUY_CATEGORY -> Outcomes.bought(rows, categoryDays, cuts, kind.horizonDays());
      case LAPSE -> Outcomes.lapsed(rows, days, cuts, settings);
      case RESPOND -> offers.labelled(rows, days, cuts, kind.horizonDays());
      case VALUE -> Outcomes.revenue(rows, days, cuts, kind.horizonDays());
    };
  }

  @Override
  public void close() {
    customers.values().forEach(Dataset::unpersist);
    perCategory.unpersist();
  }
}
