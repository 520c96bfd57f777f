/**
 * Jobs that train, score and order by the demand forecast; the models are in {@code ai.forecast},
 * the order rules in {@code ai.replenish}.
 */
package com.posmodern.ai.job.forecast;
