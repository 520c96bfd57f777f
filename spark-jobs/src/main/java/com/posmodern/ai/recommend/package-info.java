/**
 * Recommendations: similar products (implicit ALS, baskets, content), popular products, and in
 * {@code rank} the two-stage recommender of each customer's list.
 *
 * <p>Dataset in, Dataset out; no tables, no clock. Depends on {@code contract}, {@code config},
 * {@code error}, {@code model} and {@code wording} only; purchase interactions come in as datasets,
 * so {@code features} is not one of them.
 */
package com.posmodern.ai.recommend;
