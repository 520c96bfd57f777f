/**
 * Sales as they happen, beside what the hour of the week usually sells: stores that stopped,
 * bursts, hours that are too slow or too fast, and the alerts that come of them.
 *
 * <p>{@link com.posmodern.ai.behaviour.live.LiveProfiles} is Dataset in, Dataset out and runs at
 * night; the rest is plain Java on bounded numbers, told what time it is. Depends on {@code
 * contract} and {@code config} only.
 */
package com.posmodern.ai.behaviour.live;
