package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes rows of {@code results.demand_forecast} out of forecasts. */
record ForecastRows(
    String version, StoreDays storeDays, Champions champions, Intervals intervals, int horizonDays)
    implements Serializable {

  /** One row per day of the horizon of a series that has sold. */
  List<Row> of(SeriesOrigin from, Map<Candidate, float[]> forecasts) {
    Candidate candidate = champions.byClass().get(from.demandClass());
    return rows(
        from.series().storeId(),
        from.series().productId(),
        from.series().attributes(),
        from.origin(),
        candidate,
        from.demandClass(),
        forecasts.get(candidate),
        from.dispersion(),
        from.wholeUnits());
  }

  /**
   * One row per day of the horizon of a product that the store has not sold yet.
   *
   * @param product store, product and attributes, see {@link NewProducts}
   */
  List<Row> ofNewProduct(Row product, Surroundings surroundings) {
    ProductAttributes attributes = SeriesAssembler.attributesOf(product);
    String storeId = product.getAs(STORE_ID);
    float[] forecast =
        SimpleForecasts.categoryMean(
            attributes, storeId, surroundings, surroundings.asOfDay(), horizonDays);
    return rows(
        storeId,
        product.getAs(PRODUCT_ID),
        attributes,
        surroundings.asOfDay(),
        Candidate.CATEGORY_MEAN,
        DemandClass.NEW,
        forecast,
        1,
        true);
  }

  private List<Row> rows(
      String storeId,
      String productId,
      ProductAttributes attributes,
      int origin,
      Candidate candidate,
      DemandClass demandClass,
      float[] forecast,
      double dispersion,
      boolean wholeUnits) {
    List<Row> rows = new ArrayList<>(horizonDays);
    for (int horizon = 1; horizon <= horizonDays; horizon++) {
      int day = origin + horizon;
      boolean onSale =
          attributes.launchedOn() <= day
              && day <= attributes.discontinuedOn()
              && !storeDays.notOpen(storeId, day);
      double mean = onSale ? forecast[horizon - 1] : 0;
      Interval.Quantiles ends =
          onSale
              ? intervals.of(demandClass, horizon).around(mean, dispersion, wholeUnits)
              : new Interval.Quantiles(0, 0, 0);
      rows.add(
          RowFactory.create(
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
              candidate.id()));
    }
    return rows;
  }
}
