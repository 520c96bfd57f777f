/** Jobs of the command campaigns; the models are in {@code ai.campaign}. */
package com.posmodern.ai.job.campaign;
