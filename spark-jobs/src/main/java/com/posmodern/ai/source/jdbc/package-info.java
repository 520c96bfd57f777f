/**
 * Reads the tables of a retailer's database by Spark's JDBC reader, as a file of {@code
 * conf/extract/} says: which rows (all, or those after a watermark), in which batches, how gently.
 *
 * <p>Nothing is written here, to the lake or to the database: the rows go through {@link
 * com.posmodern.ai.source.imports}, as those of files do. Depends on {@code contract}, {@code
 * config} and {@code error}.
 */
package com.posmodern.ai.source.jdbc;
