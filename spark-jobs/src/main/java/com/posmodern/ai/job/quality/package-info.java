/**
 * The job that checks the source tables, the first of the night; its rules are in {@code
 * ai.quality}.
 */
package com.posmodern.ai.job.quality;
