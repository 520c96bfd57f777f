/**
 * Demand that was out of the ordinary: which days, by how much, worth how much, and the likely
 * cause.
 *
 * <p>Dataset in, Dataset out; no tables, no clock. Depends on {@code contract} and {@code config}
 * only.
 */
package com.posmodern.ai.behaviour.anomaly;
