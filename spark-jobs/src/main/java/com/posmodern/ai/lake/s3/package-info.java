/**
 * What a lake on S3 needs beyond Hadoop's S3A: commits that are safe for several drivers, a lease
 * that keeps writers apart, and errors explained to whoever operates the night.
 *
 * <p>Depends on {@code error} and {@code lake.lock} only. Spark and Delta load {@link
 * com.posmodern.ai.lake.s3.ConditionalPutLogStore} by its class name in the session's
 * configuration.
 */
package com.posmodern.ai.lake.s3;
