/**
 * How much more a customer buys because of a message, learnt from the arms of earlier campaigns.
 *
 * <p>Arms were drawn by chance, so whoever had no message shows what those who had one would have
 * bought. An X-learner on XGBoost's trees is judged on customers whom it has not seen, beside the
 * order by propensity of the same customers; it orders audiences only where it is better by more
 * than chance explains. Learning is on a bounded sample in the driver's memory.
 *
 * <p>Datasets in, datasets out; no paths, no tables. Depends on {@code contract}, {@code config},
 * {@code error}, {@code model} and the features of {@code campaign.propensity}.
 */
package com.posmodern.ai.campaign.uplift;
