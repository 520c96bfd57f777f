/**
 * What a campaign earned: the customers of its arms, what they bought after they were selected, and
 * how much of it would not have been bought without the message. What became of recommended
 * products that customers were shown is told likewise.
 *
 * <p>Customers count in the arm that they were selected into, whether or not the message reached
 * them: comparing only those who read it would compare other kinds of customers. Datasets in,
 * datasets out; no paths, no tables. Depends on {@code contract} and {@code config}.
 */
package com.posmodern.ai.campaign.outcome;
