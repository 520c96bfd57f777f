/**
 * What is common to all models: metrics, the gate between candidate and champion, the registry's
 * vocabulary.
 *
 * <p>Pure; depends on {@code config} and {@code error}.
 */
package com.posmodern.ai.model;
