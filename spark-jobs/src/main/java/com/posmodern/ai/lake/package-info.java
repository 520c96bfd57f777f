/**
 * The lake: reading and writing tables in Delta by their contracts, and the session they need.
 *
 * <p>With {@code job} the only place that does I/O. Depends on {@code contract}, {@code config} and
 * {@code error}; {@code lake.s3} is its lower floor.
 */
package com.posmodern.ai.lake;
