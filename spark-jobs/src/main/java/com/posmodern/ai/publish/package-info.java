/**
 * From finished result tables to what readers see: the record of a publication, and one target per
 * kind of reader, each of which prepares a publication unseen and then shows it at one moment.
 *
 * <p>{@code postgres} serves the till, {@code bi} those who read the lake itself (Redshift
 * Spectrum, Athena, Python). Does I/O for its targets, and reads the lake; results come in as
 * datasets of a Delta version. Depends on {@code contract}, {@code config}, {@code error} and
 * {@code lake}; {@code job} and {@code cli} alone use it.
 */
package com.posmodern.ai.publish;
