/**
 * Publishes finished result tables to readers: the record of a publication, and one target per kind
 * of reader, which prepares a publication out of sight and then makes it visible in one step.
 *
 * <p>{@code postgres} serves the till, {@code bi} readers of the lake itself (Redshift Spectrum,
 * Athena, Python). Does I/O for its targets, and reads the lake; results come in as datasets of a
 * Delta version. Depends on {@code contract}, {@code config}, {@code error} and {@code lake};
 * {@code job} and {@code cli} alone use it.
 */
package com.posmodern.ai.publish;
