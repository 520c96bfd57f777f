/**
 * Accepted sales turned into what the models learn from: demand per day, customers, products, and
 * who bought what how lately.
 *
 * <p>Pure: a dataset in, a dataset out; no paths, no writes. Every function drops what is dated
 * after the as-of date itself, so that no caller can leak the future. {@code SeriesLife} and {@code
 * ListedProducts} are public for {@code forecast} and {@code replenish}: when a product is on sale,
 * and where, has one meaning. May depend on {@code contract} and {@code config} only.
 */
package com.posmodern.ai.features;
