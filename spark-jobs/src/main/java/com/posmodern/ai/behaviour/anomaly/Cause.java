package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.SeriesDays.Event;
import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The likely cause of an incident: the first in this order for which there is evidence. */
enum Cause {
  /** Not all sales of the days have arrived, or a price has its decimal point in another place. */
  DATA_FAULT,
  /** Sold below what was expected while so many products were sold out that it may be why. */
  STOCK_OUT,
  /** Sold above while much more than usual was sold in a promotion. */
  PROMOTION,
  /** Sold above at a lower price, or below at a higher one, and not out of proportion to it. */
  PRICE,
  /** An event near the store. */
  EVENT,
  /** Nothing in the data explains it. */
  UNKNOWN;

  private static final double MORE_PROMOTED = 0.2;
  private static final double OTHER_PRICE = 0.1;

  /** Demand moves by at most so many times as much as its price, in logarithms. */
  private static final double MOST_ELASTIC = 4;

  /** How near the logarithm of a ratio of prices is to a whole number: within 5 %. */
  private static final double DECIMAL_POINT_NEAR = 0.02;

  /**
   * A cause and what speaks for it.
   *
   * @param evidence in English, empty where there is none
   */
  record Found(Cause cause, String evidence) {}

  static Found dataFault() {
    return new Found(DATA_FAULT, "not all sales of these days have arrived");
  }

  static Found of(Measure measure, SeriesDays days, Incident incident) {
    return switch (measure) {
      case DEMAND -> ofDemand(days, incident);
      case RETURNS -> ofPart("%.1f units returned, %.1f expected", incident);
      case DISCOUNTS -> ofPart("%.2f given away outside promotions, %.2f expected", incident);
      case PRICE -> ofPrice(incident);
    };
  }

  private static Found ofPart(String evidence, Incident incident) {
    return new Found(
        UNKNOWN, String.format(Locale.ROOT, evidence, incident.observed(), incident.expected()));
  }

  private static Found ofPrice(Incident incident) {
    double places = Math.log10(incident.observed() / incident.expected());
    boolean moved =
        Math.abs(places) > 0.5 && Math.abs(places - Math.rint(places)) < DECIMAL_POINT_NEAR;
    return new Found(
        moved ? DATA_FAULT : PRICE,
        String.format(
            Locale.ROOT,
            moved
                ? "%.2f a unit, usually %.2f: the decimal point is elsewhere"
                : "%.2f a unit, usually %.2f",
            incident.observed(),
            incident.expected()));
  }

  private static Found ofDemand(SeriesDays days, Incident incident) {
    return soldOut(days, incident)
        .or(() -> promotion(days, incident))
        .or(() -> price(days, incident))
        .or(() -> event(days, incident))
        .orElse(new Found(UNKNOWN, ""));
  }

  private static Optional<Found> soldOut(SeriesDays days, Incident incident) {
    double during = mean(days.soldOut(), incident.first(), incident.last() + 1);
    double before = mean(days.soldOut(), 0, incident.first());
    double selling =
        Arrays.stream(days.products(), 0, incident.first()).filter(p -> p > 0).average().orElse(0);
    // One product that is sold out is not why a whole store sells half.
    boolean enough = (during - before) / Math.max(1, selling) >= lost(incident) / 2;
    return !incident.above() && during >= Math.max(1, 2 * before) && enough
        ? found(STOCK_OUT, "%.1f products sold out a day, usually %.1f", during, before)
        : Optional.empty();
  }

  private static double lost(Incident incident) {
    return incident.expected() > 0 ? 1 - incident.observed() / incident.expected() : 0;
  }

  private static Optional<Found> promotion(SeriesDays days, Incident incident) {
    double during = promoted(days, incident.first(), incident.last() + 1);
    double before = promoted(days, 0, incident.first());
    return incident.above() && during - before >= MORE_PROMOTED
        ? found(
            PROMOTION,
            "%.0f %% of the units sold in a promotion, usually %.0f %%",
            100 * during,
            100 * before)
        : Optional.empty();
  }

  private static Optional<Found> price(SeriesDays days, Incident incident) {
    double during = meanOf(days.prices(), incident.first(), incident.last() + 1);
    double before = meanOf(days.prices(), 0, incident.first());
    double change = during / before - 1;
    boolean explains = incident.above() ? change <= -OTHER_PRICE : change >= OTHER_PRICE;
    double moved =
        Math.abs(Math.log(Math.max(incident.observed(), 1) / Math.max(incident.expected(), 1)));
    return explains && moved <= MOST_ELASTIC * Math.abs(Math.log(during / before))
        ? found(PRICE, "%.2f a unit, usually %.2f", during, before)
        : Optional.empty();
  }

  private static Optional<Found> event(SeriesDays days, Incident incident) {
    return days.events().stream()
        .filter(event -> event.first() <= incident.last() && event.last() >= incident.first())
        .max(Comparator.comparingDouble(Event::attendance).thenComparing(Event::name))
        .map(event -> new Found(EVENT, event.name()));
  }

  private static Optional<Found> found(Cause cause, String evidence, Object... values) {
    return Optional.of(new Found(cause, String.format(Locale.ROOT, evidence, values)));
  }

  private static double promoted(SeriesDays days, int from, int until) {
    double sold = 0;
    double promoted = 0;
    for (int day = from; day < until; day++) {
      if (!Double.isNaN(days.demand()[day])) {
        sold += days.demand()[day];
        promoted += days.promoted()[day];
      }
    }
    return sold > 0 ? Math.min(1, promoted / sold) : 0;
  }

  private static double mean(double[] values, int from, int until) {
    return Arrays.stream(values, from, until).average().orElse(0);
  }

  /** NaN without any value. */
  private static double meanOf(double[] values, int from, int until) {
    return Arrays.stream(values, from, until)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
