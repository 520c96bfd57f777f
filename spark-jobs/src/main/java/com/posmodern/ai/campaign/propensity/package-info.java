/**
 * How likely a customer is to buy in a category, to lapse or to respond to an offer, and what
 * revenue is to be expected of them.
 *
 * <p>Features are of the purchase days up to a cut, labels of the days after it, so that nothing of
 * the future can be among the features. XGBoost's trees are calibrated by isotonic regression on
 * cross-fitted scores, and judged on a later cut beside RFM cells and a logistic regression on the
 * same features. If one of these is better, it is what is used. Learning is on a bounded sample in
 * the driver's memory; scoring runs over partitions in bounded batches.
 *
 * <p>Datasets in, datasets out; no paths, no tables. Depends on {@code contract}, {@code config},
 * {@code error}, {@code model} and {@code wording}.
 */
package com.posmodern.ai.campaign.propensity;
