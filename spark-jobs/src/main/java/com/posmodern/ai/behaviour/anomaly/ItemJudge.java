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
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Judges one item: a row with the days of all its stores in, its incidents out. */
final class ItemJudge implements Serializable {
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

  private final int asOf;
  private final AnomalySettings settings;

  ItemJudge(int asOf, AnomalySettings settings) {
    this.asOf = asOf;
    this.settings = settings;
  }

  /**
   * @param row level, item, stores, as {@link JudgedSeries} gives them
   */
  Iterator<Row> incidents(Row row) {
    String level = row.getString(0);
    List<String> stores = new ArrayList<>();
    List<SeriesDays> days = new ArrayList<>();
    for (Row store : row.<Row>getList(2)) {
      stores.add(store.getString(0));
      days.add(SeriesDays.of(store, asOf, settings.historyDays()));
    }
    List<Row> rows = new ArrayList<>();
    for (FoundIncident found : incidents(level, stores, days, settings)) {
      rows.add(row(level, row.getString(1), found));
    }
    return rows.iterator();
  }

  /** Of the stores and of what they have in common. */
  static List<FoundIncident> incidents(
      String level, List<String> stores, List<SeriesDays> days, AnomalySettings settings) {
    SeriesJudge judge = new SeriesJudge(settings);
    ItemRange ranges = new ItemRange(days, settings.judgedDays());
    List<FoundIncident> found = new ArrayList<>();
    for (int store = 0; store < stores.size(); store++) {
      found.addAll(judge.incidents(level, stores.get(store), days.get(store), ranges.of(store)));
    }
    int selling = (int) days.stream().filter(one -> one.sells(settings.judgedDays())).count();
    return ChainIncidents.merged(found, selling);
  }

  private Row row(String level, String item, FoundIncident found) {
    Incident incident = found.incident();
    return RowFactory.create(
        level,
        found.store(),
        item,
        found.measure().name(),
        date(incident.first()),
        date(incident.last()),
        incident.above(),
        rounded(incident.observed()),
        rounded(incident.expected()),
        rounded(incident.lower()),
        rounded(incident.upper()),
        rounded(incident.deviations()),
        Math.rint(found.money() * 100) / 100,
        incident.basis().name(),
        found.cause().cause().name(),
        found.cause().evidence());
  }

  private Date date(int index) {
    return Date.valueOf(LocalDate.ofEpochDay(asOf - settings.historyDays() + 1L + index));
  }

  private static double rounded(double value) {
    return Math.rint(value * 1000) / 1000;
  }
}
