/** Jobs that write the feature tables; the computation is in {@code ai.features}. */
package com.posmodern.ai.job.features;
