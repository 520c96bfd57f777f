/** Jobs that write the feature tables; how they are computed is in {@code ai.features}. */
package com.posmodern.ai.job.features;
