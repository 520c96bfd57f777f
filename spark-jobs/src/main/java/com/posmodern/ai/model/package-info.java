/**
 * What all models share: metrics, the gate between candidate and champion, and the types of the
 * model registry.
 *
 * <p>Pure; depends on {@code config} only.
 */
package com.posmodern.ai.model;
