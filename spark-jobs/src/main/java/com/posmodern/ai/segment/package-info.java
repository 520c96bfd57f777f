/**
 * Groups of customers with the same habits: RFM and behaviour features, robustly scaled, K-Means,
 * ids and names that keep their meaning from night to night, and a profile of each segment.
 *
 * <p>Datasets in, datasets out; no paths, no tables. Depends on {@code contract}, {@code config},
 * {@code error} and {@code model}.
 */
package com.posmodern.ai.segment;
