package com.posmodern.ai.forecast;

import com.posmodern.ai.contract.DemandClass;
import java.io.Serializable;

/**
 * A series' forecast before it is corrected by its category's sum, with what its rows need.
 *
 * @param own forecast of the series, per day of the horizon
 * @param ofCategory its part in the forecast of the category's sum
 * @param candidate name of the forecaster
 * @param parts what {@code own} is made of; null for series that are not explained
 */
@SuppressWarnings("ArrayRecordComponent") // One element per day and series.
record BlendedForecast(
    String storeId,
    String productId,
    ProductAttributes attributes,
    int origin,
    DemandClass demandClass,
    double dispersion,
    Units units,
    String candidate,
    float[] own,
    float[] ofCategory,
    ForecastReasons.Parts parts)
    implements Serializable {}
