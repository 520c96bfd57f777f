package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.CALIBRATION_ROWS;
import static com.posmodern.ai.contract.Columns.CANDIDATE;
import static com.posmodern.ai.contract.Columns.CATEGORY_SHARE;
import static com.posmodern.ai.contract.Columns.DEMAND_CLASS;
import static com.posmodern.ai.contract.Columns.FEATURE_NAMES;
import static com.posmodern.ai.contract.Columns.HORIZON_BUCKET;
import static com.posmodern.ai.contract.Columns.LOWER;
import static com.posmodern.ai.contract.Columns.MEAN_BUCKET;
import static com.posmodern.ai.contract.Columns.MIDDLE;
import static com.posmodern.ai.contract.Columns.PAYLOAD;
import static com.posmodern.ai.contract.Columns.TRAINING_ROWS;
import static com.posmodern.ai.contract.Columns.UPPER;
import static com.posmodern.ai.contract.Columns.WEIGHT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.DemandClass;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Converts the result of a training to rows of the model tables, without the as-of date, and back.
 */
public final class ForecastTables {
  private static final String CATEGORY_SUM = "category_sum";

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
                        Feature.ids(model.columns()),
                        model.trainingRows()))
            .toList();
    return spark.createDataFrame(rows, schema(Table.FORECAST_MODELS));
  }

  /** One row per candidate and demand class, all classes, and the sum of a category. */
  public static Dataset<Row> champions(
      SparkSession spark, ForecastTrainingResult result, String version) {
    BacktestReport report = result.report();
    Champions champions = report.champions();
    List<Row> rows = new ArrayList<>();
    addBlend(rows, report, version, Metric.ALL, champions.overall());
    addBlend(rows, report, version, CATEGORY_SUM, champions.sums());
    champions
        .byClass()
        .forEach((demandClass, blend) -> addBlend(rows, report, version, demandClass.id(), blend));
    return spark.createDataFrame(rows, schema(Table.FORECAST_CHAMPIONS));
  }

  private static void addBlend(
      List<Row> rows, BacktestReport report, String version, String scope, Blend blend) {
    blend
        .weights()
        .forEach(
            (candidate, weight) ->
                rows.add(
                    RowFactory.create(
                        version,
                        scope,
                        candidate.id(),
                        weight,
                        report.champions().sumShare(),
                        wape(report, Scoreboard.PUBLISHED, scope),
                        wape(report, Candidate.SEASONAL_NAIVE.id(), scope))));
  }

  /** One row per demand class, week of the horizon and size of the forecast. */
  public static Dataset<Row> intervals(
      SparkSession spark, ForecastTrainingResult result, String version) {
    List<Row> rows = new ArrayList<>();
    result
        .report()
        .calibration()
        .published()
        .byCell()
        .forEach(
            (cell, interval) ->
                rows.add(
                    RowFactory.create(
                        version,
                        cell.demandClass().id(),
                        cell.horizonBucket(),
                        cell.meanBucket(),
                        interval.lower(),
                        interval.middle(),
                        interval.upper(),
                        interval.rows())));
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
      float[] mean = report.publication().published(example);
      float[] naive = example.forecasts().get(Candidate.SEASONAL_NAIVE);
      for (int i = 0; i < example.actual().length; i++) {
        if (!Float.isNaN(example.actual()[i])) {
          Interval.Quantiles ends =
              intervals
                  .of(example.demandClass(), i + 1, mean[i])
                  .around(mean[i], example.dispersion(), example.units());
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

  /** The stored models, read from their rows. */
  public static List<TrainedModel> modelsOf(Dataset<Row> rows) {
    return rows
        .select(col(CANDIDATE), col(PAYLOAD), col(TRAINING_ROWS), size(col(FEATURE_NAMES)))
        .collectAsList()
        .stream()
        .map(
            row ->
                new TrainedModel(
                    Candidate.ofId(row.getString(0)),
                    row.<byte[]>getAs(1),
                    row.getLong(2),
                    row.getInt(3)))
        .toList();
  }

  static Champions championsOf(Dataset<Row> rows) {
    return championsOf(blendsOf(rows));
  }

  /** The rows that {@link #championsOf(List)} reads. */
  static List<Row> blendsOf(Dataset<Row> rows) {
    return rows.select(DEMAND_CLASS, CANDIDATE, WEIGHT, CATEGORY_SHARE).collectAsList();
  }

  static Champions championsOf(List<Row> rows) {
    Map<String, Map<Candidate, Double>> weights = new HashMap<>();
    double categoryShare = 0;
    for (Row row : rows) {
      weights
          .computeIfAbsent(row.getString(0), scope -> new EnumMap<>(Candidate.class))
          .put(Candidate.ofId(row.getString(1)), row.getDouble(2));
      categoryShare = row.getDouble(3);
    }
    Map<DemandClass, Blend> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      byClass.put(demandClass, new Blend(weights.get(demandClass.id())));
    }
    return new Champions(
        new Blend(weights.get(Metric.ALL)),
        byClass,
        new Blend(weights.get(CATEGORY_SUM)),
        categoryShare);
  }

  static Intervals intervalsOf(Dataset<Row> rows) {
    Map<Intervals.Cell, Interval> byCell = new HashMap<>();
    rows.select(DEMAND_CLASS, HORIZON_BUCKET, MEAN_BUCKET, LOWER, MIDDLE, UPPER, CALIBRATION_ROWS)
        .collectAsList()
        .forEach(
            row ->
                byCell.put(
                    new Intervals.Cell(demandClass(row.getString(0)), row.getInt(1), row.getInt(2)),
                    new Interval(
                        row.getDouble(3), row.getDouble(4), row.getDouble(5), row.getLong(6))));
    return new Intervals(byCell);
  }

  static StructType schema(Table table) {
    return Contracts.of(table).writtenSchema();
  }

  static java.sql.Date date(int epochDay) {
    return java.sql.Date.valueOf(LocalDate.ofEpochDay(epochDay));
  }

  private static DemandClass demandClass(String id) {
    return DemandClass.valueOf(id.toUpperCase(Locale.ROOT));
  }

  private static Double wape(BacktestReport report, String forecaster, String scope) {
    return report
        .scoreboard()
        .of(forecaster, scope)
        .map(accuracy -> orNull(accuracy.wape()))
        .orElse(null);
  }

  private static Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
