/**
 * What is wrong with the data: the contracts' rules in one aggregation pass per table, quarantine
 * of the rows that broke them, duplicated receipt lines, drift of the day, and the sales that
 * passed.
 *
 * <p>Pure: a dataset in, a dataset out; no paths, no writes. May depend on {@code contract}, {@code
 * config}, {@code error} and {@code model} only.
 */
package com.posmodern.ai.quality;
