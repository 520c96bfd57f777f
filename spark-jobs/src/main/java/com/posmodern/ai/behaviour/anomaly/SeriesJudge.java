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
import java.util.Iterator;
import java.util.List;
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

  private final int asOf;
  private final AnomalySettings settings;

  SeriesJudge(int asOf, AnomalySettings settings) {
    this.asOf = asOf;
    this.settings = settings;
  }

  Iterator<Row> incidents(Row row) {
    SeriesDays days = SeriesDays.of(row, asOf, settings.historyDays());
    List<Row> found = new ArrayList<>();
    if (row.getString(0).equals(DemandAnomalies.STORE)) {
      for (Incident fault :
          SeriesIncidents.faults(
              days.demand(),
              days.arrived(),
              days.mean(),
              days.p10(),
              days.p90(),
              settings.judgedDays())) {
        found.add(row(row, days, fault, Cause.dataFault()));
      }
    }
    for (Incident incident :
        SeriesIncidents.of(
            days.demand(),
            days.mean(),
            days.p10(),
            days.p90(),
            settings.judgedDays(),
            row.getString(0).equals(DemandAnomalies.PRODUCT)
                ? settings.productThreshold()
                : settings.threshold())) {
      if (money(days, incident) >= settings.leastMoney()) {
        found.add(row(row, days, incident, Cause.of(days, incident)));
      }
    }
    return found.iterator();
  }

  private static double money(SeriesDays days, Incident incident) {
    return Math.abs(incident.demand() - incident.expected()) * days.price();
  }

  private Row row(Row series, SeriesDays days, Incident incident, Cause.Found cause) {
    return RowFactory.create(
        series.getString(0),
        series.getString(1),
        series.getString(2),
        date(incident.first()),
        date(incident.last()),
        incident.above(),
        rounded(incident.demand()),
        rounded(incident.expected()),
        rounded(incident.lower()),
        rounded(incident.upper()),
        rounded(incident.deviations()),
        Math.rint(money(days, incident) * 100) / 100,
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
