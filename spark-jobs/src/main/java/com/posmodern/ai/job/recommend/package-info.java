/** Jobs that train and publish recommendations; the models are in {@code ai.recommend}. */
package com.posmodern.ai.job.recommend;
