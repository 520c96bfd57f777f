package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CANDIDATE;
import static com.posmodern.ai.contract.Columns.DEMAND_CLASS;
import static com.posmodern.ai.contract.Columns.HORIZON_BUCKET;
import static com.posmodern.ai.contract.Columns.LOWER;
import static com.posmodern.ai.contract.Columns.MIDDLE;
import static com.posmodern.ai.contract.Columns.PAYLOAD;
import static com.posmodern.ai.contract.Columns.TRAINING_ROWS;
import static com.posmodern.ai.contract.Columns.UPPER;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A training's result as rows of the model tables, without their as-of date, and back. */
public final class ForecastTables {
  private ForecastTables() {}

  /** One row per trained champion. */
  public static Dataset<Row> models(
      SparkSession spark, ForecastTrainingResult result, String version) {
    List<Row> rows =
        result.models().stream()
            .map(
                model ->
                    RowFactory.create(
                        version,
                        model.candidate().id(),
                        model.payload(),
                        Feature.ids().toArray(String[]::new),
                        model.trainingRows()))
            .toList();
    return spark.createDataFrame(rows, schema(Table.FORECAST_MODELS));
  }

  /** One row per demand class, and one for all. */
  public static Dataset<Row> champions(
      SparkSession spark, ForecastTrainingResult result, String version) {
    BacktestReport report = result.report();
    List<Row> rows = new ArrayList<>();
    Candidate overall = report.champions().overall();
    rows.add(
        RowFactory.create(
            version,
            Metric.ALL,
            overall.id(),
            orNull(report.scoreboard().of(overall.id()).wape()),
            orNull(report.scoreboard().of(Candidate.SEASONAL_NAIVE.id()).wape())));
    report
        .champions()
        .byClass()
        .forEach(
            (demandClass, candidate) ->
                rows.add(
                    RowFactory.create(
                        version,
                        demandClass.id(),
                        candidate.id(),
                        wape(report, candidate, demandClass),
                        wape(report, Candidate.SEASONAL_NAIVE, demandClass))));
    return spark.createDataFrame(rows, schema(Table.FORECAST_CHAMPIONS));
  }

  /** One row per demand class and week of the horizon. */
  public static Dataset<Row> intervals(
      SparkSession spark, ForecastTrainingResult result, String version) {
    List<Row> rows = new ArrayList<>();
    result
        .report()
        .calibration()
        .published()
        .byClass()
        .forEach(
            (demandClass, buckets) -> {
              for (int bucket = 0; bucket < buckets.size(); bucket++) {
                Interval interval = buckets.get(bucket);
                rows.add(
                    RowFactory.create(
                        version,
                        demandClass.id(),
                        bucket,
                        interval.lower(),
                        interval.middle(),
                        interval.upper(),
                        interval.rows()));
              }
            });
    return spark.createDataFrame(rows, schema(Table.FORECAST_INTERVALS));
  }

  /**
   * Published forecast, baseline and demand of the examples, one row per judged day. The intervals
   * are those that did not know the origin.
   */
  public static Dataset<Row> backtest(
      SparkSession spark, ForecastTrainingResult result, String version) {
    BacktestReport report = result.report();
    List<Row> rows = new ArrayList<>();
    for (SeriesBacktest example : report.examples()) {
      Intervals intervals =
          report.calibration().withoutFold().get(CalibrationSample.fold(example, report.folds()));
      float[] mean = report.champions().published(example.demandClass(), example.forecasts());
      float[] naive = example.forecasts().get(Candidate.SEASONAL_NAIVE);
      for (int i = 0; i < example.actual().length; i++) {
        if (!Float.isNaN(example.actual()[i])) {
          Interval.Quantiles ends =
              intervals
                  .of(example.demandClass(), i + 1)
                  .around(mean[i], example.dispersion(), example.wholeUnits());
          rows.add(
              RowFactory.create(
                  version,
                  example.storeId(),
                  example.productId(),
                  date(example.origin()),
                  date(example.origin() + i + 1),
                  i + 1,
                  example.demandClass().id(),
                  (double) example.actual()[i],
                  (double) mean[i],
                  (double) naive[i],
                  ends.p10(),
                  ends.p50(),
                  ends.p90()));
        }
      }
    }
    return spark.createDataFrame(rows, schema(Table.FORECAST_BACKTEST));
  }

  /** The kept models back from their rows. */
  public static List<TrainedModel> modelsOf(Dataset<Row> rows) {
    return rows.select(CANDIDATE, PAYLOAD, TRAINING_ROWS).collectAsList().stream()
        .map(
            row ->
                new TrainedModel(
                    Candidate.ofId(row.getString(0)), row.<byte[]>getAs(1), row.getLong(2)))
        .toList();
  }

  static Champions championsOf(Dataset<Row> rows) {
    Candidate overall = Candidate.MOVING_AVERAGE;
    Map<DemandClass, Candidate> byClass = new EnumMap<>(DemandClass.class);
    for (Row row : rows.select(DEMAND_CLASS, CANDIDATE).collectAsList()) {
      Candidate candidate = Candidate.ofId(row.getString(1));
      if (row.getString(0).equals(Metric.ALL)) {
        overall = candidate;
      } else {
        byClass.put(demandClass(row.getString(0)), candidate);
      }
    }
    return new Champions(overall, byClass);
  }

  static Intervals intervalsOf(Dataset<Row> rows) {
    Map<DemandClass, TreeMap<Integer, Interval>> sorted = new EnumMap<>(DemandClass.class);
    for (Row row :
        rows.select(DEMAND_CLASS, HORIZON_BUCKET, LOWER, MIDDLE, UPPER).collectAsList()) {
      sorted
          .computeIfAbsent(demandClass(row.getString(0)), c -> new TreeMap<>())
          .put(
              row.getInt(1), new Interval(row.getDouble(2), row.getDouble(3), row.getDouble(4), 0));
    }
    Map<DemandClass, List<Interval>> byClass = new EnumMap<>(DemandClass.class);
    sorted.forEach(
        (demandClass, buckets) -> byClass.put(demandClass, new ArrayList<>(buckets.values())));
    return new Intervals(byClass);
  }

  static StructType schema(Table table) {
    return new StructType(
        Arrays.stream(Contracts.of(table).schema().fields())
            .filter(field -> !field.name().equals(AS_OF_DATE))
            .toArray(org.apache.spark.sql.types.StructField[]::new));
  }

  static java.sql.Date date(int epochDay) {
    return java.sql.Date.valueOf(LocalDate.ofEpochDay(epochDay));
  }

  private static DemandClass demandClass(String id) {
    return DemandClass.valueOf(id.toUpperCase(Locale.ROOT));
  }

  private static Double wape(BacktestReport report, Candidate candidate, DemandClass demandClass) {
    return report
        .scoreboard()
        .of(candidate.id(), demandClass)
        .map(accuracy -> orNull(accuracy.wape()))
        .orElse(null);
  }

  private static Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
