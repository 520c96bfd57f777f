/**
 * What a lake on S3 needs beyond Hadoop's S3A: commits that several drivers can make at once, and
 * errors told in the words of who runs the night.
 *
 * <p>Depends on {@code error} only. Spark and Delta find {@link
 * com.posmodern.ai.lake.s3.ConditionalPutLogStore} by its name in the session's configuration.
 */
package com.posmodern.ai.lake.s3;
