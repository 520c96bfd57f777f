package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;

import com.posmodern.ai.contract.DemandClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes rows of {@code results.demand_forecast} out of forecasts. */
record ForecastRows(
    String version, StoreDays storeDays, Champions champions, Intervals intervals, int horizonDays)
    implements Serializable {

  /**
   * A series that has sold, before its category's sum is known.
   *
   * @param parts of the trees' forecast, per day and influence; null where it is not explained
   */
  BlendedForecast blended(SeriesOrigin from, Map<Candidate, float[]> forecasts, double[][] parts) {
    Series series = from.series();
    return new BlendedForecast(
        series.storeId(),
        series.productId(),
        series.attributes(),
        from.origin(),
        from.demandClass(),
        from.dispersion(),
        from.units(),
        champions.nameOf(from.demandClass()),
        onSale(series, from.origin(), champions.blended(from.demandClass(), forecasts)),
        onSale(series, from.origin(), champions.sums().of(forecasts)),
        parts == null
            ? null
            : new ForecastReasons.Parts(
                weighted(parts, champions.factorOfTrees(from.demandClass(), forecasts))));
  }

  private static double[][] weighted(double[][] parts, double factor) {
    for (double[] day : parts) {
      for (int i = 0; i < day.length; i++) {
        day[i] *= factor;
      }
    }
    return parts;
  }

  private float[] onSale(Series series, int origin, float[] forecast) {
    for (int i = 0; i < forecast.length; i++) {
      if (!onSale(series.storeId(), series.attributes(), origin + i + 1)) {
        forecast[i] = 0;
      }
    }
    return forecast;
  }

  private boolean onSale(String storeId, ProductAttributes attributes, int day) {
    return attributes.onSale(day) && !storeDays.notOpen(storeId, day);
  }

  /** One row per day of the horizon. */
  List<Row> of(BlendedForecast forecast, SumCorrection correction) {
    return rows(
        forecast.storeId(),
        forecast.productId(),
        forecast.attributes(),
        forecast.origin(),
        forecast.candidate(),
        forecast.demandClass(),
        correction.applied(forecast.attributes().category(), 0, forecast.own()),
        forecast.dispersion(),
        forecast.units(),
        forecast);
  }

  /**
   * One row per day of the horizon of a product that the store has not sold yet.
   *
   * @param product store, product, attributes and demand elsewhere, see {@link NewProducts}
   */
  List<Row> ofNewProduct(Row product, Surroundings surroundings) {
    ProductAttributes attributes = SeriesAssembler.attributesOf(product);
    String storeId = product.getAs(STORE_ID);
    float[] forecast =
        LaunchForecasts.similar(
            attributes,
            storeId,
            NewProducts.elsewhereOf(product),
            surroundings,
            surroundings.asOfDay(),
            horizonDays);
    return rows(
        storeId,
        product.getAs(PRODUCT_ID),
        attributes,
        surroundings.asOfDay(),
        LaunchForecasts.NAME,
        DemandClass.NEW,
        forecast,
        1,
        Units.WHOLE,
        null);
  }

  private List<Row> rows(
      String storeId,
      String productId,
      ProductAttributes attributes,
      int origin,
      String candidate,
      DemandClass demandClass,
      float[] forecast,
      double dispersion,
      Units units,
      BlendedForecast explained) {
    List<Row> rows = new ArrayList<>(horizonDays);
    boolean reasons = explained != null && explained.parts() != null;
    ForecastReasons.Languages languages = reasons ? ForecastReasons.Languages.all() : null;
    for (int horizon = 1; horizon <= horizonDays; horizon++) {
      int day = origin + horizon;
      boolean onSale = onSale(storeId, attributes, day);
      double mean = onSale ? forecast[horizon - 1] : 0;
      Interval.Quantiles ends =
          onSale
              ? intervals.of(demandClass, horizon, mean).around(mean, dispersion, units)
              : new Interval.Quantiles(0, 0, 0);
      List<Object> row =
          new ArrayList<>(
              List.of(
                  version,
                  storeId,
                  productId,
                  ForecastTables.date(day),
                  horizon,
                  mean,
                  ends.p10(),
                  ends.p50(),
                  ends.p90(),
                  demandClass.id(),
                  candidate));
      if (!reasons) {
        row.addAll(Collections.nCopies(Influence.values().length + 4, null));
      } else if (onSale) {
        double[] parts = explained.parts().parts()[horizon - 1];
        add(row, ForecastReasons.of(parts, explained.own()[horizon - 1], mean, languages));
      } else {
        add(row, ForecastReasons.nothing(languages));
      }
      rows.add(RowFactory.create(row.toArray()));
    }
    return rows;
  }

  /** In the order of the contract. */
  private static void add(List<Object> row, ForecastReasons reasons) {
    for (double part : reasons.parts()) {
      row.add(part);
    }
    row.add(reasons.simple());
    row.add(reasons.correction());
    row.add(reasons.english());
    row.add(reasons.brazilian());
  }
}
