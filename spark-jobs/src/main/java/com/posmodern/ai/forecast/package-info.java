/**
 * Demand for the next weeks per store and product: candidates, rolling-origin backtest, champions
 * per demand class, and conformal intervals.
 *
 * <p>Pure: Datasets in, Datasets out; no paths, no I/O. May depend on {@code contract}, {@code
 * config}, {@code features}, {@code model} and {@code wording} only.
 *
 * <p>One series (store × product) is one object with arrays, made once by {@link
 * com.posmodern.ai.forecast.SeriesAssembler}; features are computed from these arrays at (series,
 * origin, horizon). Window functions over the daily rows would shuffle and sort them once per
 * window and horizon.
 */
package com.posmodern.ai.forecast;
