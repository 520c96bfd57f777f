/**
 * Recommendations: dense indices, implicit ALS, similar and popular products, the two-stage
 * recommender, and the ranking metrics of their evaluation.
 *
 * <p>Dataset in, Dataset out; no tables, no clock. Depends on {@code contract}, {@code config},
 * {@code error} and {@code model} only; purchase interactions come in as datasets, so {@code
 * features} is not one of them.
 *
 * <p>One score ranks everything: {@link com.posmodern.ai.recommend.Mixture} weighs the ALS
 * preference, the customer's own purchases and the product's popularity, so that the published
 * blend and the baselines it must beat go through the same code and the same rules.
 */
package com.posmodern.ai.recommend;
