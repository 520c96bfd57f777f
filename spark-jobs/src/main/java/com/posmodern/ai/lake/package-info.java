/**
 * The lake: reads and writes Delta tables according to their contracts, and opens the Spark
 * session.
 *
 * <p>With {@code job} the only place that does I/O. Depends on {@code contract}, {@code config} and
 * {@code error}; {@code lake.s3} is the layer below it.
 */
package com.posmodern.ai.lake;
