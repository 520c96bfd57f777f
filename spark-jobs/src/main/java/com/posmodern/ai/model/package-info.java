/**
 * What all models share: metrics, the gate between candidate and champion, boosted trees, and the
 * types of the model registry.
 *
 * <p>Pure; depends on {@code config} and {@code error} only.
 */
package com.posmodern.ai.model;
