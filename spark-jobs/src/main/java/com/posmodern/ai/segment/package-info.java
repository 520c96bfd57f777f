/**
 * Customer segments: RFM and behaviour features with robust scaling, K-Means, ids and names that
 * stay stable from night to night, and a profile of each segment.
 *
 * <p>Datasets in, datasets out; no paths, no tables. Depends on {@code contract}, {@code config},
 * {@code error} and {@code model}.
 */
package com.posmodern.ai.segment;
