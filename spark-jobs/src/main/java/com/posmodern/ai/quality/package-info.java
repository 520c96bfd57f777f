/**
 * Data quality: evaluates the contracts' rules in one aggregation pass per table, quarantines the
 * rows that break them, detects duplicated receipt lines and drift of the day, and returns the
 * accepted sales.
 *
 * <p>Pure: datasets in, datasets out; no paths, no writes. May depend on {@code contract}, {@code
 * config} and {@code error} only.
 */
package com.posmodern.ai.quality;
