/** Jobs that find and describe customer segments; the models are in {@code ai.segment}. */
package com.posmodern.ai.job.segment;
