/**
 * What to order: the stock position of a product in a store, the distribution of its demand until
 * the next order can help, the supplier's terms, and the advice that follows from them.
 *
 * <p>Pure: Datasets in, Datasets out; no paths, no I/O. May depend on {@code contract}, {@code
 * config} and {@code features} only. Reads the forecast as its table, not its classes: whoever
 * forecasts, the same rules order.
 */
package com.posmodern.ai.replenish;
