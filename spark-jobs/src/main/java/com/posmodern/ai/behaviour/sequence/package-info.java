/**
 * What comes next in a basket or a session: Markov chains of first and second order with back-off,
 * smoothed with what is bought together.
 *
 * <p>Dataset in, Dataset out; no tables, no clock. Depends on {@code contract} and {@code config}
 * only.
 */
package com.posmodern.ai.behaviour.sequence;
