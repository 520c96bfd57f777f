/**
 * Jobs that train the demand forecast, score with it and advise orders; the models are in {@code
 * ai.forecast}, the order rules in {@code ai.replenish}.
 */
package com.posmodern.ai.job.forecast;
