/**
 * Whether what customers write is praise or blame: a classifier of reviews in Portuguese and
 * English, learnt from the retailer's own rated reviews, and a small lexicon for retailers without
 * them. Texts come in and go no further: what leaves the room is counted per product, category,
 * store and month.
 *
 * <p>Datasets in, datasets out; no paths, no tables. Depends on {@code contract} and {@code model}.
 */
package com.posmodern.ai.sentiment;
