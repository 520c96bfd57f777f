package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;
import com.posmodern.ai.config.BehaviourSettings.AnomalySettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Judges one series beside what was expected of its demand. */
final class SeriesJudge {
  /** A price that never moved may move by so much: standard deviation of its logarithm. */
  private static final double LEAST_PRICE_DEVIATION = 0.05;

  private final AnomalySettings settings;

  SeriesJudge(AnomalySettings settings) {
    this.settings = settings;
  }

  /**
   * Its incidents that are worth the least money, and days whose sales have not all arrived.
   *
   * @param demand what was expected, per day, null where nothing says so
   */
  List<FoundIncident> incidents(String level, String store, SeriesDays days, Expectation[] demand) {
    List<FoundIncident> found = new ArrayList<>();
    if (level.equals(DemandAnomalies.STORE)) {
      for (Incident fault : SeriesIncidents.all(days.arrived(), demand, settings.judgedDays())) {
        found.add(
            new FoundIncident(
                store, Measure.DEMAND, fault, demandMoney(days, fault), Cause.dataFault()));
      }
    }
    incidents(days, demand, threshold(level))
        .forEach(
            (measure, incidents) -> {
              for (Incident incident : incidents) {
                double money = money(measure, days, incident);
                if (money >= settings.leastMoney()) {
                  found.add(
                      new FoundIncident(
                          store, measure, incident, money, Cause.of(measure, days, incident)));
                }
              }
            });
    return found;
  }

  private Map<Measure, List<Incident>> incidents(
      SeriesDays days, Expectation[] demand, double threshold) {
    int judged = settings.judgedDays();
    int first = days.demand().length - judged;
    Expectation[] returns = SeriesShares.ofPart(known(days.returned(), days), days.sold(), first);
    Map<Measure, List<Incident>> found = new EnumMap<>(Measure.class);
    found.put(
        Measure.DEMAND,
        SeriesIncidents.of(withoutReturns(days, returns), demand, judged, threshold));
    found.put(Measure.RETURNS, returns(days, judged, threshold));
    found.put(Measure.DISCOUNTS, discounts(days, judged, threshold));
    double[] prices = days.shelfPrices();
    found.put(
        Measure.PRICE,
        PriceRuns.of(
            prices,
            SeriesShares.ofLogPrice(prices, LEAST_PRICE_DEVIATION, first),
            judged,
            threshold));
    return found;
  }

  /** Judged without heaps of one product, but told in the units that were returned. */
  private static List<Incident> returns(SeriesDays days, int judged, double threshold) {
    double[] few = known(days.fewReturned(), days);
    Expectation[] expected = SeriesShares.ofPart(few, days.sold(), few.length - judged);
    return above(SeriesIncidents.of(few, expected, judged, threshold)).stream()
        .map(incident -> incident.withObserved(days.returned()))
        .toList();
  }

  /** Judged in units of the usual price, as the money that is given away at once grows with it. */
  private static List<Incident> discounts(SeriesDays days, int judged, double threshold) {
    double price = days.price();
    if (price <= 0) {
      return List.of();
    }
    double[] given = divided(known(days.givenAway(), days), price);
    Expectation[] expected =
        SeriesShares.ofPart(given, divided(days.value(), price), given.length - judged);
    return above(SeriesIncidents.of(given, expected, judged, threshold)).stream()
        .map(incident -> incident.times(price))
        .toList();
  }

  private static double[] divided(double[] values, double unit) {
    return Arrays.stream(values).map(value -> value / unit).toArray();
  }

  private double threshold(String level) {
    return switch (level) {
      case DemandAnomalies.STORE -> settings.storeThreshold();
      case DemandAnomalies.PRODUCT -> settings.productThreshold();
      default -> settings.threshold();
    };
  }

  /**
   * Demand as it would be with the usual returns: what is taken back beyond them is told apart, as
   * far as demand is less by it.
   */
  private static double[] withoutReturns(SeriesDays days, Expectation[] returns) {
    double[] demand = days.demand().clone();
    for (int day = 0; day < demand.length; day++) {
      if (returns[day] != null) {
        double takenOff = days.sold()[day] - demand[day];
        demand[day] += Math.max(0, takenOff - returns[day].centre());
      }
    }
    return demand;
  }

  private static double[] known(double[] values, SeriesDays days) {
    double[] known = values.clone();
    for (int day = 0; day < known.length; day++) {
      known[day] = Double.isNaN(days.demand()[day]) ? Double.NaN : known[day];
    }
    return known;
  }

  private static List<Incident> above(List<Incident> incidents) {
    return incidents.stream().filter(Incident::above).toList();
  }

  private static double money(Measure measure, SeriesDays days, Incident incident) {
    double away = Math.abs(incident.observed() - incident.expected());
    return switch (measure) {
      case DEMAND, RETURNS -> demandMoney(days, incident);
      case DISCOUNTS -> away;
      case PRICE -> {
        double[] sold = days.sold();
        double units = 0;
        for (int day = incident.first(); day <= incident.last(); day++) {
          units += sold[day];
        }
        yield away * units;
      }
    };
  }

  private static double demandMoney(SeriesDays days, Incident incident) {
    return Math.abs(incident.observed() - incident.expected()) * days.price();
  }
}
