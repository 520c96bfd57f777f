package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.ACCEPTED;
import static com.posmodern.ai.contract.Columns.ACTUAL;
import static com.posmodern.ai.contract.Columns.BASELINE;
import static com.posmodern.ai.contract.Columns.CANDIDATE;
import static com.posmodern.ai.contract.Columns.DEMAND_CLASS;
import static com.posmodern.ai.contract.Columns.HIGHER_IS_BETTER;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.METRIC;
import static com.posmodern.ai.contract.Columns.METRIC_VALUE;
import static com.posmodern.ai.contract.Columns.MODEL;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.ORIGIN;
import static com.posmodern.ai.contract.Columns.P10;
import static com.posmodern.ai.contract.Columns.P90;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SCOPE;
import static com.posmodern.ai.contract.Columns.SEASONAL_NAIVE;
import static com.posmodern.ai.contract.Columns.SKILL;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TARGET_DATE;
import static com.posmodern.ai.contract.Columns.VERDICT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import com.posmodern.ai.model.Metric;
import com.posmodern.ai.report.NightReport.BacktestDay;
import com.posmodern.ai.report.NightReport.BacktestExample;
import com.posmodern.ai.report.NightReport.Model;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Collects the models' metrics and a few series of the forecast backtest. */
public final class ModelRows {
  private static final String VOLUME = "volume";
  private static final String PLACE = "place";
  private static final int MOST_MODELS = 10;
  private static final int MOST_METRICS = 500;
  private static final int SERIES = 4;
  private static final int MOST_DAYS = 4_000;

  private ModelRows() {}

  /**
   * The versions trained for the as-of date.
   *
   * @param registry rows of {@code ops.model_registry}
   * @param metrics rows of {@code ops.model_metrics}
   */
  public static List<Model> models(Dataset<Row> registry, Dataset<Row> metrics) {
    Map<String, List<Metric>> byVersion = new HashMap<>();
    metrics
        .where(col(SCOPE).equalTo(Metric.ALL).or(col(SCOPE).isin(Launches.SCOPES.toArray())))
        .orderBy(MODEL, MODEL_VERSION, METRIC, CANDIDATE)
        .limit(MOST_METRICS)
        .collectAsList()
        .forEach(
            row ->
                byVersion
                    .computeIfAbsent(Cells.text(row, MODEL_VERSION), v -> new ArrayList<>())
                    .add(metric(row)));
    return registry.orderBy(MODEL, MODEL_VERSION).limit(MOST_MODELS).collectAsList().stream()
        .map(
            row ->
                new Model(
                    Cells.text(row, MODEL),
                    Cells.text(row, MODEL_VERSION),
                    Cells.flag(row, ACCEPTED),
                    Cells.text(row, VERDICT),
                    Cells.perhaps(row, SKILL),
                    byVersion.getOrDefault(Cells.text(row, MODEL_VERSION), List.of())))
        .toList();
  }

  private static Metric metric(Row row) {
    return new Metric(
        Cells.text(row, CANDIDATE),
        Cells.text(row, SCOPE),
        Cells.text(row, METRIC),
        Cells.perhaps(row, METRIC_VALUE).orElse(Double.NaN),
        Cells.flag(row, BASELINE),
        Cells.flag(row, HIGHER_IS_BETTER));
  }

  /**
   * The best-selling series of each demand class; the second-best ones where there are fewer
   * classes than room.
   *
   * @param backtest rows of {@code models.forecast_backtest}
   * @param names of products
   */
  public static List<BacktestExample> backtests(Dataset<Row> backtest, ProductNames names) {
    List<Row> series =
        backtest
            .groupBy(STORE_ID, PRODUCT_ID)
            .agg(
                round(sum(ACTUAL), 3).as(VOLUME),
                max_by(col(DEMAND_CLASS), col(ORIGIN)).as(DEMAND_CLASS))
            .withColumn(
                PLACE,
                row_number()
                    .over(
                        Window.partitionBy(DEMAND_CLASS)
                            .orderBy(col(VOLUME).desc(), col(STORE_ID), col(PRODUCT_ID))))
            .orderBy(col(PLACE), col(VOLUME).desc(), col(STORE_ID), col(PRODUCT_ID))
            .limit(SERIES)
            .collectAsList();
    Map<String, String> known =
        names.of(series.stream().map(row -> Cells.text(row, PRODUCT_ID)).toList());
    return series.stream()
        .map(
            row -> {
              String product = Cells.text(row, PRODUCT_ID);
              return new BacktestExample(
                  Cells.text(row, STORE_ID),
                  known.getOrDefault(product, product),
                  Cells.text(row, DEMAND_CLASS),
                  days(backtest, Cells.text(row, STORE_ID), product));
            })
        .toList();
  }

  /** One row per day; of overlapping origins the latest one. */
  private static List<BacktestDay> days(Dataset<Row> backtest, String store, String product) {
    Map<LocalDate, BacktestDay> days = new TreeMap<>();
    backtest
        .where(col(STORE_ID).equalTo(store).and(col(PRODUCT_ID).equalTo(product)))
        .orderBy(ORIGIN, TARGET_DATE)
        .limit(MOST_DAYS)
        .collectAsList()
        .forEach(
            row -> {
              LocalDate date = row.<java.sql.Date>getAs(TARGET_DATE).toLocalDate();
              days.put(
                  date,
                  new BacktestDay(
                      date,
                      Cells.number(row, ACTUAL),
                      Cells.number(row, MEAN),
                      Cells.number(row, P10),
                      Cells.number(row, P90),
                      Cells.number(row, SEASONAL_NAIVE)));
            });
    return new ArrayList<>(days.values());
  }
}
