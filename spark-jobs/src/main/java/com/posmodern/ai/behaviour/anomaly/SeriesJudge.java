package com.posmodern.ai.behaviour.anomaly;

import static com.posmodern.ai.contract.Columns.ABOVE;
import static com.posmodern.ai.contract.Columns.BASIS;
import static com.posmodern.ai.contract.Columns.CAUSE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DEVIATIONS;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.EVIDENCE;
import static com.posmodern.ai.contract.Columns.EXPECTED_DEMAND;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.LEVEL;
import static com.posmodern.ai.contract.Columns.LOWER;
import static com.posmodern.ai.contract.Columns.MEASURE;
import static com.posmodern.ai.contract.Columns.MONEY_AT_STAKE;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UPPER;

import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;
import com.posmodern.ai.config.BehaviourSettings.AnomalySettings;
import java.io.Serializable;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Judges one series: a row with its days in, its incidents out. */
final class SeriesJudge implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What {@link #incidents} gives. */
  static final StructType ROW =
      new StructType()
          .add(LEVEL, DataTypes.StringType)
          .add(STORE_ID, DataTypes.StringType)
          .add(ITEM_ID, DataTypes.StringType)
          .add(MEASURE, DataTypes.StringType)
          .add(STARTS_ON, DataTypes.DateType)
          .add(ENDS_ON, DataTypes.DateType)
          .add(ABOVE, DataTypes.BooleanType)
          .add(DEMAND, DataTypes.DoubleType)
          .add(EXPECTED_DEMAND, DataTypes.DoubleType)
          .add(LOWER, DataTypes.DoubleType)
          .add(UPPER, DataTypes.DoubleType)
          .add(DEVIATIONS, DataTypes.DoubleType)
          .add(MONEY_AT_STAKE, DataTypes.DoubleType)
          .add(BASIS, DataTypes.StringType)
          .add(CAUSE, DataTypes.StringType)
          .add(EVIDENCE, DataTypes.StringType);

  /** A price that never moved may move by so much: standard deviation of its logarithm. */
  private static final double LEAST_PRICE_DEVIATION = 0.05;

  /** What is sold in a promotion is known beforehand to so much of it: standard deviation. */
  private static final double LIFT_UNKNOWN = 0.5;

  private final int asOf;
  private final AnomalySettings settings;

  SeriesJudge(int asOf, AnomalySettings settings) {
    this.asOf = asOf;
    this.settings = settings;
  }

  Iterator<Row> incidents(Row row) {
    String level = row.getString(0);
    SeriesDays days = SeriesDays.of(row, asOf, settings.historyDays());
    List<Row> found = new ArrayList<>();
    Expectation[] demand = expectedDemand(days);
    if (level.equals(DemandAnomalies.STORE)) {
      for (Incident fault : SeriesIncidents.all(days.arrived(), demand, settings.judgedDays())) {
        found.add(row(row, Measure.DEMAND, fault, demandMoney(days, fault), Cause.dataFault()));
      }
    }
    incidents(days, demand, threshold(level))
        .forEach(
            (measure, incidents) -> {
              for (Incident incident : incidents) {
                double money = money(measure, days, incident);
                if (money >= settings.leastMoney()) {
                  found.add(row(row, measure, incident, money, Cause.of(measure, days, incident)));
                }
              }
            });
    return found.iterator();
  }

  private Map<Measure, List<Incident>> incidents(
      SeriesDays days, Expectation[] demand, double threshold) {
    int judged = settings.judgedDays();
    int first = days.demand().length - judged;
    double[] returned = known(days.returned(), days);
    Expectation[] returns = SeriesShares.ofPart(returned, days.sold(), first);
    Map<Measure, List<Incident>> found = new EnumMap<>(Measure.class);
    found.put(
        Measure.DEMAND,
        SeriesIncidents.of(withoutReturns(days, returns), demand, judged, threshold));
    found.put(Measure.RETURNS, above(SeriesIncidents.of(returned, returns, judged, threshold)));
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

  private Expectation[] expectedDemand(SeriesDays days) {
    SeriesRange ranges = new SeriesRange(days.demand(), settings.judgedDays());
    Expectation[] expected = new Expectation[days.demand().length];
    for (int day = expected.length - settings.judgedDays(); day < expected.length; day++) {
      double lift = LIFT_UNKNOWN * days.promoted()[day];
      expected[day] =
          ranges
              .of(day, days.mean()[day], days.p10()[day], days.p90()[day])
              .map(range -> range.widened(lift))
              .orElse(null);
    }
    return expected;
  }

  private double threshold(String level) {
    return level.equals(DemandAnomalies.PRODUCT)
        ? settings.productThreshold()
        : settings.threshold();
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

  private Row row(Row series, Measure measure, Incident incident, double money, Cause.Found cause) {
    return RowFactory.create(
        series.getString(0),
        series.getString(1),
        series.getString(2),
        measure.name(),
        date(incident.first()),
        date(incident.last()),
        incident.above(),
        rounded(incident.observed()),
        rounded(incident.expected()),
        rounded(incident.lower()),
        rounded(incident.upper()),
        rounded(incident.deviations()),
        Math.rint(money * 100) / 100,
        incident.basis().name(),
        cause.cause().name(),
        cause.evidence());
  }

  private Date date(int index) {
    return Date.valueOf(LocalDate.ofEpochDay(asOf - settings.historyDays() + 1L + index));
  }

  private static double rounded(double value) {
    return Math.rint(value * 1000) / 1000;
  }

  static double[] filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }
}
