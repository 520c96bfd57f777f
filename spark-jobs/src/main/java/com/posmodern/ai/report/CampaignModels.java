package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.ACCEPTED;
import static com.posmodern.ai.contract.Columns.CANDIDATE;
import static com.posmodern.ai.contract.Columns.METRIC;
import static com.posmodern.ai.contract.Columns.METRIC_VALUE;
import static com.posmodern.ai.contract.Columns.MODEL;
import static com.posmodern.ai.contract.Columns.PARAMETERS;
import static com.posmodern.ai.contract.Columns.SCOPE;
import static com.posmodern.ai.contract.Columns.VERDICT;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.model.Metric;
import com.posmodern.ai.model.UpliftFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How well the campaigns' models keep what they say, on later days or on customers whom they have
 * not seen.
 *
 * @param propensities whose calibration is known
 * @param uplift empty while earlier campaigns have too few customers to learn it from
 */
public record CampaignModels(List<Calibration> propensities, Optional<UpliftOrder> uplift) {
  private static final int TENTHS = 10;

  /** Of a night whose models are not known. */
  public static final CampaignModels NONE = new CampaignModels(List.of(), Optional.empty());

  /**
   * A propensity in use.
   *
   * @param method that is published
   * @param tenths of the judged rows by what was said, the least likely first
   */
  record Calibration(String model, String method, double auc, List<Tenth> tenths) {
    String title() {
      return switch (model) {
        case "propensity_buy_category" -> "Buys in a category";
        case "propensity_lapse" -> "Lapses";
        case "propensity_respond" -> "Responds to an offer";
        default -> model;
      };
    }
  }

  /** A tenth of the rows: mean probability, and share of those to whom it happened. */
  record Tenth(double said, double happened) {}

  /**
   * The order by uplift beside that by propensity.
   *
   * @param isUsed whether audiences are ordered by it
   * @param byUplift revenue per customer when the first tenth, two tenths … get messages
   * @param byPropensity the same in the order by propensity
   * @param top revenue that a message brings to one of the first 30 %
   */
  record UpliftOrder(
      boolean isUsed,
      String verdict,
      List<Double> byUplift,
      List<Double> byPropensity,
      double top,
      double topByPropensity) {}

  /**
   * The models of a night.
   *
   * @param registry rows of {@code ops.model_registry}
   * @param metrics rows of {@code ops.model_metrics}
   */
  public static CampaignModels of(Optional<Dataset<Row>> registry, Optional<Dataset<Row>> metrics) {
    if (registry.isEmpty() || metrics.isEmpty()) {
      return NONE;
    }
    Map<String, List<Row>> figures = new TreeMap<>();
    metrics
        .get()
        .where(
            col(MODEL)
                .startsWith(UpliftFigures.PROPENSITY)
                .or(col(MODEL).equalTo(UpliftFigures.UPLIFT)))
        .select(MODEL, CANDIDATE, SCOPE, METRIC, METRIC_VALUE)
        .collectAsList()
        .forEach(
            row ->
                figures.computeIfAbsent(Cells.text(row, MODEL), any -> new ArrayList<>()).add(row));
    List<Calibration> propensities = new ArrayList<>();
    Optional<UpliftOrder> uplift = Optional.empty();
    for (Row row :
        registry
            .get()
            .select(MODEL, ACCEPTED, VERDICT, PARAMETERS)
            .orderBy(MODEL)
            .collectAsList()) {
      String model = Cells.text(row, MODEL);
      if (!figures.containsKey(model)) {
        continue;
      }
      Figured figured = new Figured(figures.get(model));
      String published =
          row.<String, String>getJavaMap(row.fieldIndex(PARAMETERS))
              .getOrDefault(UpliftFigures.PUBLISHED, "xgboost");
      if (model.equals(UpliftFigures.UPLIFT)) {
        boolean used = published.equals(UpliftFigures.UPLIFT) && row.<Boolean>getAs(ACCEPTED);
        uplift = Optional.of(figured.order(used, Cells.text(row, VERDICT)));
      } else {
        propensities.add(figured.calibration(model, published));
      }
    }
    return new CampaignModels(propensities, uplift);
  }

  /** Metrics of one version. */
  private record Figured(List<Row> rows) {
    Calibration calibration(String model, String method) {
      List<Tenth> tenths = new ArrayList<>();
      for (int tenth = 1; tenth <= TENTHS; tenth++) {
        double said = value(method, Metric.tenth(tenth), "predicted");
        double happened = value(method, Metric.tenth(tenth), "observed");
        if (!Double.isNaN(said) && !Double.isNaN(happened)) {
          tenths.add(new Tenth(said, happened));
        }
      }
      return new Calibration(model, method, value(method, Metric.ALL, "auc"), tenths);
    }

    private UpliftOrder order(boolean used, String verdict) {
      return new UpliftOrder(
          used,
          verdict,
          cumulated(UpliftFigures.UPLIFT),
          cumulated(UpliftFigures.PROPENSITY),
          value(UpliftFigures.UPLIFT, Metric.ALL, UpliftFigures.TOP),
          value(UpliftFigures.PROPENSITY, Metric.ALL, UpliftFigures.TOP));
    }

    private List<Double> cumulated(String candidate) {
      List<Double> values = new ArrayList<>();
      for (int tenth = 1; tenth <= TENTHS; tenth++) {
        values.add(value(candidate, Metric.tenth(tenth), UpliftFigures.CUMULATED));
      }
      return values;
    }

    private double value(String candidate, String scope, String metric) {
      return rows.stream()
          .filter(row -> Cells.text(row, CANDIDATE).equals(candidate))
          .filter(row -> Cells.text(row, SCOPE).equals(scope))
          .filter(row -> Cells.text(row, METRIC).equals(metric))
          .map(row -> Cells.perhaps(row, METRIC_VALUE).orElse(Double.NaN))
          .findFirst()
          .orElse(Double.NaN);
    }
  }
}
