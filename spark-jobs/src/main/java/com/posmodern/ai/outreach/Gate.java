package com.posmodern.ai.outreach;

/** Asked before each group of messages is written down, and right before each request. */
@FunctionalInterface
interface Gate {
  /** Whether no more messages of the batch may leave. */
  boolean isShut();
}
