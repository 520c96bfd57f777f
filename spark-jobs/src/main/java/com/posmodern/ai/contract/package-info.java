/**
 * The schema and rules of every table of the lake: the Open Data Contract Standard files of {@code
 * lake-schemas/} as Spark schemas, keys, column names and quality rules.
 *
 * <p>Depends on {@code error} only, and on Spark's types; never on a session.
 */
package com.posmodern.ai.contract;
